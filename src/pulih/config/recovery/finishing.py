"""The last part of a restore: data change places, and are settled; a kill in it is gone on from."""

from __future__ import annotations

import json
import shutil
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

from pulih.common import disk
from pulih.config import holding
from pulih.config.recovery import engines
from pulih.config.recovery.settling import settle


@dataclass(frozen=True, slots=True)
class Plan:
    """What a restore is about to do; kept in the data folder until it is done.

    Attributes:
        scratch: the folder, inside the data folder, in which the proven backup lies open.
        aside: the folder beside it for what is here now.
        dump: the copy of the database in the scratch.
    """

    scratch: str
    aside: str
    dump: str
    heads: dict[str, Any]
    made_at: str


def keep(plan: Plan) -> None:
    """Write the plan down; from here on the restore is finished, by this process or the next."""
    disk.write_text(_file(), json.dumps(asdict(plan)))


def finish() -> dict[str, Any]:
    """Do what the plan says and has not been done yet: change places, settle, forget the plan.

    Returns:
        What was done: how many destructions were applied again, and whether the trail is whole.

    Raises:
        RecoveryError: a tool failed or the data could not be settled; the plan stays.

    Source: R-CONF-21, docs/rules/config.md.
    """
    plan = Plan(**json.loads(_file().read_text()))
    data = Path(settings.PULIH_DATA)
    scratch, aside = data / plan.scratch, data / plan.aside
    aside.mkdir(exist_ok=True, mode=0o700)
    _change_places(scratch / "files", Path(settings.MEDIA_ROOT), aside)
    if engines.is_sqlite():
        connection.close()
        database = Path(connection.settings_dict["NAME"])
        for suffix in ("-wal", "-shm"):
            # Before the database itself: the journal of one must never meet another.
            _put_aside(database.with_name(database.name + suffix), aside)
        _change_places(scratch / plan.dump, database, aside)
    elif (scratch / plan.dump).exists():
        engines.replace_all(scratch / plan.dump, aside, mark=plan.aside)
    report = settle(heads=plan.heads)
    _file().unlink()
    disk.sync_folder(data)
    shutil.rmtree(scratch, ignore_errors=True)
    report["made_at"], report["aside"] = plan.made_at, str(aside)
    return report


def _change_places(new: Path, present: Path, aside: Path) -> None:
    """Put what is here aside and the new in its place; what was done before stays done."""
    if not new.exists():
        return
    _put_aside(present, aside)
    new.rename(present)
    disk.sync_folder(present.parent)


def _put_aside(present: Path, aside: Path) -> None:
    kept = aside / present.name
    if not present.exists():
        return
    if not kept.exists():
        present.rename(kept)
        disk.sync_folder(aside)
    elif present.is_dir():
        # Made anew by a start since; what was here lies aside already.
        shutil.rmtree(present)
    else:
        present.unlink()


def _file() -> Path:
    return Path(settings.PULIH_DATA) / holding.UNFINISHED
