"""Find who someone may be: ask a register for candidates, weigh each, give reasons."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Protocol, runtime_checkable

from jejak.records import Match, Record
from jejak.retrieval import asked_keys
from jejak.score import Comparer
from jejak.weights import DEFAULT, Weights

CANDIDATES = 300
LEAST_PROBABILITY = 0.01
# Relatives and reasons are looked at for this many of the candidates.
PROMISING = 60


class Source(Protocol):
    """A register that can be asked; a database table of keys is enough to be one."""

    def candidates(
        self, keys: frozenset[str], identifiers: frozenset[str], *, limit: int
    ) -> Iterable[Record]:
        """Return records that share an identifier or a key, most and rarest first."""

    def share(self, key: str) -> float:
        """Return the share of records (0 to 1) that have the key."""


@runtime_checkable
class NearSource(Protocol):
    """A register that also knows which of its keys are nearly the asked one, for mistyped names."""

    def near(self, key: str) -> Iterable[str]:
        """Return keys of the register that differ by a letter or two."""


def find_similar(
    query: Record,
    source: Source,
    *,
    today: dt.date,
    limit: int = 10,
    minimum: float = LEAST_PROBABILITY,
    weights: Weights = DEFAULT,
) -> list[Match]:
    """Return the records that may be this person, most probable first.

    Args:
        query: what is known; everything but the id may be missing.
        source: the register to search.
        today: the day on which ages are stated.
        limit: how many to return at most.
        minimum: the least probability that is worth showing.
        weights: bits of each level of agreement.
    """
    near = source.near if isinstance(source, NearSource) else None
    asked = asked_keys(query, near)
    comparer = Comparer(query, source.share, today=today, weights=weights)
    found = source.candidates(asked, query.identifiers, limit=CANDIDATES)
    chosen = _promising([record for record in found if record.id != query.id], query, comparer)[
        : max(PROMISING, limit)
    ]
    matches = [comparer.match(record) for record in chosen]
    matches = [match for match in matches if match.score >= minimum]
    return sorted(matches, key=lambda match: (-match.bits, match.record.id))[:limit]


def _promising(found: list[Record], query: Record, comparer: Comparer) -> list[Record]:
    """Return the candidates that say most by themselves, and all with an equal number."""
    rest = [record for record in found if record.identifiers.isdisjoint(query.identifiers)]
    same = [record for record in found if not record.identifiers.isdisjoint(query.identifiers)]
    rest.sort(key=lambda record: (-comparer.own_bits(record), record.id))
    return same + rest
