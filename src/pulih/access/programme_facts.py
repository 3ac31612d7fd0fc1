"""What the forms of the work programme hand to the actions."""

from __future__ import annotations

from dataclasses import dataclass

from pulih.access.models import Activity, Section, Unit, User


@dataclass(frozen=True, slots=True)
class ProgrammeFacts:
    """A programme as the budget document names it."""

    section: Section
    year: int
    name: str
    code: str = ""


@dataclass(frozen=True, slots=True)
class ActivityFacts:
    """A line of the programme.

    Attributes:
        target: how many of `measure` in the year; None where there is none.
        months: the months in which it is planned, 1 to 12.
        budget: whole rupiah.
    """

    name: str
    code: str = ""
    target: int | None = None
    measure: str = Activity.Measure.PERSON
    months: tuple[int, ...] = ()
    unit: Unit | None = None
    owner: User | None = None
    budget: int | None = None
