"""The sounds that a register has, searched for those that differ by a letter or two."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
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
        self._keys = sorted(self._counts)
        self._letters = np.array([_letters(key) for key in self._keys], dtype=np.uint32)
        self._lengths = np.array([len(key) for key in self._keys], dtype=np.int32)
        self._remembered: dict[str, tuple[str, ...]] = {}

    def near(self, key: str) -> tuple[str, ...]:
        """Return keys that are nearly this one, nearest first, then commonest."""
        if key not in self._remembered:
            if len(self._remembered) >= MOST_REMEMBERED:
                self._remembered.clear()
            self._remembered[key] = self._search(key)
        return self._remembered[key]

    def _search(self, key: str) -> tuple[str, ...]:
        """Return what `near` returns.

        One edit changes at most two of the letters present and the length by one: this leaves few
        keys for the real comparison.
        """
        length = len(key) - len(KIND)
        if length < SHORTEST or not self._keys:
            return ()
        apart = 2 if length >= SHORTEST_FOR_TWO else 1
        changed = np.bitwise_count(self._letters ^ np.uint32(_letters(key)))
        close = (changed <= 2 * apart) & (np.abs(self._lengths - len(key)) <= apart)
        among = [self._keys[place] for place in np.flatnonzero(close).tolist()]
        found = process.extract(key, among, scorer=OSA.distance, score_cutoff=apart, limit=None)
        ranked = sorted((distance, -self._counts[other], other) for other, distance, _ in found)
        return tuple(other for distance, _, other in ranked if distance)[:MOST_NEAR]


def _letters(key: str) -> int:
    """Return one bit for each letter that the key has."""
    bits = 0
    for letter in key[len(KIND) :]:
        bits |= 1 << (ord(letter) & 31)
    return bits
