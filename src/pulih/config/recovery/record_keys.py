"""The copy of the keys of sealed records: one file beside the backups, replaced each time.

It has no history, on purpose: a key that was destroyed is gone from the copy with the next backup,
while backups of the database go back for weeks. The keys in it are wrapped by the key file, of
which no backup holds a word.
"""

from __future__ import annotations

import tarfile
from pathlib import Path
from uuid import UUID

from pulih.common import datakeys, key_shredding
from pulih.config.recovery import archive
from pulih.config.recovery.recipients import recipients

FILE = "datakeys.age"


def copy_record_keys(folder: Path) -> int:
    """Replace the copy in a folder of backups by the keys of now.

    Returns:
        How many keys are in it.

    Raises:
        RecoveryError: fewer than two recipients.

    Source: R-CONF-43, docs/rules/config.md.
    """
    key_shredding.finish()
    kept = list(datakeys.units())

    def fill(tar: tarfile.TarFile) -> None:
        archive.add_text(tar, "count", str(len(kept)))
        for unit in kept:
            if text := datakeys.wrapped_text(unit):
                archive.add_text(tar, f"{unit.hex}.json", text)

    archive.write(folder / FILE, fill, recipients=list(recipients()))
    return len(kept)


def put_back_record_keys(folder: Path, work: Path, *, identities: list[object]) -> int:
    """Put keys back that are missing here; never over one, and never one that was destroyed.

    Args:
        folder: where the backup and the copy of the keys lie.
        work: a folder for the opened copy.
        identities: the secret keys that open it.

    Returns:
        How many were put back; 0 where there is no copy.

    Raises:
        RecoveryError: the copy cannot be opened.
    """
    if not (folder / FILE).exists():
        return 0
    opened = work / "datakeys"
    opened.mkdir(mode=0o700)
    archive.extract(folder / FILE, opened, identities=identities)
    gone = key_shredding.destroyed_units()
    found = {UUID(hex=file.stem): file.read_text() for file in sorted(opened.glob("*.json"))}
    return sum(datakeys.put_back(unit, text) for unit, text in found.items() if unit not in gone)
