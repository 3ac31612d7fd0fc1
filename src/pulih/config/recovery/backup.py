"""Making a backup: the database at one moment, the files, and a manifest that proves both."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import os
import shutil
import tarfile
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from pulih.access.models import AuditHead, SyncEpoch
from pulih.cases.models import Case
from pulih.common import datakeys, key_shredding, ledger
from pulih.common.clock import now
from pulih.config import holding
from pulih.config.recovery import archive, engines
from pulih.config.recovery.recipients import RecoveryError, recipients
from pulih.config.recovery.record_keys import copy_record_keys
from pulih.privacy.models import Destruction

NAME, SUFFIX, STAMP = "pulih-", ".age", "%Y%m%d-%H%M%S"
WORK, SCRATCH = "backup-", "restore-"
KEEP_DAYS = 14
SPARE = 1.2
"""How much more free space than the data is asked for."""


@dataclass(frozen=True, slots=True)
class Made:
    """A backup that was written."""

    file: Path
    size: int
    rows: int
    files: int


def make_backup(folder: Path, *, tell: Callable[[str], None]) -> Made:
    """Write a backup into a folder, encrypted to at least two people.

    Args:
        folder: where it goes; best on another disk.
        tell: hears what is being done.

    Raises:
        RecoveryError: fewer than two recipients, too little space, or a tool failed.
        InUseError: another backup or drill is at work.

    Source: R-CONF-20, docs/rules/config.md.
    """
    readers = recipients()
    _complete_ledger()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with holding.copying(Path(settings.PULIH_DATA)):
        sweep()
        _require_space(folder)
        return _make(folder, readers, tell)


def _make(folder: Path, readers: Sequence[object], tell: Callable[[str], None]) -> Made:
    moment = now()
    target = folder / f"{NAME}{moment:{STAMP}}{SUFFIX}"
    with tempfile.TemporaryDirectory(prefix=WORK, dir=settings.PULIH_DATA) as work:
        dump, media = Path(work) / engines.dump_name(), Path(work) / "files"
        tell("copying the database")
        # Held before and after the copy: whatever a row of it speaks of is there, also when
        # somebody adds or removes files meanwhile.
        hold_files(media)
        census = engines.dump_to(dump)
        hold_files(media)
        kept = sorted(file for file in media.rglob("*") if file.is_file())
        tell(f"checking {len(kept)} files")
        files = {str(file.relative_to(media)): archive.digest_of(file) for file in kept}
        manifest = {
            "made_at": moment.isoformat(timespec="seconds"),
            "version": version("pulih"),
            "engine": connection.vendor,
            "dump": {"name": dump.name, "sha256": archive.digest_of(dump)},
            "migrations": sorted(
                f"{row.app}.{row.name}" for row in MigrationRecorder(connection).migration_qs
            ),
            "tables": {name: asdict(count) for name, count in census.items()},
            "files": files,
            "heads": {
                str(head.office_id): {"sequence": head.sequence, "mac": head.mac}
                for head in AuditHead.objects.all()
            },
            "epoch": SyncEpoch.current(),
            "destroyed": len(ledger.entries()),
        }
        tell("encrypting")
        archive.write(target, _filler(manifest, dump, media, kept), recipients=list(readers))
    # After the database: whatever lies sealed in it has its key in the copy.
    copy_record_keys(folder)
    return Made(target, target.stat().st_size, sum(one.rows for one in census.values()), len(files))


def hold_files(folder: Path) -> None:
    """Hold every file as it stands, by a second name: it stays when the first is taken away."""
    media = Path(settings.MEDIA_ROOT)
    for file in media.rglob("*"):
        held = folder / file.relative_to(media)
        if held.exists() or not _is_whole(file):
            continue
        held.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        # Between the listing and now somebody may have removed it.
        with contextlib.suppress(FileNotFoundError):
            _hold(file, held)


def _hold(file: Path, held: Path) -> None:
    try:
        os.link(file, held)
    except FileNotFoundError:
        raise
    except OSError:
        # Another disk, or one that knows no second names.
        shutil.copyfile(file, held)


def sweep() -> None:
    """Remove what a backup, a drill or a restore that was killed has left lying in clear.

    What a restore still needs to go on from stays.
    """
    data = Path(settings.PULIH_DATA)
    unfinished = (data / holding.UNFINISHED).exists()
    for kind in (WORK,) if unfinished else (WORK, SCRATCH):
        for left in data.glob(f"{kind}*"):
            shutil.rmtree(left, ignore_errors=True)


def newest(folder: Path) -> Path:
    """The newest backup of a folder.

    Raises:
        RecoveryError: there is none.
    """
    found = _backups(folder)
    if not found:
        raise RecoveryError(f"There is no backup in {folder}. Run: pulih backup --to {folder}")
    return max(found, key=lambda file: found[file])


def thin_out(folder: Path, *, days: int) -> list[Path]:
    """Remove the backups that are older than so many days; the newest is never removed."""
    found = _backups(folder)
    oldest = now() - dt.timedelta(days=days)
    last = max(found.values(), default=oldest)
    gone = [file for file, made_at in found.items() if made_at < min(oldest, last)]
    for file in gone:
        file.unlink()
    return sorted(gone)


def _backups(folder: Path) -> dict[Path, dt.datetime]:
    """The backups of a folder and when they were made; copies of keys are none."""
    found = {}
    for file in folder.glob(f"{NAME}*{SUFFIX}"):
        stamp = file.name.removeprefix(NAME).removesuffix(SUFFIX)
        with contextlib.suppress(ValueError):
            found[file] = dt.datetime.strptime(stamp, STAMP).replace(tzinfo=dt.UTC)
    return found


def _complete_ledger() -> None:
    """Write down a destruction that a crash kept out of the ledger."""
    done = Destruction.objects.unscoped(reason="what is destroyed has no reader any more")
    for key in done.filter(state=Destruction.State.DONE).values_list("case_key", flat=True):
        ledger.append(Case._meta.label_lower, str(key))
        if datakeys.exists(key):
            ledger.append(key_shredding.KIND, str(key))
    key_shredding.finish()


def _filler(
    manifest: dict[str, Any], dump: Path, media: Path, kept: list[Path]
) -> Callable[[tarfile.TarFile], None]:
    def fill(tar: tarfile.TarFile) -> None:
        archive.add_text(tar, archive.MANIFEST, json.dumps(manifest, indent=1))
        tar.add(dump, arcname=dump.name)
        for file in kept:
            tar.add(file, arcname=f"files/{file.relative_to(media)}")

    return fill


def _is_whole(file: Path) -> bool:
    """A file that is kept; not one that is being written."""
    return file.is_file() and not file.name.startswith(".")


def _size(file: Path) -> int:
    try:
        return file.stat().st_size if file.is_file() else 0
    except FileNotFoundError:
        # Removed since it was listed.
        return 0


def _require_space(folder: Path) -> None:
    files = sum(map(_size, Path(settings.MEDIA_ROOT).rglob("*")))
    copied = Path(connection.settings_dict["NAME"]).stat().st_size if engines.is_sqlite() else 0
    # The copy of the database lies beside it for a while: a backup must not fill the office's disk.
    _require_free(folder, files + copied)
    _require_free(Path(settings.PULIH_DATA), copied)


def _require_free(folder: Path, size: int) -> None:
    free = shutil.disk_usage(folder).free
    if free < size * SPARE:
        raise RecoveryError(
            f"{folder} has {free // 2**20} MB free; a backup needs about"
            f" {int(size * SPARE) // 2**20} MB."
        )
