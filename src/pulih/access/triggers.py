"""Database triggers that keep the trail insert-only, on both engines."""

from __future__ import annotations

from django.db import connection

TABLE = "access_auditevent"

_SQLITE = tuple(
    f"CREATE TRIGGER IF NOT EXISTS audit_no_{verb} BEFORE {verb.upper()} ON {TABLE}"
    f" BEGIN SELECT RAISE(ABORT, 'the audit trail is insert-only'); END"
    for verb in ("update", "delete")
) + (
    # INSERT OR REPLACE deletes the old row without asking a delete trigger unless the connection
    # has recursive_triggers on, which whoever replaces would not set.
    f"CREATE TRIGGER IF NOT EXISTS audit_no_replace BEFORE INSERT ON {TABLE}"  # noqa: S608
    f" WHEN EXISTS (SELECT 1 FROM {TABLE} WHERE id = NEW.id"
    " OR (office_id = NEW.office_id AND sequence = NEW.sequence)"
    # Without a rowid of its own the new row has -1 here.
    " OR (NEW.rowid > 0 AND rowid = NEW.rowid))"
    " BEGIN SELECT RAISE(ABORT, 'the audit trail is insert-only'); END",
)

_REFUSE = " BEGIN RAISE EXCEPTION 'the audit trail is insert-only'; END "
_POSTGRES = (
    f"CREATE OR REPLACE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $${_REFUSE}$$",
    *(
        f"CREATE OR REPLACE TRIGGER audit_no_{verb} BEFORE {verb.upper()} ON {TABLE}"
        f" FOR EACH {'STATEMENT' if verb == 'truncate' else 'ROW'} EXECUTE FUNCTION audit_refuse()"
        for verb in ("update", "delete", "truncate")
    ),
)


# What PostgreSQL calls a trigger before the event, for each row (1) or for the statement.
_BEFORE = 2
_TYPES = {
    "audit_no_update": _BEFORE | 16 | 1,
    "audit_no_delete": _BEFORE | 8 | 1,
    "audit_no_truncate": _BEFORE | 32,
}


def names() -> tuple[str, ...]:
    """The triggers that this engine needs."""
    third = "replace" if connection.vendor == "sqlite" else "truncate"
    return ("audit_no_update", "audit_no_delete", f"audit_no_{third}")


def install() -> None:
    """Create the triggers where they are missing or do something else; run after every migrate.

    A database that was migrated back to before the trail has nothing to protect.
    """
    if TABLE not in connection.introspection.table_names():
        return
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for name in missing():
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
        for statement in _SQLITE if connection.vendor == "sqlite" else _POSTGRES:
            cursor.execute(statement)


def missing() -> list[str]:
    """The names of triggers that are not there, or that do something else under the name.

    SQLite loses them when it rebuilds a table.
    """
    good = _good_on_sqlite() if connection.vendor == "sqlite" else _good_on_postgres()
    return [name for name in names() if name not in good]


def _good_on_sqlite() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [TABLE]
        )
        found = {name: _plain(sql) for name, sql in cursor.fetchall()}
    wanted = dict(zip(names(), map(_plain, _SQLITE), strict=True))
    return {name for name, body in wanted.items() if found.get(name) == body}


def _plain(sql: str) -> str:
    """The statement as SQLite keeps it, whatever its spaces."""
    return " ".join(sql.replace("IF NOT EXISTS ", "").split())


def _good_on_postgres() -> set[str]:
    """Those that fire for everybody, on every row and column, and refuse.

    One that was switched off ('D'), or that fires on a replica alone ('R'), is as good as none.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgname, tgtype, prosrc FROM pg_trigger JOIN pg_proc ON pg_proc.oid = tgfoid"
            " WHERE tgrelid = %s::regclass AND NOT tgisinternal AND tgenabled IN ('O', 'A')"
            " AND tgqual IS NULL AND cardinality(tgattr::int2[]) = 0",
            [TABLE],
        )
        found = {name: (kind, body) for name, kind, body in cursor.fetchall()}
    return {name for name, kind in _TYPES.items() if found.get(name) == (kind, _REFUSE)}
