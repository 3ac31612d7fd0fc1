"""Migrations that encrypt what a column holds in clear, and put it back in clear."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from pulih.common import crypto

Column = tuple[str, str]
"""Table and column."""
Turned = Callable[[str, str], str]


def encrypt_columns(*columns: Column) -> migrations.RunPython:
    """The step of a migration that encrypts columns; they are text columns by then.

    The values lie under the main key; those of sealed records come under their own with the next
    `pulih keys rotate`, and whenever they are written.
    """
    return migrations.RunPython(_runner(columns, _hidden), _runner(columns, _shown))


def _hidden(text: str, place: str) -> str:
    return crypto.encrypt(text, place=place)


def _shown(token: str, place: str) -> str:
    return crypto.decrypt(token, place=place)


def _runner(
    columns: Sequence[Column], turn: Turned
) -> Callable[[Apps, BaseDatabaseSchemaEditor], None]:
    def run(_apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
        for table, column in columns:
            _turn(editor.connection, table, column, turn)

    return run


def _turn(connection: Any, table: str, column: str, turn: Turned) -> None:
    name = connection.ops.quote_name
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {name('id')}, {name(column)} FROM {name(table)}"  # noqa: S608 - our own names
            f" WHERE {name(column)} <> ''"
        )
        rows: list[tuple[Any, str]] = cursor.fetchall()
        cursor.executemany(
            f"UPDATE {name(table)} SET {name(column)} = %s WHERE {name('id')} = %s",  # noqa: S608
            [(turn(text, f"{table}|{column}|{UUID(str(key))}"), key) for key, text in rows],
        )
