"""What the forms of counter and catalogue hand to the actions: facts, already in shape."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from pulih.access.models import Activity, Unit
from pulih.cases.models import ServiceOffer
from pulih.people.models import Person


@dataclass(frozen=True, slots=True)
class Visit:
    """One visit at the counter.

    Attributes:
        brought: keys of the requirements that were shown.
        answers: by the key of the offer's field, as text.
        activity: the line of the work programme that it counts for.
    """

    person: Person
    offer: ServiceOffer
    brought: frozenset[str] = frozenset()
    answers: Mapping[str, str] = field(default_factory=dict)
    note: str = ""
    activity: Activity | None = None


@dataclass(frozen=True, slots=True)
class OfferWords:
    """A service of the catalogue as its form leaves it.

    Attributes:
        requirements: lines of paper and whether it is needed.
        fields: label, kind, needed, choices of each extra field.
    """

    name: str
    kind: str
    who_may_ask: str
    result: str
    promised_days: int
    unit: Unit | None = None
    requirements: tuple[tuple[str, bool], ...] = ()
    fields: tuple[tuple[str, str, bool, tuple[str, ...]], ...] = ()
    steps: tuple[str, ...] = ()
    letters: tuple[str, ...] = ()
    statement: str = ""
    purpose: str = ""
    addressed_to: str = ""
    ppks_kind: int | None = None
