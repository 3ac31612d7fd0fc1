"""Opening a backup and holding it against its own manifest."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pulih.config.recovery import archive
from pulih.config.recovery.census import Count
from pulih.config.recovery.recipients import RecoveryError, identities


@dataclass(frozen=True, slots=True)
class Opened:
    """A backup that was opened into a folder, and is whole."""

    folder: Path
    manifest: dict[str, Any]

    @property
    def dump(self) -> Path:
        """The copy of the database."""
        return self.folder / str(self.manifest["dump"]["name"])

    @property
    def files(self) -> Path:
        """The folder of the files."""
        return self.folder / "files"

    @property
    def census(self) -> dict[str, Count]:
        """What the tables held when it was made."""
        return {name: Count(**count) for name, count in self.manifest["tables"].items()}


def open_backup(source: Path, folder: Path, *, identity: Path) -> Opened:
    """Open a backup and check every file of it.

    Raises:
        RecoveryError: it cannot be opened, or something in it is not as the manifest says.
    """
    if not source.is_file():
        raise RecoveryError(f"{source} is no file.")
    archive.extract(source, folder, identities=list(identities(identity)))
    try:
        manifest = json.loads((folder / archive.MANIFEST).read_text())
    except (OSError, ValueError) as fault:
        raise RecoveryError(
            f"{source.name} holds no manifest: it is no backup of Pulih."
        ) from fault
    opened = Opened(folder, manifest)
    opened.files.mkdir(exist_ok=True, mode=0o700)
    _check_files(opened)
    return opened


def _check_files(opened: Opened) -> None:
    wanted = {str(name): str(digest) for name, digest in opened.manifest["files"].items()}
    found = {
        str(file.relative_to(opened.files)): archive.digest_of(file)
        for file in opened.files.rglob("*")
        if file.is_file()
    }
    wrong = sorted(
        name for name in wanted.keys() | found.keys() if wanted.get(name) != found.get(name)
    )
    if archive.digest_of(opened.dump) != opened.manifest["dump"]["sha256"]:
        wrong.insert(0, opened.dump.name)
    if wrong:
        raise RecoveryError(
            f"{len(wrong)} parts of the backup are not as they were written, first: {wrong[0]}"
        )
