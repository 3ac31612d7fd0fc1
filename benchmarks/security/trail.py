"""Tampering with the trail is found, a long one is verified in seconds, no reading is missed.

.venv/bin/python benchmarks/security/trail.py --small | --full [--engine sqlite | postgres]

On PostgreSQL the bench starts a server of its own, which needs the server's programs.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from security.cluster import postgres
from security.figures import Figure, is_full, tell
from security.reads import crawl
from world import prepare

CHAIN = 120
SEED = 7


def main() -> int:
    """Build a trail, tamper with a short one, verify a long one, walk the pages."""
    engine = _engine()
    full = is_full()
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        if engine == "postgres":
            os.environ["DATABASE_URL"] = stack.enter_context(postgres(Path(folder) / "cluster"))
        prepare(Path(folder) / "office")
        from django.core.management import call_command
        from django.db import connection

        call_command("migrate", interactive=False, verbosity=0)
        call_command("createcachetable", verbosity=0)
        told = _measure(full=full)
        connection.close()
    return told


def _measure(*, full: bool) -> int:
    tamperings, events, seconds_walked = (1000, 1_000_000, 600) if full else (200, 50_000, 20)
    found, missed = _tamper(tamperings)
    seconds, build = _verify(events)
    walked = crawl(seconds=seconds_walked, restrict=0.5)
    percent = round(100 * found / tamperings, 2)
    reads, unlogged = walked["reads"], walked["missing"]
    # A witness that misses a reading which nobody wrote down proves nothing.
    trusted = reads and walked["control_caught"]
    logged = round(100 * (reads - unlogged) / reads, 2) if trusted else 0.0
    bar = 10.0 if full else 10.0 * events / 1_000_000 + 1
    return tell(
        Figure("tamper_found_percent", percent, "100", percent == 100),
        Figure("audit_verify_seconds", seconds, f"<= {bar:g} at {events} events", seconds <= bar),
        Figure("reads_logged_percent", logged, f"100 of {reads}", logged == 100),
        events=events,
        tamperings=tamperings,
        missed=missed,
        events_a_second_written=round(events / build),
        walked=walked,
    )


def _engine() -> str:
    parser = argparse.ArgumentParser(add_help=False)
    parser.add_argument("--engine", choices=("sqlite", "postgres"), default="sqlite")
    options, rest = parser.parse_known_args()
    sys.argv[1:] = rest
    return str(options.engine)


def _office(code: str):
    from pulih.access.models import Office, User

    office = Office.objects.create(code=code, name=code, region_code="35.21")
    user = User.objects.create_user(f"u-{code}", office=office, full_name="Uji")
    return office, user


def _write(office, user, count: int, draw: random.Random) -> None:
    from django.db import transaction

    from pulih.access.audit import Line, record_lines

    verbs = ("case.seen", "case.closed", "person.registered", "login.succeeded")
    for start in range(0, count, 5000):
        lines = [
            Line(
                draw.choice(verbs),
                user,
                kind="cases.case",
                key=f"{draw.getrandbits(64):016x}",
                label=f"K-2026-{number:05d}",
                reason="alasan" if number % 5 == 0 else "",
                detail={"was": number} if number % 7 == 0 else {},
            )
            for number in range(start, min(start + 5000, count))
        ]
        with transaction.atomic():
            record_lines(lines, office=office)


def _tamper(times: int) -> tuple[int, list[str]]:
    """Tamper once, verify, undo; how often it was found, and which were missed."""
    from django.db import connection, transaction

    from pulih.access import audit, chain

    draw = random.Random(SEED)
    office, user = _office("satu")
    other, stranger = _office("dua")
    _write(office, user, CHAIN, draw)
    _write(other, stranger, 5, draw)
    kept = audit.current_heads()[office.code]
    with connection.cursor() as cursor:
        _switch_checks_off(cursor)
    found, missed = 0, []
    for number in range(times):
        harm = HARMS[number % len(HARMS)]
        with transaction.atomic():
            with connection.cursor() as cursor:
                told = harm(cursor, office, other, draw)
            if any(chain.faults(office, kept=kept)) or any(chain.faults(other)):
                found += 1
            else:
                missed.append(f"{harm.__name__}: {told}")
            transaction.set_rollback(True)
    return found, missed[:5]


def _switch_checks_off(cursor) -> None:
    """Whoever holds the database can take its triggers off, and its own checks as well."""
    from django.db import connection

    if connection.vendor == "sqlite":
        cursor.execute("PRAGMA ignore_check_constraints = ON")
        for name in ("update", "delete", "replace"):
            cursor.execute(f"DROP TRIGGER IF EXISTS audit_no_{name}")
        return
    cursor.execute(
        "SELECT conrelid::regclass, conname FROM pg_constraint WHERE contype IN ('c', 'f')"
        " AND conrelid IN ('access_auditevent'::regclass, 'access_audithead'::regclass)"
    )
    for table, name in cursor.fetchall():
        cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
    for name in ("update", "delete", "truncate"):
        cursor.execute(f"DROP TRIGGER IF EXISTS audit_no_{name} ON access_auditevent")


def _where(office, draw: random.Random) -> list:
    return [office.pk.hex, draw.randrange(1, CHAIN + 1)]


def edit_a_column(cursor, office, _other, draw) -> str:
    columns = (
        *("at", "verb", "subject_kind", "subject_id", "subject_label", "reason", "detail"),
        *("digest", "mac", "compartment_id", "actor_id"),
    )
    column = draw.choice(columns)
    value = "2020-01-01 00:00:00" if column == "at" else f"{draw.getrandbits(128):032x}"
    cursor.execute(
        f"UPDATE access_auditevent SET {column} = %s WHERE office_id = %s AND sequence = %s",
        [value, *_where(office, draw)],
    )
    return column


def flip_one_bit(cursor, office, _other, draw) -> str:
    column = draw.choice(("digest", "mac"))
    where = _where(office, draw)
    cursor.execute(
        f"SELECT {column} FROM access_auditevent WHERE office_id = %s AND sequence = %s", where
    )
    text = cursor.fetchone()[0]
    place = draw.randrange(len(text))
    turned = f"{int(text[place], 16) ^ 1 << draw.randrange(4):x}"
    cursor.execute(
        f"UPDATE access_auditevent SET {column} = %s WHERE office_id = %s AND sequence = %s",
        [text[:place] + turned + text[place + 1 :], *where],
    )
    return column


def delete_one(cursor, office, _other, draw) -> str:
    cursor.execute(
        "DELETE FROM access_auditevent WHERE office_id = %s AND sequence = %s",
        _where(office, draw),
    )
    return "one"


def delete_and_close_the_gap(cursor, office, _other, draw) -> str:
    where = _where(office, draw)
    cursor.execute("DELETE FROM access_auditevent WHERE office_id = %s AND sequence = %s", where)
    cursor.execute(
        "UPDATE access_auditevent SET sequence = -sequence + 1"
        " WHERE office_id = %s AND sequence > %s",
        where,
    )
    cursor.execute("UPDATE access_auditevent SET sequence = -sequence WHERE sequence < 0")
    cursor.execute(
        "UPDATE access_audithead SET sequence = sequence - 1 WHERE office_id = %s", where[:1]
    )
    return "closed"


def cut_the_tail(cursor, office, _other, draw) -> str:
    last = draw.randrange(0, CHAIN)
    cursor.execute(
        "DELETE FROM access_auditevent WHERE office_id = %s AND sequence > %s",
        [office.pk.hex, last],
    )
    return str(last)


def cut_the_tail_and_move_the_head(cursor, office, _other, draw) -> str:
    last = draw.randrange(1, CHAIN)
    cut_at = [office.pk.hex, last]
    cursor.execute(
        "UPDATE access_audithead SET sequence = %s, mac = (SELECT mac FROM access_auditevent"
        " WHERE office_id = %s AND sequence = %s) WHERE office_id = %s",
        [last, office.pk.hex, last, office.pk.hex],
    )
    cursor.execute("DELETE FROM access_auditevent WHERE office_id = %s AND sequence > %s", cut_at)
    return str(last)


def cut_everything(cursor, office, _other, _draw) -> str:
    cursor.execute("DELETE FROM access_auditevent WHERE office_id = %s", [office.pk.hex])
    cursor.execute("DELETE FROM access_audithead WHERE office_id = %s", [office.pk.hex])
    return "all"


def swap_two(cursor, office, _other, draw) -> str:
    one, two = draw.sample(range(1, CHAIN + 1), 2)
    for old, new in ((one, -1), (two, one), (-1, two)):
        cursor.execute(
            "UPDATE access_auditevent SET sequence = %s WHERE office_id = %s AND sequence = %s",
            [new, office.pk.hex, old],
        )
    return f"{one} and {two}"


def move_to_another_office(cursor, office, other, draw) -> str:
    cursor.execute(
        "UPDATE access_auditevent SET office_id = %s, sequence = 6"
        " WHERE office_id = %s AND sequence = %s",
        [other.pk.hex, *_where(office, draw)],
    )
    return "moved"


def insert_a_forged_one(cursor, office, _other, draw) -> str:
    columns = (
        "actor_id, verb, subject_kind, subject_id, subject_label, compartment_id, reason, detail"
    )
    cursor.execute(
        f"INSERT INTO access_auditevent (id, office_id, sequence, at, digest, mac, {columns})"
        f" SELECT %s, office_id, %s, at, digest, mac, {columns} FROM access_auditevent"
        " WHERE office_id = %s AND sequence = %s",
        [f"{draw.getrandbits(128):032x}", CHAIN + 1, *_where(office, draw)],
    )
    return "forged"


def copy_the_text_of_another(cursor, office, _other, draw) -> str:
    """Ciphertext of one row put into another."""
    column = draw.choice(("reason", "detail", "verb", "subject_label"))
    source, target = draw.sample(range(1, CHAIN + 1), 2)
    cursor.execute(
        f"UPDATE access_auditevent SET {column} = (SELECT {column} || 'x' FROM access_auditevent"
        " WHERE office_id = %s AND sequence = %s) WHERE office_id = %s AND sequence = %s",
        [office.pk.hex, source, office.pk.hex, target],
    )
    return f"{column} {source} to {target}"


def change_the_head(cursor, office, _other, draw) -> str:
    column = draw.choice(("mac", "seal"))
    cursor.execute(
        f"UPDATE access_audithead SET {column} = %s WHERE office_id = %s",
        [f"{draw.getrandbits(256):064x}", office.pk.hex],
    )
    return column


HARMS: tuple[Callable[..., str], ...] = (
    edit_a_column,
    flip_one_bit,
    delete_one,
    delete_and_close_the_gap,
    cut_the_tail,
    cut_the_tail_and_move_the_head,
    cut_everything,
    swap_two,
    move_to_another_office,
    insert_a_forged_one,
    copy_the_text_of_another,
    change_the_head,
)


def _verify(events: int) -> tuple[float, float]:
    """Seconds to verify a chain of so many events, and to write it."""
    from pulih.access import chain, triggers

    triggers.install()
    draw = random.Random(SEED)
    office, user = _office("tiga")
    begun = time.perf_counter()
    _write(office, user, events, draw)
    built = time.perf_counter() - begun
    begun = time.perf_counter()
    faults = list(chain.faults(office))
    seconds = round(time.perf_counter() - begun, 2)
    if faults:
        raise SystemExit(f"the untouched chain has faults: {faults[:3]}")
    return seconds, built


if __name__ == "__main__":
    os.environ.setdefault("PYTHONDONTWRITEBYTECODE", "1")
    sys.exit(main())
