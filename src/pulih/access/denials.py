"""Refusals in the trail: a page that a role does not open, a record that is hidden.

A hidden record answers as one that is not there; so that the time does not tell them apart, both
are looked up in the same way and both leave a line (R-ACC-191).
"""

from __future__ import annotations

import uuid
from collections.abc import Collection
from typing import Any

from django.apps import apps
from django.db import models, transaction
from django.db.models import F, Value
from django.db.models.functions import Cast

from pulih.access import scope
from pulih.access.audit import Line, record_lines
from pulih.access.models import User
from pulih.access.readings import parent_of, watched
from pulih.common.models import UUIDModel

DENIED, REFUSED, MISSING, SHUT = (
    "record.denied",
    "record.refused",
    "record.missing",
    "page.refused",
)
ON_RECORDS = (DENIED, REFUSED)
"""The refusals that count towards a notice (R-ACC-192)."""
REFUSAL = 403

Row = tuple[str, uuid.UUID, str, uuid.UUID | None]
ABSENT: Row = ("cases.case", uuid.UUID(int=0), "", None)


@transaction.atomic
def write_denial(*, status: int, page: str, named: Collection[str], by: User) -> None:
    """Write that somebody was refused a page, or looked for what they may not know or is not there.

    Args:
        status: 403, or 404 for what is hidden or absent.
        page: the name of the page.
        named: the keys and numbers in its address.

    Source: R-ACC-191, docs/rules/access.md.
    """
    row = _row_of(named, by) if named else None
    # Asked of nothing as well, so that it takes as long.
    known = status != REFUSAL and _may_know(row or ABSENT, by)
    found = None if known else row
    if found is not None:
        verb = REFUSED if status == REFUSAL else DENIED
    else:
        verb = SHUT if status == REFUSAL else MISSING
    detail = {"page": page, "named": sorted(named)}
    kind, key, label, compartment = found or ("", "", "", None)
    line = Line(verb, by, kind, str(key), label, compartment, detail=detail)
    record_lines([line], office=by.office)


def _row_of(named: Collection[str], user: User) -> Row | None:
    """The record that the address names; one statement, whether it is there or not."""
    keys = [key for key in map(_as_key, named) if key is not None]
    numbers = [text for text in named if _as_key(text) is None]
    queries = []
    protected = scope.protected_models()
    for model in sorted(_looked_up(), key=lambda model: model._meta.label):
        if numbers and model in protected and _is_numbered(model):
            inside = {protected[model].office: user.office_id}
            queries.append(_asked(model, number__in=numbers, **inside))
        if keys:
            queries.append(_asked(model, pk__in=keys))
    rows: list[Row] = list(queries[0].union(*queries[1:], all=True)) if queries else []
    # What hangs on a record stands further right in an address.
    order = {text: place for place, text in enumerate(named)}
    rows.sort(
        key=lambda row: min(order.get(str(row[1]), len(order)), order.get(row[2], len(order)))
    )
    return rows[0] if rows else None


def _asked(model: type[models.Model], **which: Any) -> models.QuerySet[Any, Any]:
    rows = model._base_manager.order_by().filter(**which)
    number = F("number") if _is_numbered(model) else Value("", models.CharField())
    # PostgreSQL takes a bare NULL for a text, which no UUID can stand below.
    nowhere = Cast(Value(None), models.UUIDField())
    room = F("compartment_id") if _has(model, "compartment") else nowhere
    label = Value(model._meta.label_lower, models.CharField())
    found: models.QuerySet[Any, Any] = rows.annotate(label_=label, number_=number, room_=room)
    return found.values_list("label_", "pk", "number_", "room_")


def _may_know(row: Row, user: User) -> bool:
    """Is it there for the reader, who was refused for another reason?"""
    model: type[models.Model] = apps.get_model(row[0])
    key = row[1]
    protected = scope.protected_models()
    while model not in protected:
        above = parent_of(model, key)
        if above is None:
            return False
        model, key = above
    return scope.narrow(model._base_manager.all(), user, None).filter(pk=key).exists()


def _looked_up() -> set[type[models.Model]]:
    roots, parts = watched()
    addressed = {model for model in scope.protected_models() if issubclass(model, UUIDModel)}
    return {*addressed, *roots, *parts}


def _has(model: type[models.Model], name: str) -> bool:
    return any(column.name == name for column in model._meta.concrete_fields)


def _is_numbered(model: type[models.Model]) -> bool:
    """Does it have a number as `K-2026-00012` is one? A ticket's is a count."""
    return _has(model, "number") and isinstance(model._meta.get_field("number"), models.CharField)


def _as_key(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None
