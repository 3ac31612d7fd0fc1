"""Every form is sent with the name of every column: nothing but what its page is for changes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from urllib.parse import urlencode

import pytest
from django.apps import apps
from django.db import models, transaction
from django.urls import reverse

from pulih.access.models import Compartment, Office, RoleGrant, User
from tests.matrix import expectations as expect
from tests.matrix.expectations import RELATIONS, Page
from tests.matrix.runner import Runner

pytestmark = pytest.mark.django_db

SENDING = [page for page in expect.pages() if "POST" in page.methods and ":" in page.name]
# Whose page it is to change users and roles.
OF_USERS = {"access:add_user", "access:edit_user", "access:give_role", "access:end_role"} | {
    "access:reset_password",
    "access:reset_factors",
    "access:deactivate_user",
    "access:reactivate_user",
    "access:password",
    "access:language",
}
AUTHORS = ("author", "sender", "by")
"""Columns that say who did something, besides all that end in `_by`."""
CHOSEN = {"mentored_by"}


def _models() -> Iterator[type[models.Model]]:
    for model in apps.get_models():
        if model.__module__.startswith("pulih."):
            yield model


@pytest.fixture(scope="module")
def bait(world):
    """An office, a compartment and a colleague that no form may write into a column."""
    other = Office.objects.create(code="lain", name="Dinas lain", region_code="35.20")
    room = Compartment.objects.create(office=world.office)
    return {Office: other, Compartment: room, User: world.users["social_worker", "unit"]}


@pytest.fixture(scope="module")
def body(bait):
    """Every column of every model, with the worst that could be sent."""
    sent: dict[str, str] = {"role": "administrator", "is_superuser": "on", "is_staff": "on"}
    for model in _models():
        for field in model._meta.concrete_fields:
            value = _worst(field, bait)
            sent[field.name] = value
            sent.setdefault(field.attname, value)
    return urlencode(sent)


@pytest.fixture(scope="module")
def before(bait):
    """How everything stands before any form is sent."""
    return _marks(bait), _access()


def _worst(field: models.Field, bait) -> str:
    if isinstance(field, models.ForeignKey):
        found = bait.get(field.related_model)
        return str(found.pk) if found else ""
    if isinstance(field, models.BooleanField):
        return "on"
    if isinstance(field, models.DateField):
        return dt.date(2099, 12, 31).isoformat()
    if field.choices:
        return str(list(field.choices)[-1][0])
    return "1" if isinstance(field, models.IntegerField) else "Alasan yang cukup panjang"


def _marks(bait) -> dict[str, int]:
    """How often a bait stands in a column that no form may fill, and how users stand."""
    found = {}
    for model in _models():
        rows = model._base_manager.all()
        for field in model._meta.concrete_fields:
            if not isinstance(field, models.ForeignKey) or field.related_model not in bait:
                continue
            if field.related_model is User and not _says_who(field.name):
                continue
            name = f"{model._meta.label}.{field.name}"
            found[name] = rows.filter(**{field.name: bait[field.related_model]}).count()
    return found


def _says_who(name: str) -> bool:
    return (name.endswith("_by") or name in AUTHORS) and name not in CHOSEN


def _access() -> list[object]:
    columns = ("pk", "username", "office", "is_active", "is_demo", "password", "unit")
    grants = ("pk", "user", "role", "section", "unit", "valid_from", "valid_until")
    users = User.objects.order_by("pk").values_list(*columns)
    return [list(users), list(RoleGrant.objects.order_by("pk").values_list(*grants))]


def _sender(world, page: Page) -> User | None:
    """Somebody who may send the form of an open record."""
    for role in expect.roles():
        for relation in RELATIONS:
            if expect.expected(page.rule, role, relation, "open") in "O*":
                return world.users[role, relation]
    return None


@pytest.mark.parametrize("page", SENDING, ids=lambda page: page.name)
def test_no_form_writes_a_column_that_is_not_its_own(world, bait, body, before, page):
    sender = _sender(world, page)
    if sender is None or page.rule == "public":
        pytest.skip("nobody sends this form for an open record")
    browser = Runner(world)._browser(sender)
    address = reverse(page.route, args=world.address(page.records, "open"))
    with transaction.atomic():
        browser.generic("POST", address, body, content_type="application/x-www-form-urlencoded")
        marked, accessed = _marks(bait), _access()
        transaction.set_rollback(True)

    assert marked == before[0]
    if page.name not in OF_USERS:
        assert accessed == before[1]
