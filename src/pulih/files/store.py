"""Encrypted files on the disk: written whole or not at all, readable by their owner alone."""

from __future__ import annotations

import contextlib
import hashlib
import secrets
from pathlib import Path
from uuid import UUID

from django.conf import settings

from pulih.common import disk
from pulih.common.errors import CipherError
from pulih.files import sealing

CONTENT, THUMBNAIL = "content", "thumbnail"
HEAD = 64
"""Enough bytes to tell which key a file was encrypted with."""


def new_path() -> str:
    """A random path that tells nothing of the file."""
    name = secrets.token_hex(16)
    return f"{name[:2]}/{name[2:]}"


def write(
    path: str, content: bytes, *, key: object, part: str = CONTENT, unit: UUID | None = None
) -> str:
    """Encrypt and write a file, and make sure that it is on the disk.

    Args:
        path: as `new_path` gave it.
        key: the attachment's id, to which the file is bound.
        part: the content, or its thumbnail.
        unit: the sealed record under whose own key it lies.

    Returns:
        SHA-256 of the encrypted file.
    """
    sealed = sealing.seal(content, place=f"{key}|{part}", unit=unit)
    target = _target(path, part)
    if not target.parent.exists():
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        disk.sync_folder(target.parent.parent)
    disk.write_bytes(target, sealed)
    return hashlib.sha256(sealed).hexdigest()


def read(path: str, *, key: object, part: str = CONTENT) -> bytes:
    """Read and open a file.

    Raises:
        CipherError: it is missing, was changed, or belongs to another attachment.
    """
    try:
        sealed = _target(path, part).read_bytes()
    except FileNotFoundError:
        raise CipherError(f"The file of attachment {key} is missing.") from None
    return sealing.unseal(sealed, place=f"{key}|{part}")


def is_under(path: str, unit: UUID | None) -> bool:
    """Is a file under the key it belongs under now? A missing one has no other.

    Raises:
        CipherError: it is no file of ours.
    """
    try:
        with _target(path, CONTENT).open("rb") as file:
            return sealing.is_under(file.read(HEAD), unit)
    except FileNotFoundError:
        return True


def delete(path: str) -> None:
    """Remove a file and its thumbnail from the disk."""
    for part in (CONTENT, THUMBNAIL):
        target = _target(path, part)
        with contextlib.suppress(FileNotFoundError):
            target.unlink()
            disk.sync_folder(target.parent)


def names_of(path: str) -> tuple[str, str]:
    """The names that a content and its thumbnail have below the folder of files."""
    return path, f"{path}.t"


def _target(path: str, part: str) -> Path:
    content, thumbnail = names_of(path)
    return Path(settings.MEDIA_ROOT) / (content if part == CONTENT else thumbnail)
