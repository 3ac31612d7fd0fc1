"""Drills: the newest backup is restored into a place of its own, compared and opened."""

from __future__ import annotations

import datetime as dt
import json
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from django.conf import settings

from pulih.common.clock import now
from pulih.config.recovery import engines
from pulih.config.recovery.backup import WORK, newest, sweep
from pulih.config.recovery.census import differences
from pulih.config.recovery.opening import open_backup
from pulih.config.recovery.recipients import RecoveryError
from pulih.config.recovery.restoring import settle

FILE = "drill.json"
FRESH = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Drill:
    """How the last drill went."""

    at: str
    good: bool
    backup: str
    seconds: float
    tables: int
    rows: int
    opened: int
    faults: list[str]

    @property
    def is_fresh(self) -> bool:
        """Was it good, and not longer ago than a day?"""
        return self.good and now() - dt.datetime.fromisoformat(self.at) <= FRESH


def last_drill() -> Drill | None:
    """The last drill of this installation."""
    try:
        return Drill(**json.loads(_file().read_text()))
    except (OSError, ValueError, TypeError):
        return None


def run_drill(folder: Path, *, identity: Path, tell: Callable[[str], None]) -> Drill:
    """Restore the newest backup aside, compare every table, open records, and keep the result.

    A fault is a result as well: it is kept and told.

    Source: R-CONF-22, docs/rules/config.md.
    """
    sweep()
    begun = time.monotonic()
    source = newest(folder)
    tables, rows, opened, faults = 0, 0, 0, []
    try:
        with tempfile.TemporaryDirectory(prefix=WORK, dir=settings.PULIH_DATA) as work:
            tell(f"opening {source.name}")
            backup = open_backup(source, Path(work), identity=identity)
            tell("restoring it aside and comparing every table")
            with engines.scratch_database(backup.dump) as (address, census):
                faults += differences(backup.census, census)
                tables, rows = len(census), sum(count.rows for count in census.values())
                tell("opening records")
                report = settle(
                    heads=backup.manifest["heads"],
                    environment={
                        "DATABASE_URL": address,
                        "PULIH_DATA": work,
                        "PULIH_KEY_FILE": str(settings.PULIH_KEY_FILE),
                    },
                    drill=True,
                )
                faults += report["trail"]
                opened = report["opened"]
    except RecoveryError as fault:
        faults.append(str(fault))
    drill = Drill(
        at=now().isoformat(timespec="seconds"),
        good=not faults,
        backup=source.name,
        seconds=round(time.monotonic() - begun, 1),
        tables=tables,
        rows=rows,
        opened=opened,
        faults=faults,
    )
    _file().write_text(json.dumps(asdict(drill), indent=1))
    _file().chmod(0o600)
    return drill


def _file() -> Path:
    return Path(settings.PULIH_DATA) / FILE
