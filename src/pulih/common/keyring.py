"""The key file: where the keys live, apart from the database, and how they are read."""

from __future__ import annotations

import base64
import datetime as dt
import json
import os
import secrets
import time
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from pulih.common.errors import CipherError

KEY_BYTES = 32
GOOD_FOR = 1.0
"""Seconds for which a look at the key file is good enough."""


@dataclass(frozen=True, slots=True)
class Keyring:
    """The keys of one installation.

    `current` names the key that new values are written with; older keys still open old values.
    `digest` names the key of the blind indexes and of the audit chain, which does not rotate
    with the field keys. `demo` marks keys that were made for a demonstration and must never
    guard real people. `made` says on which day a key was made, where that is known.
    """

    current: str
    digest: str
    keys: dict[str, bytes]
    secret_key: str
    demo: bool
    made: dict[str, str]

    def derive(self, purpose: str, *, kid: str | None = None) -> bytes:
        """A 32-byte key for one purpose only, so that no two uses share a key."""
        return derived(self.key(kid or self.current), purpose)

    def key(self, kid: str) -> bytes:
        """The key with this id, or CipherError."""
        try:
            return self.keys[kid]
        except KeyError:
            raise CipherError(f"The key file holds no key named {kid!r}.") from None


@lru_cache(maxsize=256)
def derived(key: bytes, purpose: str) -> bytes:
    """A 32-byte key for one purpose, from another key."""
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=purpose.encode()).derive(key)


def create_key_file(path: Path, *, demo: bool) -> None:
    """Write a new key file that only its owner can read; an existing file is never touched."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    content = {
        "current": "k1",
        "digest": "d1",
        "keys": {kid: _new_key() for kid in ("k1", "d1")},
        "made": {kid: _today() for kid in ("k1", "d1")},
        "secret_key": secrets.token_urlsafe(50),
        "demo": demo,
    }
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as file:
        json.dump(content, file, indent=1)
        file.flush()
        os.fsync(file.fileno())


def _today() -> str:
    # Before Django has its settings: the day of the machine, in UTC.
    return dt.datetime.now(dt.UTC).date().isoformat()


def _new_key() -> str:
    return base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode()


def read_key_file(path: Path) -> Keyring:
    """Read a key file.

    Raises:
        CipherError: the file is missing or is not a key file.
    """
    try:
        content = json.loads(path.read_text())
        keys = {kid: base64.b64decode(value) for kid, value in content["keys"].items()}
        ring = Keyring(
            current=content["current"],
            digest=content["digest"],
            keys=keys,
            secret_key=content["secret_key"],
            demo=bool(content["demo"]),
            made=dict(content.get("made", {})),
        )
    except FileNotFoundError:
        raise CipherError(f"There is no key file at {path}.") from None
    except (AttributeError, ValueError, KeyError, TypeError) as fault:
        raise CipherError(f"{path} is not a key file of Pulih.") from fault
    named = {ring.current, ring.digest}
    if any(len(key) != KEY_BYTES for key in keys.values()) or not named <= keys.keys():
        raise CipherError(f"{path} holds a key of the wrong length or names a missing one.")
    return ring


@dataclass(frozen=True, slots=True)
class _Seen:
    """A key file as it was at the last look, and until when that look is good enough."""

    mark: tuple[int, int, int]
    ring: Keyring
    until: float


_seen: dict[Path, _Seen] = {}


def keyring(kid: str = "") -> Keyring:
    """The key ring as the key file is now, at most a second ago: a new key is known to a server
    that runs while the main key is replaced.

    Args:
        kid: a key that must be in it; if it is not, the file is looked at again at once.
    """
    path: Path = settings.PULIH_KEY_FILE
    seen = _seen.get(path)
    if seen is not None and time.monotonic() < seen.until and (not kid or kid in seen.ring.keys):
        return seen.ring
    return _look(path, seen)


def _look(path: Path, seen: _Seen | None) -> Keyring:
    try:
        stat = path.stat()
    except FileNotFoundError:
        raise CipherError(f"There is no key file at {path}.") from None
    mark = (stat.st_ino, stat.st_mtime_ns, stat.st_size)
    ring = seen.ring if seen is not None and seen.mark == mark else read_key_file(path)
    _seen[path] = _Seen(mark, ring, time.monotonic() + GOOD_FOR)
    return ring


def add_key(path: Path) -> str:
    """Add a new key to a key file and make it the current one; the others stay.

    Returns:
        The id of the new key.
    """
    content = json.loads(path.read_text())
    numbers = [int(kid[1:]) for kid in content["keys"] if kid[0] == "k" and kid[1:].isdigit()]
    kid = f"k{max(numbers, default=0) + 1}"
    content["keys"][kid] = _new_key()
    content.setdefault("made", {})[kid] = _today()
    content["current"] = kid
    _replace(path, content)
    return kid


def _replace(path: Path, content: dict[str, Any]) -> None:
    """Put a key file in the place of the old one, whole or not at all."""
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as file:
        json.dump(content, file, indent=1)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
    _seen.clear()
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
