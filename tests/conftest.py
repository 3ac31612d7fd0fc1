"""The cast and the ground of every test."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection
from django.test import TransactionTestCase

from pulih.access.models import Office, RoleGrant, Section, Unit, User

LONG_AGO = dt.date(2020, 1, 1)


@pytest.fixture
def office(db: None) -> Office:
    """The office of Ngawi with its four sections and the three units of rehabilitation."""
    made = Office.objects.create(code="ngawi", name="Dinas Sosial Ngawi", region_code="35.21")
    for kind in Section.Kind:
        section = Section.objects.create(office=made, kind=kind, name=str(kind.label))
        if kind == Section.Kind.REHABILITATION:
            for code in ("anak-lansia", "tuna-sosial", "disabilitas"):
                Unit.objects.create(section=section, code=code, name=code)
    return made


@pytest.fixture
def section(office: Office) -> Section:
    """Social rehabilitation."""
    return office.sections.get(kind=Section.Kind.REHABILITATION)


@pytest.fixture
def make_user(office: Office, section: Section) -> Callable[..., User]:
    """Make somebody with a role (default social worker of rehabilitation)."""
    count = itertools.count(1)

    def make(role: str = "social_worker", **values: Any) -> User:
        number = next(count)
        where = values.pop("section", section)
        user = User.objects.create_user(
            values.pop("username", f"{role}-{number}"),
            values.pop("password", None),
            office=values.pop("office", office),
            full_name=values.pop("full_name", f"Pengguna {number}"),
            **values,
        )
        needs_section = role in {"social_worker", "section_head", "field_supervisor"}
        RoleGrant.objects.create(
            user=user, role=role, section=where if needs_section else None, valid_from=LONG_AGO
        )
        return user

    return make


@pytest.fixture(autouse=True, scope="session")
def _trail_allows_only_the_test_flush() -> Iterator[None]:
    """Let transactional tests empty the trail between tests; the triggers come back after it."""
    flush = TransactionTestCase._fixture_teardown

    def teardown(case: Any) -> None:
        drop = "DROP TRIGGER IF EXISTS audit_no_{0}" + (
            " ON access_auditevent" if connection.vendor == "postgresql" else ""
        )
        with connection.cursor() as cursor:
            for verb in ("update", "delete", "truncate"):
                cursor.execute(drop.format(verb))
        flush(case)

    TransactionTestCase._fixture_teardown = teardown  # type: ignore[method-assign]
    yield
    TransactionTestCase._fixture_teardown = flush  # type: ignore[method-assign]
