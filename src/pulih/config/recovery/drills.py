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

from pulih.common import disk
from pulih.common.clock import now
from pulih.config import holding
from pulih.config.recovery.backup import WORK, newest, sweep
from pulih.config.recovery.opening import open_backup
from pulih.config.recovery.proving import Proof, prove
from pulih.config.recovery.recipients import RecoveryError

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
    openable: int = 0

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
    with holding.copying(Path(settings.PULIH_DATA)):
        sweep()
        return _drill(newest(folder), identity, tell)


def _drill(source: Path, identity: Path, tell: Callable[[str], None]) -> Drill:
    begun = time.monotonic()
    proof, faults = Proof(), []
    try:
        with tempfile.TemporaryDirectory(prefix=WORK, dir=settings.PULIH_DATA) as work:
            tell(f"opening {source.name}")
            proof = prove(open_backup(source, Path(work), identity=identity), tell=tell)
            faults = proof.differences + proof.trail + proof.too_few
    except (RecoveryError, OSError) as fault:
        faults.append(str(fault))
    drill = Drill(
        at=now().isoformat(timespec="seconds"),
        good=not faults,
        backup=source.name,
        seconds=round(time.monotonic() - begun, 1),
        tables=proof.tables,
        rows=proof.rows,
        opened=proof.opened,
        faults=faults,
        openable=proof.openable,
    )
    disk.write_text(_file(), json.dumps(asdict(drill), indent=1))
    return drill


def _file() -> Path:
    return Path(settings.PULIH_DATA) / FILE
