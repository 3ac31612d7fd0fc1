"""The ledger of what was destroyed: beside the key file, never in a backup of the database.

A backup still holds what was destroyed after it. Whoever restores one destroys that again, by this
ledger; without it a restore is refused. Each line carries a keyed hash of itself and the line
before, so that a line that is missing or changed is found.
"""

from __future__ import annotations

import fcntl
import hashlib
import hmac
import json
import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from pulih.common import disk
from pulih.common.clock import now
from pulih.common.errors import CipherError
from pulih.common.keyring import keyring

FILE = "destroyed.ledger"
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Entry:
    """One destruction: what kind of record, which key, when."""

    kind: str
    key: str
    at: str


def path() -> Path:
    """Where the ledger lies."""
    return Path(settings.PULIH_KEY_FILE).with_name(FILE)


def entries() -> list[Entry]:
    """Every destruction, in order.

    A last line without its end was being written when the power went: that destruction was not
    acknowledged, and is written down again by whoever completes it.

    Raises:
        CipherError: a line was changed, taken out or put elsewhere.
    """
    found, previous = [], ""
    lines, torn = _lines()
    if torn:
        _log.warning("The last line of %s was never written to its end; it is passed over.", path())
    for number, line in enumerate(lines, start=1):
        try:
            raw = json.loads(line)
            mac = raw.pop("mac")
            entry = Entry(**raw)
        except (ValueError, KeyError, TypeError) as fault:
            raise CipherError(f"Line {number} of the ledger {path()} cannot be read.") from fault
        if not hmac.compare_digest(mac, _mac(previous, entry)):
            raise CipherError(f"Line {number} of the ledger {path()} was changed.")
        found.append(entry)
        previous = mac
    return found


def append(kind: str, key: str) -> None:
    """Write a destruction down and make sure that it is on the disk; the same one only once."""
    with _held():
        known = entries()
        if any((entry.kind, entry.key) == (kind, key) for entry in known):
            return
        _mend()
        lines, _torn = _lines()
        previous = json.loads(lines[-1])["mac"] if lines else ""
        entry = Entry(kind, key, now().isoformat(timespec="seconds"))
        line = json.dumps({**_plain(entry), "mac": _mac(previous, entry)})
        is_new = not path().exists()
        handle = os.open(path(), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        with os.fdopen(handle, "a") as file:
            file.write(f"{line}\n")
            file.flush()
            os.fsync(file.fileno())
        if is_new:
            # Without it a power cut may forget the file itself.
            disk.sync_folder(path().parent)


def _mend() -> None:
    """End the last line, or take it away where a power cut left it half written."""
    lines, _torn = _lines()
    if path().exists() and not path().read_bytes().endswith(b"\n"):
        disk.write_text(path(), "".join(f"{line}\n" for line in lines))


@contextmanager
def _held() -> Iterator[None]:
    """One writer at a time, also of other processes: two at once would fork the chain."""
    handle = os.open(path().with_name(f".{FILE}.lock"), os.O_WRONLY | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _lines() -> tuple[list[str], bool]:
    """The whole lines, and whether the last one was never written to its end."""
    if not path().exists():
        return [], False
    *whole, rest = path().read_text(errors="replace").split("\n")
    if rest.endswith("}"):
        # All of it is there but its end.
        return [*whole, rest], False
    return whole, bool(rest)


def _plain(entry: Entry) -> dict[str, str]:
    return {"kind": entry.kind, "key": entry.key, "at": entry.at}


def _mac(previous: str, entry: Entry) -> str:
    ring = keyring()
    key = ring.derive("destroyed", kid=ring.digest)
    text = f"{previous}\n{json.dumps(_plain(entry), sort_keys=True)}"
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()
