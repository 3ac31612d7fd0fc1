"""Which errors mean that the ground gave way: the disk, the database, or the lock on it."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from enum import StrEnum

from django.db import Error as DatabaseError
from django.db import InterfaceError, OperationalError
from django.http import UnreadablePostError


class Fault(StrEnum):
    """What happened, as far as a person at the screen needs to tell it apart."""

    FULL = "full"
    BUSY = "busy"
    GONE = "gone"
    BROKEN = "broken"


OF_SYSTEM = {
    errno.ENOSPC: Fault.FULL,
    errno.EDQUOT: Fault.FULL,
    errno.EFBIG: Fault.FULL,
    errno.EIO: Fault.BROKEN,
    errno.EROFS: Fault.BROKEN,
    errno.EACCES: Fault.BROKEN,
    errno.EPERM: Fault.BROKEN,
    errno.EMFILE: Fault.BUSY,
    errno.ENFILE: Fault.BUSY,
}
OF_SQLITE = {
    sqlite3.SQLITE_FULL: Fault.FULL,
    sqlite3.SQLITE_BUSY: Fault.BUSY,
    sqlite3.SQLITE_LOCKED: Fault.BUSY,
    sqlite3.SQLITE_CANTOPEN: Fault.GONE,
    sqlite3.SQLITE_PERM: Fault.GONE,
    sqlite3.SQLITE_NOTADB: Fault.BROKEN,
    sqlite3.SQLITE_CORRUPT: Fault.BROKEN,
    sqlite3.SQLITE_IOERR: Fault.BROKEN,
    sqlite3.SQLITE_READONLY: Fault.BROKEN,
}
# By code, then by class of codes: https://www.postgresql.org/docs/15/errcodes-appendix.html
OF_POSTGRES = {
    "53100": Fault.FULL,
    "53300": Fault.BUSY,
    "55P03": Fault.BUSY,
    "40P01": Fault.BUSY,
    "40001": Fault.BUSY,
    "57014": Fault.BUSY,
    "25006": Fault.BROKEN,
    "08": Fault.GONE,
    "57": Fault.GONE,
    "53": Fault.BROKEN,
    "58": Fault.BROKEN,
    "XX": Fault.BROKEN,
}
PRIMARY = 0xFF
"""SQLite's detailed codes carry the plain one in their last byte."""
DEEPEST = 10


def fault_of(error: BaseException | None) -> Fault | None:
    """What gave way, or None when the error is one of ours and not of the ground.

    An error that was raised while another was handled counts as that one: a clean-up that fails
    on a full disk still tells of the full disk.
    """
    for one in _chain(error):
        if isinstance(one, UnreadablePostError):
            return None
        if isinstance(one, DatabaseError):
            found = _of_database(one)
        elif isinstance(one, OSError):
            found = OF_SYSTEM.get(one.errno or 0)
        else:
            found = None
        if found:
            return found
    return None


def _of_database(error: DatabaseError) -> Fault | None:
    cause = error.__cause__
    if isinstance(cause, sqlite3.Error):
        return OF_SQLITE.get(getattr(cause, "sqlite_errorcode", 0) & PRIMARY)
    state = getattr(cause, "sqlstate", None)
    if state:
        return OF_POSTGRES.get(state) or OF_POSTGRES.get(state[:2])
    # A server that cannot be reached, or a connection that was cut, has no code to give.
    lost = isinstance(error, OperationalError | InterfaceError)
    return Fault.GONE if lost else None


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    for _step in range(DEEPEST):
        if error is None:
            return
        yield error
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
