"""Restoring: a backup back into a data folder or an empty database."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from pulih.common import ledger
from pulih.common.clock import now
from pulih.config import holding
from pulih.config.recovery import engines
from pulih.config.recovery.backup import SCRATCH, sweep
from pulih.config.recovery.finishing import Plan, finish, keep
from pulih.config.recovery.opening import Opened, open_backup
from pulih.config.recovery.proving import prove
from pulih.config.recovery.recipients import RecoveryError
from pulih.config.recovery.recipients import identities as identities_in
from pulih.config.recovery.record_keys import put_back_record_keys


def restore(
    source: Path, *, identity: Path, replace: bool, tell: Callable[[str], None]
) -> dict[str, Any]:
    """Put a backup in the place of this installation's data; what was there is kept aside.

    The backup is opened, compared and proven aside. Only then do the data change places; a kill
    from there on is gone on from at the next start. What was destroyed since the backup is
    destroyed again, all sessions end, and devices that worked offline must meet the server anew.

    Args:
        replace: there are data here, and they may be put aside.

    Returns:
        What was done: how many destructions were applied again, and whether the trail is whole.

    Raises:
        RecoveryError: the backup is not whole, the ledger of destructions is missing, somebody is
            at the database, or there are data here and `replace` was not said.

    Source: R-CONF-21, docs/rules/config.md.
    """
    if engines.has_tables() and not replace:
        raise RecoveryError(
            "There are data here already. Say --replace to put them aside and restore."
        )
    engines.require_alone()
    data = Path(settings.PULIH_DATA)
    with holding.copying(data):
        sweep()
        scratch = Path(tempfile.mkdtemp(prefix=SCRATCH, dir=data))
        try:
            plan = _prepare(source, scratch, identity=identity, tell=tell)
        except BaseException:
            shutil.rmtree(scratch, ignore_errors=True)
            raise
        keep(plan)
        tell("putting the data in place, destroying again what was destroyed since")
        return finish()


def _prepare(source: Path, scratch: Path, *, identity: Path, tell: Callable[[str], None]) -> Plan:
    """Open a backup into the scratch and prove that it would save the office."""
    tell("opening the backup")
    opened = open_backup(source, scratch, identity=identity)
    _require_ledger(opened)
    # Keys of sealed records that are missing here; the proof opens records with them.
    put_back_record_keys(source.parent, scratch, identities=list(identities_in(identity)))
    _require_known(opened)
    proof = prove(opened, tell=tell)
    if faults := proof.differences + proof.too_few:
        raise RecoveryError(f"The copy is not what was counted: {faults[0]}")
    # The data change places by their names alone: what they hold must be on the disk before.
    os.sync()
    return Plan(
        scratch=scratch.name,
        aside=f"before-restore-{now():%Y%m%d-%H%M%S}",
        dump=opened.dump.name,
        heads=opened.manifest["heads"],
        made_at=opened.manifest["made_at"],
    )


def _require_ledger(opened: Opened) -> None:
    known, wanted = len(ledger.entries()), int(opened.manifest["destroyed"])
    if known < wanted:
        raise RecoveryError(
            f"The ledger of destructions {ledger.path()} holds {known} lines; the backup knows of"
            f" {wanted}. Put the ledger back from the keys' own copy first: without it a restore"
            " would bring back what was destroyed."
        )


def _require_known(opened: Opened) -> None:
    """Was the backup made by this version or an older one, on the same engine?"""
    if opened.manifest["engine"] != connection.vendor:
        raise RecoveryError(
            f"The backup is of {opened.manifest['engine']}; this installation runs on"
            f" {connection.vendor}."
        )
    known = {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations}
    replaced = {
        f"{app}.{name}"
        for migration in MigrationLoader(None).disk_migrations.values()
        for app, name in migration.replaces
    }
    if newer := set(opened.manifest["migrations"]) - known - replaced:
        raise RecoveryError(
            f"The backup was made by version {opened.manifest['version']}, which knows"
            f" {sorted(newer)[0]}. Install that version first."
        )
