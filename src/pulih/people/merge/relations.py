"""The declared table of everything that points to a person, and what a merge does with it.

A merge refuses when it meets a relation that is not in the table, so that no app above can add one
and forget what becomes of it. An app above declares its own in `AppConfig.ready()`:

    merging.declare(Case, "person", How.MOVE, label=_("Cases"))
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, TypeAlias

from django.db import models
from django.db.models import ForeignObjectRel
from django.utils.functional import Promise

from pulih.people.models import Person

Row: TypeAlias = Any
Changes: TypeAlias = dict[str, Any]


class How(StrEnum):
    """What a merge does with the rows of a relation."""

    MOVE = "move"  # they go over to the kept entry, unless it has the same row already
    LEAVE = "leave"  # they stay with the absorbed entry: history, or made anew for the kept one


@dataclass(frozen=True, slots=True)
class Meeting:
    """The two entries and their rows of one relation, for hooks that need both sides."""

    kept: Person
    absorbed: Person
    own: tuple[Row, ...]
    takes: frozenset[str]


def _no_changes(row: Row, meeting: Meeting) -> Changes:
    return {}


def _stays_never(row: Row, meeting: Meeting) -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Relation:
    """One way in which rows point to a person.

    Attributes:
        attname: the column that holds the person's key.
        where: other columns that make a row point to a person (a label beside a loose key).
        same: columns by which a row of the kept entry is the same; such a row stays where it is.
        stays: says of a row that it cannot go over.
        moved: more columns that change in a row that goes over.
        own: columns that change in a row that the kept entry had already.
    """

    model: type[models.Model]
    attname: str
    how: How
    label: str | Promise
    where: Mapping[str, Any] = field(default_factory=dict)
    same: tuple[str, ...] = ()
    stays: Callable[[Row, Meeting], bool] = _stays_never
    moved: Callable[[Row, Meeting], Changes] = _no_changes
    own: Callable[[Row, Meeting], Changes] = _no_changes

    def rows_of(self, person: Person) -> tuple[Row, ...]:
        """The rows that point to a person.

        The plain manager is used on purpose: whoever merges two entries moves all their rows,
        those included that they could not read one by one.
        """
        rows = self.model._base_manager.filter(**{self.attname: person.pk, **self.where})
        return tuple(rows.order_by("pk"))


_declared: dict[tuple[type[models.Model], str], Relation] = {}


def declare(
    model: type[models.Model],
    name: str,
    how: How,
    *,
    label: str | Promise,
    **more: Any,
) -> None:
    """Say what a merge does with the rows of `model` whose field `name` is a person.

    Args:
        name: a foreign key to Person, or a plain column that holds a person's key.
        label: what the rows are called on the preview, in the plural.
        more: the other attributes of `Relation`.
    """
    attname = getattr(model._meta.get_field(name), "attname", name)
    _declared[model, name] = Relation(model, attname, how, label, **more)


def declared() -> Iterator[Relation]:
    """Every relation in the order of declaration: this app's first."""
    return iter(tuple(_declared.values()))


def undeclared() -> list[str]:
    """Fields that point to a person and that nobody declared, as app.Model.field."""
    found = []
    for relation in Person._meta.get_fields(include_hidden=True):
        if isinstance(relation, ForeignObjectRel):
            model, name = relation.field.model, relation.field.name
            if (model, name) not in _declared:
                found.append(f"{model._meta.label}.{name}")
    return sorted(found)
