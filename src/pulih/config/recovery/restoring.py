"""Restoring: a backup back into a data folder or an empty database."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

from pulih.common import ledger
from pulih.common.clock import now
from pulih.config.recovery import engines
from pulih.config.recovery.backup import WORK
from pulih.config.recovery.census import census_of_file, differences
from pulih.config.recovery.opening import Opened, open_backup
from pulih.config.recovery.recipients import RecoveryError
from pulih.config.recovery.recipients import identities as identities_in
from pulih.config.recovery.record_keys import put_back_record_keys


def restore(
    source: Path, *, identity: Path, replace: bool, tell: Callable[[str], None]
) -> dict[str, Any]:
    """Put a backup in the place of this installation's data; what was there is kept aside.

    What was destroyed since the backup is destroyed again, all sessions end, and devices that
    worked offline must meet the server anew.

    Args:
        replace: there are data here, and they may be put aside.

    Returns:
        What was done: how many destructions were applied again, and whether the trail is whole.

    Raises:
        RecoveryError: the backup is not whole, the ledger of destructions is missing, or there are
            data here and `replace` was not said.

    Source: R-CONF-21, docs/rules/config.md.
    """
    if engines.has_tables() and not replace:
        raise RecoveryError(
            "There are data here already. Say --replace to put them aside and restore."
        )
    with tempfile.TemporaryDirectory(prefix=WORK, dir=settings.PULIH_DATA) as work:
        tell("opening the backup")
        opened = open_backup(source, Path(work), identity=identity)
        _require_ledger(opened)
        tell("comparing every table")
        _require_same(opened)
        aside = _put_aside()
        tell("putting the data in place")
        _put_in_place(opened)
        tell("putting back keys of sealed records that are missing")
        keys = list(identities_in(identity))
        put_back_record_keys(source.parent, Path(work), identities=keys)
    tell("destroying again what was destroyed since, ending sessions")
    report = settle(heads=opened.manifest["heads"])
    report["made_at"], report["aside"] = opened.manifest["made_at"], str(aside)
    return report


def settle(
    *, heads: dict[str, Any], environment: dict[str, str] | None = None, drill: bool = False
) -> dict[str, Any]:
    """Run what follows a restore in a process of its own, which sees the restored data alone."""
    words = {"heads": heads, "drill": drill}
    done = subprocess.run(  # noqa: S603 - our own module
        [sys.executable, "-m", "pulih.config.recovery"],
        input=json.dumps(words),
        env={**os.environ, **(environment or {})},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RecoveryError(f"The restored data could not be settled: {done.stderr.strip()[-800:]}")
    report: dict[str, Any] = json.loads(done.stdout)
    return report


def _require_ledger(opened: Opened) -> None:
    known, wanted = len(ledger.entries()), int(opened.manifest["destroyed"])
    if known < wanted:
        raise RecoveryError(
            f"The ledger of destructions {ledger.path()} holds {known} lines; the backup knows of"
            f" {wanted}. Put the ledger back from the keys' own copy first: without it a restore"
            " would bring back what was destroyed."
        )


def _require_same(opened: Opened) -> None:
    if engines.is_sqlite() and (found := differences(opened.census, census_of_file(opened.dump))):
        raise RecoveryError(f"The copy is not what was counted: {found[0]}")


def _put_aside() -> Path:
    """Move the present data into a folder of their own."""
    aside = Path(settings.PULIH_DATA) / f"before-restore-{now():%Y%m%d-%H%M%S}"
    aside.mkdir(mode=0o700)
    media = Path(settings.MEDIA_ROOT)
    if media.exists():
        shutil.move(media, aside / "files")
    if engines.is_sqlite():
        connection.close()
        database = Path(connection.settings_dict["NAME"])
        for suffix in ("", "-wal", "-shm"):
            part = database.with_name(database.name + suffix)
            if part.exists():
                shutil.move(part, aside / part.name)
    elif engines.has_tables():
        engines.dump_to(aside / engines.POSTGRES)
        with connection.cursor() as cursor:
            cursor.execute("DROP SCHEMA public CASCADE")
            cursor.execute("CREATE SCHEMA public")
        connection.close()
    return aside


def _put_in_place(opened: Opened) -> None:
    shutil.move(opened.files, settings.MEDIA_ROOT)
    if engines.is_sqlite():
        shutil.move(opened.dump, connection.settings_dict["NAME"])
    else:
        engines.load_into(connection.settings_dict, opened.dump)
