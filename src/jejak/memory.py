"""A register held in memory: for imports, tests and small lists."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator

import numpy as np

from jejak.records import Record
from jejak.retrieval import record_keys
from jejak.vocabulary import Vocabulary
from jejak.weights import smoothed_share

# An equal number outweighs any sum of name keys.
IDENTIFIER_WEIGHT = 1000.0
# The list of near sounds is made anew after this share of the register has changed.
STALE_SHARE = 0.02
EMPTY = array("I")


class MemorySource:
    """Records by id, with the keys of each.

    Rows are numbered and never reused, so that postings only grow; a removed row stays empty until
    half of all are, and then everything is numbered afresh.
    """

    def __init__(self, records: Iterable[Record] = ()) -> None:
        self._rows: list[Record | None] = []
        self._row_of: dict[str, int] = {}
        self._postings: dict[str, array[int]] = {}
        self._identified: dict[str, set[int]] = {}
        self._gone: dict[str, int] = {}
        self._vocabulary: Vocabulary | None = None
        self._changes = 0
        self._indexed = 0
        for record in records:
            self.add(record)

    def __len__(self) -> int:
        return len(self._row_of)

    def __iter__(self) -> Iterator[Record]:
        return (record for record in self._rows if record is not None)

    def get(self, record_id: str) -> Record | None:
        """Return the record with this id, or None."""
        row = self._row_of.get(record_id)
        return None if row is None else self._rows[row]

    def add(self, record: Record) -> None:
        """Take in a record.

        Raises:
            ValueError: there is one with this id already (`replace` it instead).
        """
        if record.id in self._row_of:
            raise ValueError(f"there is a record with the id {record.id!r} already")
        row = len(self._rows)
        self._rows.append(record)
        self._row_of[record.id] = row
        for token in record.identifiers:
            self._identified.setdefault(token, set()).add(row)
        self._changes += 1

    def remove(self, record_id: str) -> None:
        """Forget a record.

        Raises:
            KeyError: there is none with this id.
        """
        self._index()
        row = self._row_of.pop(record_id)
        record = self._rows[row]
        self._rows[row] = None
        if record is not None:
            for key in record_keys(record):
                self._gone[key] = self._gone.get(key, 0) + 1
            for token in record.identifiers:
                self._identified[token].discard(row)
        self._changes += 1
        if len(self._rows) > 2 * len(self._row_of):
            self._renumber()

    def replace(self, record: Record) -> None:
        """Take in a record in place of the one with its id, if there is one."""
        if record.id in self._row_of:
            self.remove(record.id)
        self.add(record)

    def share(self, key: str) -> float:
        """Return the share of records that have the key; nobody counts as half a record."""
        return smoothed_share(self._count(key), len(self))

    def near(self, key: str) -> tuple[str, ...]:
        """Return keys of the register that differ by a letter or two."""
        self._index()
        if self._vocabulary is None or self._changes > STALE_SHARE * len(self):
            self._vocabulary = Vocabulary((key, self._count(key)) for key in self._postings)
            self._changes = 0
        return self._vocabulary.near(key)

    def candidates(
        self, keys: frozenset[str], identifiers: frozenset[str], *, limit: int
    ) -> list[Record]:
        """Return records that share an identifier or a key, most and rarest first."""
        rows = self._rank(sorted(keys), limit)
        if identifiers:
            same = {row for token in identifiers for row in self._identified.get(token, ())}
            rows = [*sorted(same), *(row for row in rows if row not in same)][:limit]
        found = (self._rows[row] for row in rows)
        return [record for record in found if record is not None]

    def _rank(self, keys: list[str], limit: int) -> list[int]:
        """Return the rows with the most and the rarest of the keys."""
        known = [key for key in keys if self._count(key)]
        if not known:
            return []
        lists = [np.frombuffer(self._postings[key], dtype=np.uint32) for key in known]
        shares = np.array([self._count(key) for key in known]) / len(self)
        weights = np.repeat(0.1 - np.log2(shares), [len(rows) for rows in lists])
        total = np.bincount(np.concatenate(lists), weights, minlength=len(self._rows))
        found = np.flatnonzero(total)
        if len(found) > limit:
            least = np.partition(total[found], len(found) - limit)[len(found) - limit]
            found = found[total[found] >= least]
        order = np.lexsort((found, -total[found]))
        ranked: list[int] = found[order][:limit].tolist()
        return ranked

    def _index(self) -> None:
        """Take in the keys of new records; put off until asked, since a list may only be walked."""
        for row in range(self._indexed, len(self._rows)):
            record = self._rows[row]
            for key in record_keys(record) if record is not None else ():
                postings = self._postings.get(key)
                if postings is None:
                    postings = self._postings[key] = array("I")
                postings.append(row)
        self._indexed = len(self._rows)

    def _count(self, key: str) -> int:
        """Return how many present records have the key."""
        self._index()
        return len(self._postings.get(key, EMPTY)) - self._gone.get(key, 0)

    def _renumber(self) -> None:
        """Number the rows afresh, without the removed ones."""
        records = list(self)
        for index in (self._rows, self._row_of, self._postings, self._identified, self._gone):
            index.clear()
        self._indexed = 0
        for record in records:
            self.add(record)
