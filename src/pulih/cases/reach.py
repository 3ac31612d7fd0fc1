"""What hangs on a case: the rows that cannot stand without it, found from the models."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import ForeignObjectRel

from pulih.cases.models import Case


def children_of(model: type[models.Model]) -> Iterator[ForeignObjectRel]:
    """The relations by which rows of other models point at rows of this one."""
    for relation in model._meta.get_fields(include_hidden=True):
        if isinstance(relation, ForeignObjectRel) and not relation.many_to_many:
            yield relation


def keys_of(case: Case) -> set[UUID]:
    """The keys of a case, of its report, and of every row that cannot stand without them."""
    found: set[UUID] = set()
    _collect(Case, [case.pk], found)
    if case.report is not None:
        _collect(type(case.report), [case.report.pk], found)
    return found


def _collect(model: type[models.Model], keys: list[UUID], found: set[UUID]) -> None:
    new = [key for key in keys if key not in found]
    if not new:
        return
    found.update(new)
    for relation in children_of(model):
        field: Any = relation.field
        if not field.null:
            rows = field.model._base_manager.filter(**{f"{field.name}__in": new})
            _collect(field.model, list(rows.values_list("pk", flat=True)), found)
