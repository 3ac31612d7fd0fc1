"""Ways in which the ground gives way under a server, each with its end."""

from __future__ import annotations

import os
import resource
import signal
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from security.cluster import Cluster
from security.living import Server

PIECE = 1 << 16


@contextmanager
def small_disk(folder: Path, megabytes: int) -> Iterator[Path]:
    """A disk of a few megabytes, mounted on a folder."""
    folder.mkdir()
    options = f"size={megabytes}m,mode=0700"
    subprocess.run(["mount", "-t", "tmpfs", "-o", options, "pulih", str(folder)], check=True)
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


@contextmanager
def full(disk: Path, *, but: int = 0) -> Iterator[None]:
    """The disk is full, but for so many bytes."""
    filler = disk / "filler"
    try:
        with filler.open("wb", buffering=0) as file:
            size = PIECE
            while size:
                try:
                    file.write(bytes(size))
                except OSError:
                    size //= 2
            file.truncate(file.tell() - but)
        yield
    finally:
        filler.unlink()


@contextmanager
def read_only(folder: Path) -> Iterator[None]:
    """A folder takes no more writes, as a disk that was put to read-only after an error."""
    subprocess.run(["mount", "--bind", str(folder), str(folder)], check=True)
    try:
        subprocess.run(["mount", "-o", "remount,bind,ro", str(folder)], check=True)
        yield
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


@contextmanager
def locked(database: Path) -> Iterator[None]:
    """Another process holds the lock of SQLite and does not give it back."""
    link = sqlite3.connect(database, isolation_level=None)
    link.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        link.execute("ROLLBACK")
        link.close()


@contextmanager
def moved_away(path: Path) -> Iterator[None]:
    """A file is gone, and comes back."""
    aside = path.with_name(f"{path.name}.aside")
    path.rename(aside)
    try:
        yield
    finally:
        # Whatever stands in its place was never the office's.
        aside.rename(path)


@contextmanager
def overwritten(database: Path) -> Iterator[None]:
    """The database's file is no database any more."""
    with moved_away(database):
        database.write_bytes(b"not a database " * 1000)
        yield


@contextmanager
def cannot_grow(server: Server) -> Iterator[None]:
    """The system refuses every write of the server's processes, as a failing disk does."""
    _limit(server, resource.RLIMIT_FSIZE, 0)
    try:
        yield
    finally:
        _limit(server, resource.RLIMIT_FSIZE, resource.RLIM_INFINITY)


@contextmanager
def paused_worker(server: Server) -> Iterator[None]:
    """The background waits, until everything is in place."""
    workers = [one for one in _group(server) if b"run_worker" in _command(one)]
    for worker in workers:
        os.kill(worker, signal.SIGSTOP)
    try:
        yield
    finally:
        for worker in workers:
            os.kill(worker, signal.SIGCONT)


def _command(process: int) -> bytes:
    return Path(f"/proc/{process}/cmdline").read_bytes()


def _limit(server: Server, what: int, most: int) -> None:
    for process in _group(server):
        _soft, hard = resource.prlimit(process, what)
        resource.prlimit(process, what, (most, hard))


def _group(server: Server) -> list[int]:
    """The processes of a server."""
    assert server.process is not None
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[2]) == server.process.pid:
            found.append(int(folder.name))
    return found


@contextmanager
def stopped(cluster: Cluster) -> Iterator[None]:
    """PostgreSQL is down."""
    cluster.stop()
    try:
        yield
    finally:
        cluster.start()


@contextmanager
def table_locked(cluster: Cluster, table: str) -> Iterator[None]:
    """Somebody holds a table of PostgreSQL and does not give it back."""
    with psycopg.connect(cluster.url) as link:
        link.execute(f"LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE")
        yield
        link.rollback()


@contextmanager
def standby(cluster: Cluster) -> Iterator[None]:
    """PostgreSQL answers, and takes no writes, as a copy does that was not promoted."""
    _read_only(cluster, "on")
    try:
        yield
    finally:
        _read_only(cluster, "off")


def _read_only(cluster: Cluster, how: str) -> None:
    with psycopg.connect(cluster.url, autocommit=True) as link:
        link.execute("SET default_transaction_read_only = off")
        link.execute(f"ALTER DATABASE postgres SET default_transaction_read_only = {how}")
        link.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = 'postgres' AND pid <> pg_backend_pid()"
        )
