"""Proving a backup that was opened: loaded aside, compared, opened with the keys of this place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings

from pulih.config.recovery import engines
from pulih.config.recovery.census import differences
from pulih.config.recovery.opening import Opened
from pulih.config.recovery.settling import OPENED, settle


@dataclass(slots=True)
class Proof:
    """What a backup was found to hold."""

    tables: int = 0
    rows: int = 0
    opened: int = 0
    openable: int = 0
    differences: list[str] = field(default_factory=list)
    trail: list[str] = field(default_factory=list)

    @property
    def too_few(self) -> list[str]:
        """Were fewer records opened than a proof needs, though more are there?"""
        if self.opened >= min(OPENED, self.openable):
            return []
        return [f"only {self.opened} of {self.openable} encrypted records were opened"]


def prove(backup: Opened, *, tell: Callable[[str], None]) -> Proof:
    """Load a backup into a database of its own, compare every table, and open records of it.

    Raises:
        RecoveryError: it cannot be loaded, or nothing in it can be opened with the keys here.
    """
    proof = Proof()
    tell("loading it aside and comparing every table")
    with engines.scratch_database(backup.dump) as (address, census):
        proof.differences = differences(backup.census, census)
        proof.tables, proof.rows = len(census), sum(count.rows for count in census.values())
        tell("opening records")
        report = settle(
            heads=backup.manifest["heads"],
            environment=_environment(address, backup.folder),
            drill=True,
        )
    proof.trail, proof.opened = report["trail"], report["opened"]
    proof.openable = report["openable"]
    return proof


def _environment(address: str, folder: Path) -> dict[str, str]:
    return {
        "DATABASE_URL": address,
        "PULIH_DATA": str(folder),
        "PULIH_KEY_FILE": str(settings.PULIH_KEY_FILE),
    }
