"""Rows of new entries on their way into the tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection, models

from pulih.access.models import Compartment
from pulih.people.models import Household, HouseholdMember, Person
from pulih.people.storage.columns import COLUMNS

Model = type[models.Model]
_NUMBER = COLUMNS[Person].index("number")


@dataclass(slots=True)
class Card:
    """A family card: the household to make if it is not known, and who stands on it.

    Attributes:
        household: the key for a new household.
        members: person → the key of the membership.
    """

    household: str
    members: dict[str, str]


@dataclass(slots=True)
class BuiltEntries:
    """Rows that were made and not yet inserted; they may pass from one process to another.

    Attributes:
        people: keys of the entries, in the order of their drafts.
        rows: label of the model → rows in the order of its columns.
        cards: index of a family card → who stands on it.
        findings: what the checks of numbers said, one list a person.
    """

    people: list[str]
    rows: dict[str, list[tuple[Any, ...]]]
    cards: dict[str, Card]
    findings: list[list[dict[str, str]]]

    def insert(
        self, *, numbers: Sequence[str], office_id: UUID, compartment: Compartment | None
    ) -> None:
        """Write every row, table by table.

        Args:
            numbers: the register number of each entry.
            office_id: whose entries they are.
            compartment: where they live; None for the open registry.
        """
        self._number(numbers)
        self._add_households(office_id, compartment)
        with connection.cursor() as cursor:
            for model, columns in COLUMNS.items():
                if rows := self.rows.get(model._meta.label):
                    cursor.executemany(_insert(model, columns), rows)

    def _number(self, numbers: Iterable[str]) -> None:
        label = Person._meta.label
        self.rows[label] = [
            (*row[:_NUMBER], number, *row[_NUMBER + 1 :])
            for row, number in zip(self.rows[label], numbers, strict=True)
        ]

    def _add_households(self, office_id: UUID, compartment: Compartment | None) -> None:
        """Join the family cards that are known already, make the others."""
        if not self.cards:
            return
        rows = Household.objects.unscoped(reason="family cards are joined, not shown")
        found = rows.filter(
            office=office_id, compartment=compartment, kk_index__in=self.cards.keys()
        )
        known = {index: card.hex for index, card in found.values_list("kk_index", "pk")}
        room = compartment.pk.hex if compartment else None
        made = self.rows.setdefault(Household._meta.label, [])
        joined = self.rows.setdefault(HouseholdMember._meta.label, [])
        for index, card in self.cards.items():
            household = known.get(index)
            if household is None:
                household = card.household
                made.append((household, office_id.hex, room, index))
            joined += [
                (key, household, person, False, None, None) for person, key in card.members.items()
            ]


def _insert(model: Model, columns: tuple[str, ...]) -> str:
    names = ", ".join(connection.ops.quote_name(name) for name in columns)
    marks = ", ".join(["%s"] * len(columns))
    return f"INSERT INTO {model._meta.db_table} ({names}) VALUES ({marks})"  # noqa: S608
