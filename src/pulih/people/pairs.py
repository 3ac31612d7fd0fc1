"""What speaks for and against two entries being one person, in the form that is stored."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from jejak.records import Evidence, Match

# What only restates the rest in the light of the day it was computed.
_CHANGING = frozenset({"age_a", "age_b", "years"})


@dataclass(frozen=True, slots=True)
class Proposal:
    """Two entries that may be one person, as whoever found them says.

    Attributes:
        score: the probability, 0 to 1.
    """

    one: UUID
    other: UUID
    score: float
    evidence: tuple[Evidence, ...] = ()

    @classmethod
    def of(cls, asked: UUID, match: Match) -> Proposal:
        """A proposal from a match of the identity engine; record ids are keys of people."""
        return cls(asked, UUID(match.record.id), match.score, match.evidence)

    @property
    def ordered(self) -> tuple[UUID, UUID]:
        """The two keys, the smaller first."""
        return (self.one, self.other) if self.one < self.other else (self.other, self.one)


def stored(proposal: Proposal) -> list[dict[str, Any]]:
    """Evidence as JSON, with "a" the entry with the smaller key."""
    turn = proposal.one > proposal.other
    return [
        {
            "field": item.field,
            "bits": item.bits,
            "level": item.level,
            "params": _turned(item.params) if turn else dict(item.params),
        }
        for item in proposal.evidence
    ]


def _turned(params: Mapping[str, str | int]) -> dict[str, str | int]:
    other = {"a": "b", "b": "a", "age_a": "age_b", "age_b": "age_a"}
    return {other.get(name, name): value for name, value in params.items()}


def opened(raw: Iterable[Mapping[str, Any]]) -> tuple[Evidence, ...]:
    """Stored evidence as the identity engine gave it."""
    return tuple(
        Evidence(item["field"], item["bits"], item["level"], item["params"]) for item in raw
    )


def fingerprint(raw: Iterable[Mapping[str, Any]]) -> str:
    """A digest of what was compared, not of how it was weighed; empty without evidence.

    It changes when something is learned or corrected about either of the two.
    """
    said = sorted(
        json.dumps(
            [
                item["field"],
                item["level"] if item["field"] == "identifier" else "",
                {k: v for k, v in item["params"].items() if k not in _CHANGING},
            ],
            sort_keys=True,
            ensure_ascii=False,
        )
        for item in raw
    )
    return hashlib.sha256("\n".join(said).encode()).hexdigest() if said else ""
