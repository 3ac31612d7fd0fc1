"""The keys' own copy: key file, ledger and the certificate of letters, for the same two people."""

from __future__ import annotations

import shutil
import tarfile
from pathlib import Path

from django.conf import settings

from pulih.common import disk, ledger
from pulih.common.clock import now
from pulih.common.errors import CipherError
from pulih.common.keyring import read_key_file
from pulih.config.recovery import archive
from pulih.config.recovery.recipients import RecoveryError, recipients

CERTIFICATE = "letters.pem"
BESIDE = (CERTIFICATE, ledger.FILE)


def escrow(folder: Path) -> Path:
    """Write an encrypted copy of the keys; never beside the backups that they open.

    Raises:
        RecoveryError: fewer than two recipients.

    Source: R-CONF-23, docs/rules/config.md.
    """
    readers = recipients()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    target = folder / f"pulih-keys-{now():%Y%m%d-%H%M%S}.age"
    key_file = Path(settings.PULIH_KEY_FILE)
    parts = [key_file, key_file.with_name(CERTIFICATE), ledger.path()]

    def fill(tar: tarfile.TarFile) -> None:
        for part in parts:
            if part.exists():
                tar.add(part, arcname=part.name)

    archive.write(target, fill, recipients=list(readers))
    return target


def recover(source: Path, *, identity_keys: list[object], key_file: Path) -> list[str]:
    """Put keys back where they are missing; a key that is there is never overwritten.

    A ledger of destructions that is there and is the beginning of the one in the copy is replaced
    by it: nothing is lost by that, and a restore asks for the longer one.

    It runs without the settings, which need the keys.

    Args:
        key_file: where the key file belongs; the other parts lie beside it.

    Returns:
        The names of what was put back.

    Raises:
        RecoveryError: the file cannot be opened, or holds no key file.
    """
    folder = key_file.parent
    work = folder / ".recovering"
    work.mkdir(parents=True, exist_ok=True, mode=0o700)
    put: list[str] = []
    try:
        archive.extract(source, work, identities=identity_keys)
        found = _parts(source, work)
        for named, file in ((_name(file, key_file), file) for file in found):
            if not (folder / named).exists() or _goes_on(folder / named, file):
                file.chmod(0o600)
                file.replace(folder / named)
                put.append(named)
        disk.sync_folder(folder)
    finally:
        shutil.rmtree(work)
    return put


def _parts(source: Path, work: Path) -> list[Path]:
    """The parts of the copy: one key file that is one, and what may lie beside it; nothing else.

    Raises:
        RecoveryError: it holds anything else, as a backup does.
    """
    found = sorted(work.rglob("*"))
    try:
        [key_file] = [file for file in found if file.suffix == ".json"]
        read_key_file(key_file)
    except (ValueError, CipherError) as fault:
        raise RecoveryError(f"{source.name} holds no key file.") from fault
    if strange := [file.name for file in found if file != key_file and file.name not in BESIDE]:
        raise RecoveryError(f"{source.name} is no copy of keys: it holds {strange[0]}.")
    return found


def _name(file: Path, key_file: Path) -> str:
    return key_file.name if file.suffix == ".json" else file.name


def _goes_on(present: Path, copy: Path) -> bool:
    """Is the copy the same ledger with more lines?"""
    if present.name != ledger.FILE:
        return False
    ours, theirs = present.read_bytes(), copy.read_bytes()
    return len(theirs) > len(ours) and theirs.startswith(ours)
