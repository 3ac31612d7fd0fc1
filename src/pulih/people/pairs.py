"""What speaks for and against two entries being one person, in the form that is stored."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from jejak.compare import usual_share
from jejak.records import Evidence
from jejak.score import compare_records
from pulih.people.models import Person
from pulih.people.records import record_of

# What has to be read with people before they are compared.
COMPARED_ROWS = ("names", "addresses", "kin", "identifiers")
# What only restates the rest in the light of the day it was computed.
_CHANGING = frozenset({"age_a", "age_b", "years"})

Stored = list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Proposal:
    """Two entries that may be one person.

    Attributes:
        score: the probability that whoever found them gave, 0 to 1.
    """

    one: UUID
    other: UUID
    score: float

    @property
    def ordered(self) -> tuple[UUID, UUID]:
        """The two keys, the smaller first."""
        return (self.one, self.other) if self.one < self.other else (self.other, self.one)


def compare(first: Person, second: Person, *, today: dt.date) -> Stored:
    """What is known of the two now, compared; always the smaller key first.

    Whoever found the pair asked in a direction and with words of their own. Comparing the entries
    themselves makes the evidence of a pair the same each time, until something is learned.
    """
    if first.pk > second.pk:
        first, second = second, first
    match = compare_records(record_of(first), record_of(second), usual_share, today=today)
    return [
        {
            "field": item.field,
            "bits": item.bits,
            "level": item.level,
            "params": dict(item.params),
        }
        for item in match.evidence
    ]


def opened(raw: Iterable[Mapping[str, Any]]) -> tuple[Evidence, ...]:
    """Stored evidence as the identity engine gave it."""
    return tuple(
        Evidence(item["field"], item["bits"], item["level"], item["params"]) for item in raw
    )


def fingerprint(raw: Iterable[Mapping[str, Any]]) -> str:
    """A digest of what was compared, not of how it was weighed.

    It changes when something that can be compared is learned or corrected about either of the two.
    """
    said = sorted(_digested(item) for item in raw)
    return hashlib.sha256("\n".join(said).encode()).hexdigest()


def _digested(item: Mapping[str, Any]) -> str:
    params = {name: value for name, value in item["params"].items() if name not in _CHANGING}
    # Numbers are compared without being told: there the level is all that is known.
    level = item["level"] if item["field"] == "identifier" else ""
    return json.dumps([item["field"], level, params], sort_keys=True, ensure_ascii=False)
