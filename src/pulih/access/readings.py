"""What was read: the closely held records whose rows a request or a task has loaded.

Counted where rows are made and not by each page, so that no page can forget it (R-ACC-190). An app
says which of its records are closely held (`watch_root`) and which rows hang on one
(`watch_part`); everything else that is loaded is not looked at.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, TypeAlias
from uuid import UUID

from django.db import models, transaction

from pulih.access.audit import Line, record_lines
from pulih.access.models import Office, User
from pulih.access.purpose import said_now
from pulih.common.loading import telling
from pulih.common.models import UUIDModel

Model: TypeAlias = type[UUIDModel]
Key: TypeAlias = tuple[Model, UUID]


@dataclass(frozen=True, slots=True)
class Root:
    """A record of which it is asked whether it is closely held.

    Attributes:
        noun: the noun of its lines, such as `case`.
        fields: what has to be read to answer.
        is_closed: is this row restricted or sealed?
    """

    noun: str
    fields: tuple[str, ...]
    is_closed: Callable[[Any], bool]


@dataclass(frozen=True, slots=True)
class Part:
    """What hangs on a record: the column that leads there, and to which model.

    Attributes:
        kind: where the record may be of several models, the column with the label of the model.
    """

    column: str
    model: Model | None
    kind: str = ""


_roots: dict[Model, Root] = {}
_parts: dict[Model, Part] = {}
_by_label: dict[str, Model] = {}


def watch_root(
    model: Model, *, noun: str, fields: Collection[str], is_closed: Callable[[Any], bool]
) -> None:
    """Say that readings of the closely held rows of a model are written down."""
    _roots[model] = Root(noun, tuple(fields), is_closed)
    _watch(model)


def watch_part(model: Model, name: str) -> None:
    """Say on which record the rows of a model hang: the name of the foreign key."""
    column = model._meta.get_field(name)
    target = column.related_model
    if not isinstance(target, type) or not issubclass(target, UUIDModel):
        raise TypeError(f"{model.__name__}.{name} leads to no record.")
    _parts[model] = Part(str(getattr(column, "attname", name)), target)
    _watch(model)


def watch_owned(model: Model, *, kind: str, key: str) -> None:
    """The same for rows that name the model of their record beside its key."""
    _parts[model] = Part(key, None, kind)
    _watch(model)


def _watch(model: Model) -> None:
    model.tells_when_loaded = True
    _by_label[model._meta.label_lower] = model


def watched() -> tuple[frozenset[Model], frozenset[Model]]:
    """The watched records, and what hangs on them; read by checks."""
    return frozenset(_roots), frozenset(_parts)


@dataclass(slots=True)
class Gathered:
    """The rows that were loaded, as the records on which they hang.

    Attributes:
        asked: keys and numbers that the address named: their records were opened, others listed.
    """

    asked: tuple[str, ...] = ()
    roots: dict[Key, UUIDModel | None] = field(default_factory=dict)
    parents: dict[Key, Key | None] = field(default_factory=dict)
    opened: set[Key] = field(default_factory=set)

    def hear(self, row: UUIDModel) -> None:
        """Remember a row that was loaded."""
        model = type(row)
        key = (model, row.pk)
        if self._names(row):
            self.opened.add(key)
        root = _roots.get(model)
        if root is not None:
            if all(name in row.__dict__ for name in root.fields):
                self.roots[key] = row
            else:
                self.roots.setdefault(key, None)
        else:
            self.parents.setdefault(key, _parent(row.__dict__, _parts[model]))

    def readings(self) -> list[tuple[UUIDModel, bool]]:
        """The closely held records that were read, and whether they were opened or listed."""
        opened = set(self.opened)
        self._climb(opened)
        self._learn()
        return [
            (row, key in opened or self._names(row))
            for key, row in self.roots.items()
            if row is not None and _roots[key[0]].is_closed(row)
        ]

    def _names(self, row: UUIDModel) -> bool:
        """Does the address name this row?"""
        return str(row.pk) in self.asked or str(row.__dict__.get("number", "")) in self.asked

    def _climb(self, opened: set[Key]) -> None:
        """Add the records on which the parts hang; who opened a part has opened its record."""
        waiting = list(self.parents.items())
        while waiting:
            unknown: dict[Model, set[UUID]] = {}
            further = []
            for key, parent in waiting:
                if parent is None:
                    continue
                if key in opened:
                    opened.add(parent)
                if parent[0] in _roots:
                    self.roots.setdefault(parent, None)
                elif parent in self.parents:
                    further.append((parent, self.parents[parent]))
                elif parent[0] in _parts:
                    unknown.setdefault(parent[0], set()).add(parent[1])
            for model, keys in unknown.items():
                for found, above in _above(model, keys):
                    self.parents[found] = above
                    further.append((found, above))
            waiting = further

    def _learn(self) -> None:
        """Ask of the records that no row was loaded of whether they are closely held."""
        missing: dict[Model, list[UUID]] = {}
        for (model, key), row in self.roots.items():
            if row is None:
                missing.setdefault(model, []).append(key)
        for model, keys in missing.items():
            fields = {"pk", "office_id", *_roots[model].fields}
            if _has_number(model):
                fields.add("number")
            with telling(None):
                for row in model._base_manager.filter(pk__in=keys).only(*fields):
                    self.roots[(model, row.pk)] = row


def _has_number(model: Model) -> bool:
    return any(column.name == "number" for column in model._meta.concrete_fields)


def _parent(values: dict[str, Any], part: Part) -> Key | None:
    model = part.model if part.model is not None else _by_label.get(str(values.get(part.kind)))
    key = values.get(part.column)
    return (model, key) if model is not None and key is not None else None


def _above(model: Model, keys: set[UUID]) -> Iterator[tuple[Key, Key | None]]:
    part = _parts[model]
    names = ("pk", part.column, part.kind) if part.kind else ("pk", part.column)
    for values in model._base_manager.filter(pk__in=keys).values(*names):
        yield (model, values["pk"]), _parent(values, part)


@contextmanager
def gathering(asked: Iterable[str] = ()) -> Iterator[Gathered]:
    """Gather what is loaded in here; the caller writes it down before anything leaves."""
    gathered = Gathered(tuple(asked))
    with telling(gathered.hear):
        yield gathered


def write_readings(gathered: Gathered, *, page: str, by: User | None) -> int:
    """Write one line for each closely held record that was read, in one statement.

    A record that the address names was `read`, one that a list showed was `listed`.

    Args:
        page: the name of the page or of the task.
        by: who read; None for somebody without an account who holds a link.

    Returns:
        How many lines.

    Source: R-ACC-190, docs/rules/access.md (design: reading is writing for restricted and sealed
        records only).
    """
    lines: dict[Office, list[Line]] = {}
    for row, opened in gathered.readings():
        owner = by.office if by is not None else row.office  # type: ignore[attr-defined]
        lines.setdefault(owner, []).append(_line(row, by, page, opened=opened))
    if lines:
        # Only now: a page of open records shall not queue for the right to write.
        with transaction.atomic():
            for office, of_office in lines.items():
                record_lines(of_office, office=office)
    return sum(len(of_office) for of_office in lines.values())


def _line(row: UUIDModel, by: User | None, page: str, *, opened: bool) -> Line:
    compartment = getattr(row, "compartment_id", None)
    purpose = said_now(compartment)
    return Line(
        f"{_roots[type(row)].noun}.{'read' if opened else 'listed'}",
        by,
        kind=row._meta.label_lower,
        key=str(row.pk),
        label=str(getattr(row, "number", "") or ""),
        compartment=compartment,
        detail={"page": page, **({"purpose": purpose} if purpose else {})},
    )


def parent_of(model: type[models.Model], key: UUID) -> Key | None:
    """The record on which a row hangs; None where the row hangs on none or is not there."""
    if not issubclass(model, UUIDModel) or model not in _parts:
        return None
    return dict(_above(model, {key})).get((model, key))
