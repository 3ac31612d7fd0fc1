"""Counts and hashes of every table: equal where the same rows stand, in whatever order."""

from __future__ import annotations

import hashlib
import sqlite3
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PASSING = frozenset({"shared_cache"})
"""Tables whose rows are nobody's record."""
_MODULUS = 1 << 128


@dataclass(frozen=True, slots=True)
class Count:
    """How many rows a table has, and the sum of their hashes."""

    rows: int
    digest: str


def census_of_file(file: Path) -> dict[str, Count]:
    """The census of an SQLite file."""
    connection = sqlite3.connect(f"file:{file}?mode=ro", uri=True)
    try:
        names = [
            name
            for (name,) in connection.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"
            )
            if not name.startswith("sqlite_") and name not in PASSING
        ]
        return {name: _count(connection.execute(f'SELECT * FROM "{name}"')) for name in names}  # noqa: S608 - names from the schema
    finally:
        connection.close()


def census_of_server(cursor: Any) -> dict[str, Count]:
    """The census of a PostgreSQL database, inside the transaction of the cursor."""
    cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
    names = [name for (name,) in cursor.fetchall() if name not in PASSING]
    found = {}
    for name in names:
        cursor.execute(
            "SELECT count(*), coalesce(sum(('x' || substr(md5(t::text), 1, 15))::bit(60)::bigint"  # noqa: S608 - names from the schema
            f'::numeric), 0) FROM "{name}" t'
        )
        rows, total = cursor.fetchone()
        found[name] = Count(int(rows), f"{int(total):x}")
    return found


def differences(one: dict[str, Count], other: dict[str, Count]) -> list[str]:
    """Where two censuses differ, in words."""
    found = []
    for name in sorted(one.keys() | other.keys()):
        left, right = one.get(name), other.get(name)
        if left is None or right is None:
            found.append(f"table {name} is on one side only")
        elif left != right:
            found.append(f"table {name}: {left.rows} rows against {right.rows}, or other contents")
    return found


def _count(rows: Any) -> Count:
    count, total = 0, 0
    for row in rows:
        count += 1
        digest = hashlib.blake2b(repr(row).encode(), digest_size=16).digest()
        total = (total + int.from_bytes(digest, "big")) % _MODULUS
    return Count(count, f"{total:x}")
