"""Keys of single sealed records: beside the key file, apart from the database, one file each.

What is sealed is encrypted under a key of its own, which lies here wrapped by a key of the key
file. Destroying the file makes every copy of the record unreadable, also the copies in backups
that nobody can reach any more (ADR 11). The name of a key is the key of its record in the database.
"""

from __future__ import annotations

import base64
import contextlib
import fcntl
import json
import os
import secrets
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from pulih.common import disk
from pulih.common.errors import CipherError, KeyGoneError
from pulih.common.keyring import KEY_BYTES, derived, keyring

FOLDER = "datakeys"
NONCE_BYTES = 12
KEPT_OPEN = 4096
"""How many opened keys a process holds before it forgets them all."""

_opened: dict[Path, tuple[tuple[int, int], bytes]] = {}


def folder() -> Path:
    """Where the keys lie."""
    return Path(settings.PULIH_KEY_FILE).with_name(FOLDER)


def derive(unit: UUID, purpose: str) -> bytes:
    """The key of a sealed record for one purpose.

    Raises:
        KeyGoneError: the record has no key, or it was destroyed.
    """
    return derived(_key(unit), purpose)


def derive_or_make(unit: UUID, purpose: str) -> bytes:
    """The same, for writing: a record that has no key yet gets one."""
    try:
        return derive(unit, purpose)
    except KeyGoneError:
        ensure(unit)
    return derive(unit, purpose)


def ensure(unit: UUID) -> None:
    """Make the key of a record unless it has one; two that try at once get the same."""
    target = _file(unit)
    if target.exists():
        return
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = _written(target, unit, secrets.token_bytes(KEY_BYTES))
    try:
        # A link is refused where the name is taken: whoever comes second uses the first key.
        with contextlib.suppress(FileExistsError):
            os.link(draft, target)
    finally:
        draft.unlink()
    disk.sync_folder(target.parent)
    disk.sync_folder(target.parent.parent)


def destroy(unit: UUID) -> bool:
    """Destroy a key for good; False when there was none.

    Returns:
        Whether a key was there.
    """
    target = _file(unit)
    _opened.pop(target, None)
    if not target.parent.exists():
        return False
    with _held():
        # A process that was killed while it wrote may have left a draft of the same key.
        found = [one for one in (target, *target.parent.glob(f".{target.stem}.*")) if one.exists()]
        for file in found:
            _overwrite(file)
            file.unlink()
        disk.sync_folder(target.parent)
    return target in found


def _overwrite(file: Path) -> None:
    # The old bytes first: a file system may leave the blocks of a removed file as they are.
    with file.open("r+b") as content:
        content.write(os.urandom(file.stat().st_size))
        content.flush()
        os.fsync(content.fileno())


@contextlib.contextmanager
def _held() -> Iterator[None]:
    """One at a time destroys or wraps anew: else a key that was destroyed could come back."""
    handle = os.open(folder() / ".lock", os.O_WRONLY | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def exists(unit: UUID) -> bool:
    """Has the record a key?"""
    return _file(unit).exists()


def units() -> Iterator[UUID]:
    """Every record that has a key."""
    for file in sorted(folder().glob("??/*.json")):
        yield UUID(file.stem)


def wrapped_by(unit: UUID) -> str:
    """The id of the key of the key file that wraps a record's key."""
    return str(_content(_file(unit), unit)["kid"])


def wrapped_text(unit: UUID) -> str:
    """A record's key as it is kept, wrapped; empty where it is not there."""
    try:
        return _file(unit).read_text()
    except FileNotFoundError:
        return ""


def put_back(unit: UUID, text: str) -> bool:
    """Keep a wrapped key that is missing here; False where there is one."""
    target = _file(unit)
    if target.exists():
        return False
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = _draft(target, text)
    draft.replace(target)
    disk.sync_folder(target.parent)
    disk.sync_folder(target.parent.parent)
    return True


def rewrap(unit: UUID) -> bool:
    """Wrap a key with the current key of the key file; False when it is already.

    The record's own key stays, so that not one row of it is written.
    """
    with _held():
        if wrapped_by(unit) == keyring().current:
            return False
        target = _file(unit)
        draft = _written(target, unit, _key(unit))
        draft.replace(target)
        disk.sync_folder(target.parent)
    return True


def _key(unit: UUID) -> bytes:
    file = _file(unit)
    try:
        stat = file.stat()
    except FileNotFoundError:
        _opened.pop(file, None)
        raise KeyGoneError(f"The key of the sealed record {unit} is not there.", unit) from None
    # Asked anew each time: a key that another process destroyed is gone from here as well.
    mark = (stat.st_ino, stat.st_mtime_ns)
    known = _opened.get(file)
    if known is not None and known[0] == mark:
        return known[1]
    key = _unwrapped(file, unit)
    if len(_opened) >= KEPT_OPEN:
        _opened.clear()
    _opened[file] = (mark, key)
    return key


def _unwrapped(file: Path, unit: UUID) -> bytes:
    content = _content(file, unit)
    kid = str(content["kid"])
    raw = base64.b64decode(content["key"])
    cipher = AESGCM(keyring(kid).derive("datakey", kid=kid))
    try:
        return cipher.decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], _bound(unit, kid))
    except (InvalidTag, ValueError):
        raise CipherError(f"The key file {file.name} was changed or belongs elsewhere.") from None


def _content(file: Path, unit: UUID) -> dict[str, str]:
    try:
        content = json.loads(file.read_text())
        return {"kid": content["kid"], "key": content["key"]}
    except FileNotFoundError:
        raise KeyGoneError(f"The key of the sealed record {unit} is not there.", unit) from None
    except (ValueError, KeyError, TypeError) as fault:
        raise CipherError(f"{file.name} is no key of a sealed record.") from fault


def _written(target: Path, unit: UUID, key: bytes) -> Path:
    """A finished draft beside the target, on the disk."""
    ring = keyring()
    nonce = secrets.token_bytes(NONCE_BYTES)
    cipher = AESGCM(ring.derive("datakey"))
    sealed = nonce + cipher.encrypt(nonce, key, _bound(unit, ring.current))
    return _draft(
        target, json.dumps({"kid": ring.current, "key": base64.b64encode(sealed).decode()})
    )


def _draft(target: Path, text: str) -> Path:
    draft = target.with_name(f".{target.stem}.{secrets.token_hex(4)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    return draft


def _bound(unit: UUID, kid: str) -> bytes:
    return f"datakey|{kid}|{unit.hex}".encode()


def _file(unit: UUID) -> Path:
    name = unit.hex
    # The last digits are random in every kind of key that we make; the first may be a clock.
    return folder() / name[-2:] / f"{name}.json"
