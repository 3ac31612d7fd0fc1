"""Which errors mean that the ground gave way."""

from __future__ import annotations

import errno
import sqlite3

import psycopg
import pytest
from django.db import IntegrityError, OperationalError
from django.http import UnreadablePostError

from pulih.common.faults import Fault, fault_of

FULL = "database or disk is full"


def sqlite_error(code: int) -> OperationalError:
    """An error as Django hands it on."""
    cause = sqlite3.OperationalError(FULL)
    cause.sqlite_errorcode = code
    error = OperationalError(FULL)
    error.__cause__ = cause
    return error


def postgres_error(cause: psycopg.Error) -> OperationalError:
    error = OperationalError(str(cause))
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("error", "fault"),
    [
        (sqlite_error(sqlite3.SQLITE_FULL), Fault.FULL),
        (sqlite_error(sqlite3.SQLITE_BUSY), Fault.BUSY),
        (sqlite_error(sqlite3.SQLITE_BUSY_SNAPSHOT), Fault.BUSY),
        (sqlite_error(sqlite3.SQLITE_CANTOPEN), Fault.GONE),
        (sqlite_error(sqlite3.SQLITE_IOERR_FSYNC), Fault.BROKEN),
        (sqlite_error(sqlite3.SQLITE_READONLY), Fault.BROKEN),
        (postgres_error(psycopg.errors.DiskFull("no room")), Fault.FULL),
        (postgres_error(psycopg.errors.LockNotAvailable("held")), Fault.BUSY),
        (postgres_error(psycopg.errors.AdminShutdown("bye")), Fault.GONE),
        (postgres_error(psycopg.OperationalError("connection refused")), Fault.GONE),
        (postgres_error(psycopg.errors.IoError("bad block")), Fault.BROKEN),
        (OSError(errno.ENOSPC, "no room"), Fault.FULL),
        (OSError(errno.EFBIG, "too big"), Fault.FULL),
        (OSError(errno.EIO, "bad block"), Fault.BROKEN),
        (PermissionError(errno.EACCES, "not yours"), Fault.BROKEN),
    ],
)
def test_what_gave_way_is_told_apart(error, fault):
    assert fault_of(error) == fault


@pytest.mark.parametrize(
    "error",
    [
        None,
        ValueError("a slip of ours"),
        FileNotFoundError(errno.ENOENT, "not there"),
        IntegrityError("twice"),
        sqlite_error(sqlite3.SQLITE_ERROR),
        postgres_error(psycopg.errors.UndefinedTable("no such table")),
        UnreadablePostError(errno.EIO, "the browser went away"),
    ],
)
def test_an_error_of_our_own_is_no_fault_of_the_ground(error):
    assert fault_of(error) is None


def test_an_error_of_the_clean_up_tells_what_it_cleaned_up_after():
    error = ValueError("the clean-up")
    error.__context__ = OSError(errno.ENOSPC, "no room")

    assert fault_of(error) == Fault.FULL
