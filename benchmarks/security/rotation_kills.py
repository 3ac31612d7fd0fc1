"""The rotation of the main key is killed again and again; afterwards every record must open."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

SEED = 5
FILES = 20
SEALED = 10
PATIENCE = 900
"""Seconds for one run of the command, killed or not."""


def measure(folder: Path, *, records: int, kills: int) -> tuple[int, dict]:
    """Sow records, rotate under kills, and open everything.

    Returns:
        How many records do not read as they were sown, and notes.
    """
    sown = _sow(records)
    draw = random.Random(SEED)
    landed: Counter[str] = Counter()
    unreadable, began = 0, time.monotonic()
    while landed["killed"] < kills and landed["finished first"] < kills:
        landed[_run(folder, stop_at=draw.random())] += 1
        # In the middle of it as well: nobody waits for a rotation to end before they read.
        unreadable += _unread(draw.sample(sown, min(200, len(sown))))
    killed_for = time.monotonic() - began
    _run(folder, stop_at=None)
    unreadable += _unread(sown)
    from pulih.common.keyring import keyring
    from pulih.config.keys.standing import left

    return unreadable, {
        "rotated_records": len(sown),
        "rotation_kills": landed["killed"],
        "rotation_runs_that_ended_before_their_kill": landed["finished first"],
        "rotation_left": left().total,
        "rotation_keys": len(keyring().keys) - 1,
        "rotation_seconds": round(killed_for, 1),
    }


def _sow(records: int) -> list[tuple[str, object, str]]:
    """Contacts of open people, notes of sealed cases, files and second factors."""
    import datetime as dt

    from allauth.mfa.models import Authenticator

    from pulih.access.models import Compartment, Office, Section, User
    from pulih.cases.models import Case, CaseNote
    from pulih.common.sealed_units import unit_of
    from pulih.files import store
    from pulih.files.models import Attachment
    from pulih.people.models import Contact, Person

    office = Office.objects.create(code="putar", name="Putar", region_code="35.21")
    section = Section.objects.create(office=office, kind="rehabilitation", name="Rehsos")
    user = User.objects.create_user("putar", office=office, full_name="Putar")
    sown: list[tuple[str, object, str]] = []
    person = Person.objects.create(
        office=office, number="P-putar", full_name="Orang", created_by=user
    )
    contacts = [
        Contact(person=person, kind="phone", value=f"0812{number:08d}", owner=f"Pemilik {number}")
        for number in range(records)
    ]
    Contact.objects.unscoped(reason="sowing").bulk_create(contacts, batch_size=1000)
    sown += [("contact", one.pk, one.value) for one in contacts]
    for number in range(SEALED):
        case = Case.objects.create(
            office=office,
            compartment=Compartment.objects.create(office=office),
            number=f"K-putar-{number}",
            section=section,
            person=person,
            problem=f"Perkara {number}",
            stage=1,
            stage_since=dt.date(2026, 1, 1),
            opened_on=dt.date(2026, 1, 1),
            opened_by=user,
        )
        note = CaseNote.objects.create(
            case=case, written_on=dt.date(2026, 1, 2), shared=f"Catatan {number}", by=user
        )
        sown.append(("note", note.pk, f"Catatan {number}"))
    for number in range(FILES):
        file = Attachment(
            office=office,
            owner_kind="people.person",
            owner_id=person.pk,
            original_name=f"berkas {number}",
            content_type="application/pdf",
            size=1,
            storage_path=store.new_path(),
        )
        text = f"Isi {number}"
        file.sha256 = store.write(file.storage_path, text.encode(), key=file.pk, unit=unit_of(file))
        file.save()
        sown.append(("file", file.pk, text))
    factor = Authenticator.objects.create(user=user, type="totp", data={"secret": "RAHASIA"})
    return [*sown, ("factor", factor.pk, "RAHASIA")]


def _run(folder: Path, *, stop_at: float | None) -> str:
    """Run the command; kill it once this share of what was left is done."""
    before = _under_current()
    process = subprocess.Popen(
        [sys.executable, "-m", "pulih.config", "keys", "rotate", "--data", str(folder), "--demo"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        env=os.environ,
    )
    total = before[2]
    limit = time.monotonic() + PATIENCE
    while stop_at is not None and process.poll() is None and time.monotonic() < limit:
        kid, done, _total = _under_current()
        begun = 0 if kid != before[0] else before[1]
        has_begun = kid != before[0] or done > before[1]
        if has_begun and done - begun >= stop_at * (total - begun):
            process.send_signal(signal.SIGKILL)
            break
        time.sleep(0.001)
    _out, words = process.communicate(timeout=PATIENCE)
    if process.returncode == -signal.SIGKILL:
        return "killed"
    if process.returncode not in (0, 1):
        raise RuntimeError(words.decode()[-800:])
    return "finished first"


def _under_current() -> tuple[str, int, int]:
    """The current key, how many contacts lie under it, and how many there are."""
    from django.db import connection

    from pulih.common.keyring import keyring

    kid = keyring().current
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT SUM(CASE WHEN value LIKE %s THEN 1 ELSE 0 END), COUNT(*) FROM people_contact",
            [f"v1.{kid}.%"],
        )
        done, total = cursor.fetchone()
    return kid, int(done or 0), int(total)


def _unread(sown: list[tuple[str, object, str]]) -> int:
    """How many of these do not open to what was sown."""
    from pulih.common.errors import CipherError

    wrong = 0
    by_kind: dict[str, dict[object, str]] = {}
    for kind, key, text in sown:
        by_kind.setdefault(kind, {})[key] = text
    for kind, wanted in by_kind.items():
        found = {}
        for key, opened in _opened(kind, list(wanted)):
            try:
                found[key] = opened()
            except CipherError:
                continue
        wrong += sum(found.get(key) != text for key, text in wanted.items())
    return wrong


def _opened(kind: str, keys: list):
    """The rows of a kind, each with how to read it; 500 at a time."""
    from allauth.mfa.models import Authenticator

    from pulih.access.factors import open_secret
    from pulih.cases.models import CaseNote
    from pulih.files import store
    from pulih.files.models import Attachment
    from pulih.people.models import Contact

    models = {"contact": Contact, "note": CaseNote, "file": Attachment, "factor": Authenticator}
    for start in range(0, len(keys), 500):
        rows = models[kind]._base_manager.filter(pk__in=keys[start : start + 500])
        for row in rows:
            if kind == "contact":
                yield row.pk, lambda row=row: row.value
            elif kind == "note":
                yield row.pk, lambda row=row: row.shared
            elif kind == "file":
                yield row.pk, lambda row=row: store.read(row.storage_path, key=row.pk).decode()
            else:
                yield row.pk, lambda row=row: open_secret(row.data["secret"])
