"""Making a backup: the database at one moment, the files, and a manifest that proves both."""

from __future__ import annotations

import json
import shutil
import tarfile
import tempfile
from collections.abc import Callable
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from pulih.access.models import AuditHead, SyncEpoch
from pulih.cases.models import Case
from pulih.common import ledger
from pulih.common.clock import now
from pulih.config.recovery import archive, engines
from pulih.config.recovery.recipients import RecoveryError, recipients
from pulih.privacy.models import Destruction

NAME, SUFFIX = "pulih-", ".age"
WORK = "backup-"
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

    Source: R-CONF-20, docs/rules/config.md.
    """
    readers = recipients()
    _complete_ledger()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    sweep()
    _require_space(folder)
    moment = now()
    target = folder / f"{NAME}{moment:%Y%m%d-%H%M%S}{SUFFIX}"
    with tempfile.TemporaryDirectory(prefix=WORK, dir=settings.PULIH_DATA) as work:
        dump = Path(work) / engines.dump_name()
        tell("copying the database")
        census = engines.dump_to(dump)
        media = Path(settings.MEDIA_ROOT)
        kept = sorted(file for file in media.rglob("*") if _is_whole(file))
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
    return Made(target, target.stat().st_size, sum(one.rows for one in census.values()), len(files))


def sweep() -> None:
    """Remove what a backup or a drill that was killed has left lying in clear."""
    for left in Path(settings.PULIH_DATA).glob(f"{WORK}*"):
        shutil.rmtree(left, ignore_errors=True)


def newest(folder: Path) -> Path:
    """The newest backup of a folder.

    Raises:
        RecoveryError: there is none.
    """
    found = sorted(folder.glob(f"{NAME}*{SUFFIX}"))
    if not found:
        raise RecoveryError(f"There is no backup in {folder}. Run: pulih backup --to {folder}")
    return found[-1]


def thin_out(folder: Path, *, keep: int) -> list[Path]:
    """Remove the oldest backups beyond the number to keep; the newest is never removed."""
    found = sorted(folder.glob(f"{NAME}*{SUFFIX}"))
    gone = found[: -max(keep, 1)]
    for file in gone:
        file.unlink()
    return gone


def _complete_ledger() -> None:
    """Write down a destruction that a crash kept out of the ledger."""
    done = Destruction.objects.unscoped(reason="what is destroyed has no reader any more")
    for key in done.filter(state=Destruction.State.DONE).values_list("case_key", flat=True):
        ledger.append(Case._meta.label_lower, str(key))


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


def _require_space(folder: Path) -> None:
    files = sum(
        file.stat().st_size for file in Path(settings.MEDIA_ROOT).rglob("*") if file.is_file()
    )
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
