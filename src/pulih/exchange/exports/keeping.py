"""Finished spreadsheets wait here for a quarter of an hour, encrypted, in a folder of their own.

The folder holds nothing else and is in no backup, so that whatever is old in it may be thrown away,
also what a killed program left.
"""

from __future__ import annotations

import contextlib
import secrets
import time
from pathlib import Path
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from pulih.common import disk
from pulih.common.errors import CipherError
from pulih.common.keyring import keyring

NONCE_BYTES = 12


def keep(key: UUID, content: bytes) -> None:
    """Write a spreadsheet, encrypted for its export alone; whole or not at all."""
    target = _file_of(key)
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    ring = keyring()
    kid, nonce = ring.current.encode(), secrets.token_bytes(NONCE_BYTES)
    sealed = AESGCM(ring.derive(_place(key))).encrypt(nonce, content, kid)
    disk.write_bytes(target, kid + b"\n" + nonce + sealed)


def take(key: UUID) -> bytes:
    """Open the spreadsheet of an export.

    Raises:
        CipherError: it is missing, was changed, or belongs to another export.
    """
    try:
        kid, _, rest = _file_of(key).read_bytes().partition(b"\n")
        cipher = AESGCM(keyring().derive(_place(key), kid=kid.decode("ascii")))
        return cipher.decrypt(rest[:NONCE_BYTES], rest[NONCE_BYTES:], kid)
    except (FileNotFoundError, InvalidTag, UnicodeDecodeError, ValueError):
        raise CipherError(f"The spreadsheet of export {key} is missing or was changed.") from None


def is_kept(key: UUID) -> bool:
    """Does the spreadsheet of an export lie here?"""
    return _file_of(key).exists()


def drop(key: UUID) -> None:
    """Throw the spreadsheet of an export away."""
    _file_of(key).unlink(missing_ok=True)


def sweep(*, older_than: float) -> int:
    """Throw away whatever has lain here longer than so many seconds; returns how many files."""
    count, now = 0, time.time()
    with contextlib.suppress(FileNotFoundError):
        for file in list(_folder().iterdir()):
            with contextlib.suppress(FileNotFoundError):
                if now - file.stat().st_mtime > older_than:
                    file.unlink()
                    count += 1
    return count


def _folder() -> Path:
    return Path(settings.PULIH_DATA) / "outgoing"


def _file_of(key: UUID) -> Path:
    return _folder() / key.hex


def _place(key: UUID) -> str:
    return f"export|{key}"
