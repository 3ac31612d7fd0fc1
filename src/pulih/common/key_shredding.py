"""Destroying the keys of sealed records with the records; the ledger is the proof."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction

from pulih.common import datakeys, ledger

KIND = "datakey"
"""What a line of the ledger says that stands for a key."""


def destroy_keys(units: Iterable[UUID]) -> None:
    """Destroy the keys of records once the database has let the records go."""
    wanted = [unit for unit in units if datakeys.exists(unit)]
    if not wanted:
        return

    def clear() -> None:
        for unit in wanted:
            # The line first: after a crash in between, `finish` destroys the key by it.
            ledger.append(KIND, str(unit))
            datakeys.destroy(unit)

    transaction.on_commit(clear)


def destroyed_units() -> frozenset[UUID]:
    """The records whose keys were destroyed, by the ledger."""
    return frozenset(UUID(entry.key) for entry in ledger.entries() if entry.kind == KIND)


def finish() -> int:
    """Destroy what the ledger says is destroyed and a crash or an old copy has left.

    Returns:
        How many keys.
    """
    return sum(datakeys.destroy(unit) for unit in destroyed_units())
