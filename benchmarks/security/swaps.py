"""Ciphertext that was moved, flipped, cut or given another key's name is refused, every time.

.venv/bin/python benchmarks/security/swaps.py --small | --full
"""

from __future__ import annotations

import base64
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from security.figures import Figure, is_full, tell
from world import prepare

SEED = 11
ROWS = 40


def main() -> int:
    """Tamper with encrypted columns of three tables and with files, and open each."""
    times = 1000 if is_full() else 300
    with tempfile.TemporaryDirectory() as folder:
        prepare(Path(folder))
        from django.core.management import call_command

        call_command("migrate", interactive=False, verbosity=0)
        refused, accepted, honest = _try(times)
    percent = round(100 * sum(refused.values()) / times, 2)
    return tell(
        Figure("swaps_refused_percent", percent, "100", percent == 100 and honest),
        times=times,
        refused=dict(refused),
        accepted=accepted[:5],
        untouched_values_open=honest,
    )


def _sown() -> dict:
    """Rows with encrypted texts in several tables, and files."""
    from pulih.access.models import Office, User
    from pulih.people.models import Consent, Contact, Identifier, Person

    office = Office.objects.create(code="uji", name="Uji", region_code="35.21")
    user = User.objects.create_user("uji", office=office, full_name="Uji")
    made: dict = {"contact": [], "identifier": [], "consent": [], "user": []}
    for number in range(ROWS):
        person = Person.objects.create(
            office=office, number=f"P-{number}", full_name=f"Orang {number}", created_by=user
        )
        made["contact"].append(
            Contact.objects.create(person=person, kind="phone", value=f"0812{number:08d}")
        )
        made["identifier"].append(
            Identifier.objects.create(
                person=person, kind="nik", value=f"3521{number:012d}", recorded_by=user
            )
        )
        made["consent"].append(
            Consent.objects.create(
                person=person,
                purpose="service",
                scope=f"Isi {number}",
                given_on="2026-01-01",
                recorded_by=user,
            )
        )
        made["user"].append(
            User.objects.create_user(
                f"u{number}", office=office, full_name="U", nip=f"{number:018d}"
            )
        )
    return made


PLACES = (("contact", "value"), ("identifier", "value"), ("consent", "scope"), ("user", "nip"))


def _try(times: int) -> tuple[Counter[str], list[str], bool]:
    from pulih.common.errors import CipherError
    from pulih.files import store

    draw = random.Random(SEED)
    made = _sown()
    path, key = store.new_path(), "berkas"
    store.write(path, b"isi berkas" * 100, key=key)
    refused: Counter[str] = Counter()
    accepted: list[str] = []
    for number in range(times):
        harm = HARMS[number % len(HARMS)]
        try:
            if harm is flip_a_file:
                harm(store, path, key, draw)
            else:
                name, column = draw.choice(PLACES)
                harm(made, name, column, draw)
        except CipherError:
            refused[harm.__name__] += 1
        else:
            accepted.append(harm.__name__)
    honest = all(
        _opened(row, column) for name, column in PLACES for row in _fresh(made[name])
    ) and store.read(path, key=key).startswith(b"isi berkas")
    return refused, accepted, honest


def _fresh(rows: list) -> list:
    model = type(rows[0])
    return list(model._base_manager.filter(pk__in=[row.pk for row in rows]))


def _opened(row, column: str) -> str:
    return getattr(row, column)


def _token(row, column: str) -> str:
    from django.db import connection

    table = row._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM {table} WHERE id = %s", [row.pk.hex])
        return cursor.fetchone()[0]


def _open_with(row, column: str, token: str) -> None:
    """Put a token where it does not belong, open it, and put the old one back."""
    from django.db import connection

    table, old = row._meta.db_table, _token(row, column)
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET {column} = %s WHERE id = %s", [token, row.pk.hex])
        try:
            _opened(_fresh([row])[0], column)
        finally:
            cursor.execute(f"UPDATE {table} SET {column} = %s WHERE id = %s", [old, row.pk.hex])


def another_row(made, name, column, draw) -> None:
    one, two = draw.sample(made[name], 2)
    _open_with(one, column, _token(two, column))


def another_table(made, name, column, draw) -> None:
    other, other_column = draw.choice([place for place in PLACES if place[0] != name])
    row, source = draw.choice(made[name]), draw.choice(made[other])
    _open_with(row, column, _token(source, other_column))


def flip_one_bit(made, name, column, draw) -> None:
    row = draw.choice(made[name])
    version, kid, body = _token(row, column).split(".")
    raw = bytearray(base64.b64decode(body))
    raw[draw.randrange(len(raw))] ^= 1 << draw.randrange(8)
    _open_with(row, column, f"{version}.{kid}.{base64.b64encode(bytes(raw)).decode()}")


def cut_short(made, name, column, draw) -> None:
    row = draw.choice(made[name])
    version, kid, body = _token(row, column).split(".")
    raw = base64.b64decode(body)
    # Well formed, so that it is the seal that refuses and not the form.
    short = base64.b64encode(raw[: draw.randrange(28, len(raw))]).decode()
    _open_with(row, column, f"{version}.{kid}.{short}")


def another_key_name(made, name, column, draw) -> None:
    row = draw.choice(made[name])
    version, _kid, body = _token(row, column).split(".")
    _open_with(row, column, f"{version}.{draw.getrandbits(32):08x}.{body}")


def plain_text(made, name, column, draw) -> None:
    _open_with(draw.choice(made[name]), column, "3521010101010001")


def another_version(made, name, column, draw) -> None:
    row = draw.choice(made[name])
    _version, rest = _token(row, column).split(".", 1)
    _open_with(row, column, f"v{draw.randrange(2, 9)}.{rest}")


def flip_a_file(store, path, key, draw) -> None:
    from pathlib import Path as File

    from django.conf import settings

    file = File(settings.MEDIA_ROOT) / path
    old = file.read_bytes()
    content = bytearray(old)
    content[draw.randrange(len(content))] ^= 1 << draw.randrange(8)
    file.write_bytes(content)
    try:
        store.read(path, key=key)
    finally:
        file.write_bytes(old)


HARMS: tuple[Callable[..., None], ...] = (
    another_row,
    another_table,
    flip_one_bit,
    cut_short,
    another_key_name,
    plain_text,
    another_version,
    flip_a_file,
)


if __name__ == "__main__":
    sys.exit(main())
