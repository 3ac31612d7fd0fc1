"""A register held in memory: for imports, tests and small lists."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from itertools import islice

from jejak.names import keys
from jejak.records import Record


class MemorySource:
    """Records by id, with the keys of their names."""

    def __init__(self, records: Iterable[Record] = ()) -> None:
        self._records: dict[str, Record] = {}
        self._by_key: dict[str, dict[str, None]] = {}
        self._by_identifier: dict[str, dict[str, None]] = {}
        for record in records:
            self.add(record)

    def __len__(self) -> int:
        return len(self._records)

    def __iter__(self) -> Iterator[Record]:
        return iter(self._records.values())

    def add(self, record: Record) -> None:
        """Take in a record.

        Raises:
            ValueError: there is one with this id already (`replace` it instead).
        """
        if record.id in self._records:
            raise ValueError(f"there is a record with the id {record.id!r} already")
        self._records[record.id] = record
        for key in _keys(record):
            self._by_key.setdefault(key, {})[record.id] = None
        for token in record.identifiers:
            self._by_identifier.setdefault(token, {})[record.id] = None

    def remove(self, record_id: str) -> None:
        """Forget a record.

        Raises:
            KeyError: there is none with this id.
        """
        record = self._records.pop(record_id)
        for key in _keys(record):
            self._drop(self._by_key, key, record_id)
        for token in record.identifiers:
            self._drop(self._by_identifier, token, record_id)

    def replace(self, record: Record) -> None:
        """Take in a record in place of the one with its id, if there is one."""
        if record.id in self._records:
            self.remove(record.id)
        self.add(record)

    def share(self, key: str) -> float:
        """Return the share of records that have the key; nobody counts as half a record."""
        return max(len(self._by_key.get(key, ())), 0.5) / max(len(self._records), 1)

    def candidates(
        self, keys: frozenset[str], identifiers: frozenset[str], *, limit: int
    ) -> list[Record]:
        """Return records that share an identifier or a key, most and rarest first."""
        found: dict[str, float] = {}
        for token in sorted(identifiers):
            for record_id in self._by_identifier.get(token, ()):
                found[record_id] = found.get(record_id, 0.0) + 100.0
        for key in sorted(keys):
            holders = self._by_key.get(key)
            if holders is None:
                continue
            rarity = math.log2(len(self._records) / len(holders)) + 0.1
            for record_id in holders:
                found[record_id] = found.get(record_id, 0.0) + rarity
        ranked = sorted(found, key=lambda record_id: (-found[record_id], record_id))
        return [self._records[record_id] for record_id in islice(ranked, limit)]

    @staticmethod
    def _drop(index: dict[str, dict[str, None]], key: str, record_id: str) -> None:
        """Forget one posting, and the key with its last posting."""
        holders = index[key]
        del holders[record_id]
        if not holders:
            del index[key]


def _keys(record: Record) -> set[str]:
    """Return the keys of every name of a record."""
    return {key for name in record.names for key in keys(name)}
