"""The sounds that a register has, searched for those that differ by a letter or two."""

from __future__ import annotations

from collections.abc import Iterable

from rapidfuzz import process
from rapidfuzz.distance import OSA

KIND = "t:"
MOST_NEAR = 24
MOST_REMEMBERED = 4096
SHORTEST = 4
SHORTEST_FOR_TWO = 7


class Vocabulary:
    """The distinct `t:` keys of a register, and how many records have each.

    A source over a database makes one from its counted keys; a minute-old one does no harm.
    """

    def __init__(self, counts: Iterable[tuple[str, int]]) -> None:
        self._counts: dict[str, int] = {key: n for key, n in counts if key.startswith(KIND)}
        self._by_length: dict[int, list[str]] = {}
        self._remembered: dict[str, tuple[str, ...]] = {}
        for key in sorted(self._counts):
            self._by_length.setdefault(len(key), []).append(key)

    def near(self, key: str) -> tuple[str, ...]:
        """Return keys that are nearly this one, nearest first, then commonest."""
        if key not in self._remembered:
            if len(self._remembered) >= MOST_REMEMBERED:
                self._remembered.clear()
            self._remembered[key] = self._search(key)
        return self._remembered[key]

    def _search(self, key: str) -> tuple[str, ...]:
        """Return what `near` returns, from the lists of keys of about the same length."""
        length = len(key) - len(KIND)
        if length < SHORTEST:
            return ()
        apart = 2 if length >= SHORTEST_FOR_TWO else 1
        sizes = range(len(key) - apart, len(key) + apart + 1)
        among = [other for size in sizes for other in self._by_length.get(size, [])]
        found = process.extract(key, among, scorer=OSA.distance, score_cutoff=apart, limit=None)
        ranked = sorted((distance, -self._counts[other], other) for other, distance, _ in found)
        return tuple(other for distance, _, other in ranked if distance)[:MOST_NEAR]
