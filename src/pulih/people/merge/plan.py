"""What a merge would do, row by row: the preview shows it, the action carries it out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import models

from pulih.common.crypto import encrypt
from pulih.common.fields import Ciphertext, EncryptedTextField
from pulih.people.merge.fields import GROUPS, OTHER, Fate, FieldRow, field_rows
from pulih.people.merge.relations import How, Meeting, Relation, Row, declared
from pulih.people.models import Person, PersonName, PpksStatus


@dataclass(frozen=True, slots=True)
class Change:
    """New values for columns of one row."""

    model: type[models.Model]
    key: Any
    values: dict[str, Any]


@dataclass
class Moves:
    """What happens to the rows of one relation."""

    relation: Relation
    going: list[Row] = field(default_factory=list)
    staying: list[Row] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)


@dataclass
class Plan:
    """All changes that make two entries one."""

    kept: Person
    absorbed: Person
    fields: list[FieldRow]
    moves: list[Moves]
    person: Change
    alias: str

    @property
    def changes(self) -> list[Change]:
        """Every change of a row that exists, the kept entry's own facts first."""
        return [self.person, *(change for moves in self.moves for change in moves.changes)]


def make_plan(kept: Person, absorbed: Person, choices: Mapping[str, str]) -> Plan:
    """The plan for two entries that were checked to be allowed to meet."""
    rows = field_rows(kept, absorbed, choices)
    takes = frozenset(row.key for row in rows if row.choice == OTHER)
    moves = [
        _moves(relation, kept, absorbed, takes)
        for relation in declared()
        if relation.how is How.MOVE
    ]
    values = _taken(kept, absorbed, takes)
    values |= _main_kind(kept, absorbed, moves)
    return Plan(
        kept=kept,
        absorbed=absorbed,
        fields=rows,
        moves=moves,
        person=Change(Person, kept.pk, values),
        alias=_alias(rows, kept, absorbed),
    )


def _moves(relation: Relation, kept: Person, absorbed: Person, takes: frozenset[str]) -> Moves:
    own = relation.rows_of(kept)
    meeting = Meeting(kept, absorbed, own, takes)
    moves = Moves(relation)
    for row in own:
        if changed := relation.own(row, meeting):
            moves.changes.append(Change(relation.model, row.pk, changed))
    taken = {_same(relation, row) for row in own} if relation.same else set()
    for row in relation.rows_of(absorbed):
        mark = _same(relation, row)
        if (relation.same and mark in taken) or relation.stays(row, meeting):
            moves.staying.append(row)
            continue
        taken.add(mark)
        moves.going.append(row)
        values = {relation.attname: kept.pk, **relation.moved(row, meeting)}
        moves.changes.append(Change(relation.model, row.pk, values))
    return moves


def _same(relation: Relation, row: Row) -> tuple[Any, ...]:
    values = (getattr(row, name) for name in relation.same)
    return tuple(value.casefold() if isinstance(value, str) else value for value in values)


def _taken(kept: Person, absorbed: Person, takes: frozenset[str]) -> dict[str, Any]:
    """The columns that the kept entry takes over, encrypted anew where they are encrypted."""
    values: dict[str, Any] = {}
    for group in GROUPS:
        if group.key in takes:
            for name in group.columns:
                values[name] = _value_for(kept, absorbed, name)
    return values


def _value_for(kept: Person, absorbed: Person, name: str) -> Any:
    value = getattr(absorbed, name)
    column = Person._meta.get_field(name)
    if isinstance(column, EncryptedTextField) and value:
        return Ciphertext(encrypt(column.to_text(value), place=column.place(kept)))
    return value


def _main_kind(kept: Person, absorbed: Person, moves: list[Moves]) -> dict[str, Any]:
    """The kind that lists show follows the primary status, which may have come with a merge."""
    statuses = next(part for part in moves if part.relation.model is PpksStatus)
    stepped_back = {change.key for change in statuses.changes if "is_primary" in change.values}
    arrived = any(row.is_primary and row.pk not in stepped_back for row in statuses.going)
    return {"main_kind": absorbed.main_kind} if arrived else {}


def _alias(rows: list[FieldRow], kept: Person, absorbed: Person) -> str:
    """The name that would be lost; it stays as another name, so that a search still finds it."""
    for row in rows:
        if row.key == "name" and row.fate is Fate.CONFLICT:
            lost = kept.own_name if row.choice == OTHER else absorbed.own_name
            known = {name.value.casefold() for name in _names(kept, absorbed)}
            return "" if lost.casefold() in known else lost
    return ""


def _names(*people: Person) -> list[PersonName]:
    return [name for person in people for name in person.names.all()]
