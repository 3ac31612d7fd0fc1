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

_POSTGRES = (
    "CREATE OR REPLACE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS"
    " $$ BEGIN RAISE EXCEPTION 'the audit trail is insert-only'; END $$",
    *(
        f"CREATE OR REPLACE TRIGGER audit_no_{verb} BEFORE {verb.upper()} ON {TABLE}"
        f" FOR EACH {'STATEMENT' if verb == 'truncate' else 'ROW'} EXECUTE FUNCTION audit_refuse()"
        for verb in ("update", "delete", "truncate")
    ),
)


def names() -> tuple[str, ...]:
    """The triggers that this engine needs."""
    third = "replace" if connection.vendor == "sqlite" else "truncate"
    return ("audit_no_update", "audit_no_delete", f"audit_no_{third}")


def install() -> None:
    """Create the triggers where they are missing; run after every migrate.

    A database that was migrated back to before the trail has nothing to protect.
    """
    if TABLE not in connection.introspection.table_names():
        return
    statements = _SQLITE if connection.vendor == "sqlite" else _POSTGRES
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def missing() -> list[str]:
    """The names of triggers that are not there; SQLite loses them when it rebuilds a table."""
    if connection.vendor == "sqlite":
        query = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    else:
        # A trigger that was switched off ('D') is as good as none.
        query = "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'"
    with connection.cursor() as cursor:
        cursor.execute(query)
        present = {row[0] for row in cursor.fetchall()}
    return [name for name in names() if name not in present]
