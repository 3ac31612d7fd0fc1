"""Copying the database out and in again, on both engines."""

from __future__ import annotations

import os
import secrets
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.db import connection, connections, transaction

from pulih.config.recovery.census import Count, census_of_file, census_of_server
from pulih.config.recovery.recipients import RecoveryError

SQLITE, POSTGRES = "database.sqlite3", "database.dump"


def is_sqlite() -> bool:
    """Does this installation run on the embedded engine?"""
    return connection.vendor == "sqlite"


def dump_name() -> str:
    """What the copy of the database is called inside a backup."""
    return SQLITE if is_sqlite() else POSTGRES


def dump_to(target: Path) -> dict[str, Count]:
    """Copy the database, as it stands at one moment, and count what is in the copy."""
    if is_sqlite():
        source_file = connection.settings_dict["NAME"]
        with (
            closing(sqlite3.connect(source_file)) as source,
            closing(sqlite3.connect(target)) as copy,
        ):
            target.chmod(0o600)
            source.backup(copy)
        return census_of_file(target)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        cursor.execute("SELECT pg_export_snapshot()")
        snapshot = cursor.fetchone()[0]
        _run(
            "pg_dump",
            ["--format=custom", f"--snapshot={snapshot}", f"--file={target}"],
            connection.settings_dict,
        )
        target.chmod(0o600)
        return census_of_server(cursor)


@contextmanager
def scratch_database(dump: Path) -> Iterator[tuple[str, dict[str, Count]]]:
    """A database of its own, filled from a dump; gone afterwards. Yields its address and census."""
    if is_sqlite():
        # The folder that it lies in is the scratch itself.
        yield f"sqlite:///{dump}", census_of_file(dump)
        return
    settings = dict(connection.settings_dict)
    name = f"pulih_drill_{secrets.token_hex(4)}"
    _statement(f'CREATE DATABASE "{name}"')
    try:
        load_into({**settings, "NAME": name}, dump)
        yield _address(settings, name), _census_at(settings, name)
    finally:
        _statement(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def require_alone() -> None:
    """Is nobody else at the database, from whichever computer?

    Raises:
        RecoveryError: somebody is.
    """
    if is_sqlite():
        # Whoever uses the file holds the data folder (config/holding.py).
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
            " AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
        )
        others = cursor.fetchone()[0]
    if others:
        raise RecoveryError(
            f"{others} other programs are connected to the database. Stop the servers first."
        )


def replace_all(dump: Path, aside: Path, *, mark: str) -> None:
    """Put a dump in the place of everything in the PostgreSQL database: all of it, or nothing.

    Done once for each mark: whoever goes on after a kill finds it in the database.
    """
    if _mark() == mark:
        return
    if has_tables():
        dump_to(aside / POSTGRES)
    script, before, after = (dump.with_name(f"{part}.sql") for part in ("all", "before", "after"))
    settings = connection.settings_dict
    _run("pg_restore", ["--no-owner", f"--file={script}", str(dump)], settings)
    before.write_text("DROP SCHEMA public CASCADE; CREATE SCHEMA public;\n")
    after.write_text(f"COMMENT ON SCHEMA public IS '{mark}';\n")
    connection.close()
    _run(
        "psql",
        ["--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1"]
        + [f"--file={part}" for part in (before, script, after)],
        settings,
    )


def _mark() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT obj_description(to_regnamespace('public')::oid, 'pg_namespace')")
        return str(cursor.fetchone()[0])


def load_into(settings: Mapping[str, Any], dump: Path) -> None:
    """Fill an empty PostgreSQL database from a dump."""
    _run(
        "pg_restore",
        ["--exit-on-error", "--no-owner", f"--dbname={settings['NAME']}", str(dump)],
        settings,
    )


def has_tables() -> bool:
    """Is there anything in the database that a restore would meet?"""
    return bool(connection.introspection.table_names())


def _census_at(settings: Mapping[str, Any], name: str) -> dict[str, Count]:
    other = connections.create_connection("default")
    other.settings_dict = {**settings, "NAME": name}
    try:
        with other.cursor() as cursor:
            return census_of_server(cursor)
    finally:
        other.close()


def _statement(text: str) -> None:
    # A database is made and dropped outside every transaction.
    with connection.cursor() as cursor:
        cursor.execute(text)


def _address(settings: Mapping[str, Any], name: str) -> str:
    # A password may hold what has a meaning in an address.
    user, password, host, name = (
        quote(str(part or ""), safe="")
        for part in (settings["USER"], settings["PASSWORD"], settings["HOST"], name)
    )
    port = f":{settings['PORT']}" if settings["PORT"] else ""
    return f"postgres://{user}{password and ':' + password}@{host}{port}/{name}"


def _run(tool: str, arguments: list[str], settings: Mapping[str, Any]) -> None:
    environment = {
        **os.environ,
        "PGUSER": str(settings["USER"]),
        "PGPASSWORD": str(settings["PASSWORD"]),
        "PGHOST": str(settings["HOST"]),
        "PGPORT": str(settings["PORT"] or 5432),
    }
    if tool != "pg_restore":
        environment["PGDATABASE"] = str(settings["NAME"])
    done = subprocess.run(  # noqa: S603 - a tool of PostgreSQL with our own arguments
        [_tool(tool), *arguments], env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RecoveryError(f"{tool} failed: {done.stderr.strip()[-500:]}")


def _tool(name: str) -> str:
    if found := shutil.which(name):
        return found
    folders = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    if not folders:
        raise RecoveryError(f"{name} was not found. Install the client tools of PostgreSQL.")
    return str(folders[-1])
