"""The file of a backup: a tar stream, encrypted to its recipients while it is written."""

from __future__ import annotations

import hashlib
import io
import os
import tarfile
import threading
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

import pyrage

from pulih.common import disk
from pulih.config.recovery.recipients import RecoveryError

MANIFEST = "manifest.json"
_ECHOES = (BrokenPipeError, tarfile.ReadError)


class _Hashing:
    """A file that is written to, and what was written, as a hash."""

    def __init__(self, file: BinaryIO) -> None:
        self.file = file
        self.digest = hashlib.sha256()

    def write(self, content: bytes) -> int:
        """Write some of it."""
        self.digest.update(content)
        return self.file.write(content)

    def flush(self) -> None:
        """Hand on what is still held."""
        self.file.flush()


def write(
    target: Path, fill: Callable[[tarfile.TarFile], None], *, recipients: list[object]
) -> None:
    """Write an encrypted archive; under its name only once it was read back whole from the disk.

    Args:
        fill: adds the members to the tar that it is given.

    Raises:
        RecoveryError: what the disk gives back is not what was written.
    """
    draft = target.with_name(f".{target.name}.part")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(handle, "wb") as sealed:
            counted = _Hashing(sealed)
            _pump(
                lambda inner: _tar(inner, fill),
                lambda outer: pyrage.encrypt_io(outer, counted, recipients),
            )
            sealed.flush()
            os.fsync(sealed.fileno())
            # What is read next comes from the disk, not from memory.
            os.posix_fadvise(sealed.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        if digest_of(draft) != counted.digest.hexdigest():
            raise RecoveryError(
                f"{target.name} was written, but the disk gives back something else. Take another"
                " disk."
            )
        draft.replace(target)
        disk.sync_folder(target.parent)
    finally:
        draft.unlink(missing_ok=True)


def extract(source: Path, folder: Path, *, identities: list[object]) -> None:
    """Open an archive into a folder.

    Raises:
        RecoveryError: the key does not fit, or a byte of it was changed.
    """

    def open_it(writer: BinaryIO) -> None:
        with source.open("rb") as sealed:
            pyrage.decrypt_io(sealed, writer, identities)

    def unpack(reader: BinaryIO) -> None:
        with tarfile.open(fileobj=reader, mode="r|") as tar:
            tar.extractall(folder, filter="data")
        # What is left is read too, so that a changed last byte is found.
        while reader.read(1 << 20):
            pass

    try:
        _pump(open_it, unpack)
    except (pyrage.DecryptError, tarfile.TarError, OSError, ValueError) as fault:
        raise RecoveryError(
            f"{source.name} cannot be opened: wrong key, or the file was changed ({fault})."
        ) from fault


def add_text(tar: tarfile.TarFile, name: str, text: str) -> None:
    """Add a small text as a member."""
    content = text.encode()
    member = tarfile.TarInfo(name)
    member.size, member.mode = len(content), 0o600
    tar.addfile(member, io.BytesIO(content))


def digest_of(file: Path) -> str:
    """SHA-256 of a file."""
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def _tar(writer: BinaryIO, fill: Callable[[tarfile.TarFile], None]) -> None:
    with tarfile.open(fileobj=writer, mode="w|") as tar:
        fill(tar)


def _pump(write: Callable[[BinaryIO], None], read: Callable[[BinaryIO], None]) -> None:
    """Let one side write what the other reads, through a pipe; a fault of either is ours."""
    outlet, inlet = os.pipe()
    faults: list[BaseException] = []

    def fill() -> None:
        try:
            with os.fdopen(inlet, "wb") as writer:
                write(writer)
        except BaseException as fault:  # noqa: BLE001 - told below, in the thread that waits
            faults.append(fault)

    side = threading.Thread(target=fill)
    side.start()
    try:
        with os.fdopen(outlet, "rb") as reader:
            read(reader)
    except BaseException as fault:  # noqa: BLE001 - the cause may lie on the other side
        faults.append(fault)
    side.join()
    # A closed pipe is what the other side's fault looks like from here.
    for cause in sorted(faults, key=lambda one: isinstance(one, _ECHOES)):
        raise cause
