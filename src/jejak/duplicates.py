"""Find people entered twice in a whole list: strict blocks first, evidence for the rest."""

from __future__ import annotations

import datetime as dt
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from jejak.blocks import block_keys, name_block
from jejak.compare import NameComparer
from jejak.memory import MemorySource
from jejak.names import Word, parse_name, word_keys
from jejak.records import Match, Record
from jejak.score import Comparer
from jejak.weights import DEFAULT, Weights, smoothed_share

LARGEST_BLOCK = 60
# A full name alone is a block only where it is rare.
LARGEST_NAME_BLOCK = 8
MOST_CANDIDATES = 6
LEAST_PROBABILITY = 0.5
# The remembered pairs of words are thrown away after this many rows, to keep memory level.
ROWS_REMEMBERED = 2000

Integers = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A row of the list, and the record or earlier row that is probably the same person."""

    record: Record
    match: Match
    in_batch: bool


def find_duplicates(
    records: Iterable[Record],
    source: MemorySource,
    *,
    today: dt.date,
    minimum: float = LEAST_PROBABILITY,
    weights: Weights = DEFAULT,
) -> Iterator[Duplicate]:
    """Yield probable duplicates, row by row, most probable first within a row.

    Args:
        records: the list; ids must differ from each other.
        source: what is there already; it is not changed.
        today: the day on which ages are stated.
        minimum: the least probability that is worth judging.
        weights: bits of each level of agreement.
    """
    everyone = [*source, *records]
    known = len(source)
    blocks = _Blocks(everyone)
    names = NameComparer(blocks.share, weights)
    for count, (row, others) in enumerate(blocks.candidates(known)):
        if count % ROWS_REMEMBERED == 0:
            names = NameComparer(blocks.share, weights)
        record = everyone[row]
        comparer = Comparer(record, blocks.share, today=today, weights=weights, names=names)
        found = [(match, other) for other in others if (match := comparer.likely(everyone[other]))]
        for match, other in sorted(found, key=lambda item: (-item[0].bits, item[0].record.id)):
            if match.score >= minimum:
                yield Duplicate(record, match, in_batch=other >= known)


class _Blocks:
    """The blocks of all records and how common each name key is, gathered in one walk."""

    def __init__(self, everyone: list[Record]) -> None:
        self._hashes, self._rows, self._names = array("q"), array("q"), array("q")
        self._counts: Counter[str] = Counter()
        self._total = max(len(everyone), 1)
        words: Counter[Word] = Counter()
        for row, record in enumerate(everyone):
            found = block_keys(record)
            self._hashes.extend(found)
            self._rows.extend([row] * len(found))
            self._names.append(name_block(record))
            for name in record.names:
                for form in parse_name(name).forms:
                    words.update(form.words)
        for word, count in words.items():
            for key in word_keys(word):
                self._counts[key] += count

    def share(self, key: str) -> float:
        """Return the share of records that have the key; nobody counts as half a record."""
        return smoothed_share(self._counts.get(key, 0), self._total)

    def candidates(self, known: int) -> Iterator[tuple[int, list[int]]]:
        """Yield each new row that shares a block with earlier ones, and those rows."""
        hashes, rows = np.frombuffer(self._hashes, np.int64), np.frombuffer(self._rows, np.int64)
        names = np.frombuffer(self._names, np.int64)
        whole = _pairs(names, np.arange(len(names)), known, LARGEST_NAME_BLOCK)
        # A rare whole name is enough by itself; other pairs must share two blocks.
        pairs = np.concatenate([_pairs(hashes, rows, known, LARGEST_BLOCK), whole, whole])
        codes, shared = np.unique(pairs[:, 1] * self._total + pairs[:, 0], return_counts=True)
        codes, shared = codes[shared > 1], shared[shared > 1]
        later, earlier = codes // self._total, codes % self._total
        starts = np.flatnonzero(np.diff(later, prepend=-1))
        for start, end in zip(starts, [*starts[1:], len(codes)], strict=False):
            order = np.argsort(-shared[start:end], kind="stable")[:MOST_CANDIDATES]
            yield int(later[start]), earlier[start:end][order].tolist()


def _pairs(hashes: Integers, rows: Integers, known: int, largest: int) -> Integers:
    """Return (earlier, later) rows that share a block of bearable size, the later being new."""
    order = np.argsort(hashes, kind="stable")
    hashes, rows = hashes[order], rows[order]
    _, place, sizes = np.unique(hashes, return_inverse=True, return_counts=True)
    fits = (sizes[place] > 1) & (sizes[place] <= largest)
    hashes, rows = hashes[fits], rows[fits]
    found = [np.empty((0, 2), np.int64)]
    for apart in range(1, largest):
        same = np.flatnonzero(hashes[apart:] == hashes[:-apart])
        if not len(same):
            break
        pairs = np.stack((rows[same], rows[same + apart]), axis=1)
        found.append(pairs[(pairs[:, 1] >= known) & (pairs[:, 0] != pairs[:, 1])])
    return np.concatenate(found)
