"""No word that is to be secret lies readable anywhere, and a killed change of keys loses nothing.

.venv/bin/python benchmarks/security/keys.py --small | --full
"""

from __future__ import annotations

import base64
import datetime as dt
import os
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from security.canary_pages import Server, Visitor
from security.canary_rows import Sower
from security.canary_search import Nursery, below, open_files_of, search
from security.figures import Figure, is_full, tell
from security.rotation_kills import measure
from world import prepare

LOOKING = 2
"""Seconds for which an upload on its way is watched."""


def main() -> int:
    """Set canaries free and look for them; rotate under kills."""
    records, kills = (100_000, 20) if is_full() else (1_000, 5)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name).resolve()
        os.environ["TMPDIR"] = str(folder / "aside" / "own")
        (folder / "aside" / "own").mkdir(parents=True)
        tempfile.tempdir = None
        data = folder / "data"
        prepare(data)
        from django.core.management import call_command

        call_command("migrate", interactive=False, verbosity=0)
        from pulih.config.server import collect_static

        collect_static()
        found, controls, notes = _canaries(data, folder / "aside")
        unreadable, rotated = measure(data, records=records, kills=kills)
    whole = rotated["rotation_kills"] == kills and not rotated["rotation_left"]
    return tell(
        Figure("canaries_found", len(found), "0", not found and all(controls.values())),
        Figure("rotation_unreadable", unreadable, "0", not unreadable and whole),
        found=found[:10],
        controls=controls,
        **notes,
        **rotated,
    )


def _canaries(data: Path, aside: Path) -> tuple[list[str], dict[str, bool], dict]:
    nursery = Nursery()
    users, case = _office(nursery)
    sower = Sower(nursery, _ground(users, case))
    server = Server(data, aside=aside)
    try:
        visitor = Visitor(server.port, nursery)
        visitor.log_in("kabid")
        seen = _walk(visitor, case)
        in_flight = _upload(visitor, server, case, data, aside, nursery)
        sower.sow_all()
        unopened = sower.opened()
        places = [*below(data, aside), *(f for pid in server.pids() for f in open_files_of(pid))]
        found = in_flight + search(places, nursery)
        found += _backup(data, aside, nursery)
    finally:
        server.stop()
    found += search(below(data, aside), nursery)
    columns = _columns()
    controls = {
        "every_encrypted_column_holds_one": columns <= {(m, n) for m, _k, n, _w in sower.sown},
        "every_row_opens_to_its_canary": not unopened,
        "pages_show_them_to_who_may": seen >= len(visitor.sent) // 2 > 0,
        "planted_ones_are_found": _planted(data, aside, nursery),
    }
    return (
        sorted(set(found)),
        controls,
        {
            "canaries": len(nursery.made),
            "through_pages": len(visitor.sent),
            "seen_on_pages": seen,
            "encrypted_columns": len(columns),
            "rows_refused": sower.refused,
            "pages_refused": visitor.refused,
        },
    )


def _office(nursery: Nursery):
    """An office with its people, and a sealed case of somebody whose name is a canary."""
    from django.db import transaction

    from pulih.access.actions.compartments import create_compartment
    from pulih.access.actions.installing import create_office
    from pulih.cases.actions.catalogue import install_catalogue
    from pulih.cases.actions.opening import open_case
    from pulih.cases.intake_facts import NewCase
    from pulih.config.demo.cast import create_cast
    from pulih.people.actions.registration import register_person
    from pulih.people.drafts import PersonDraft

    with transaction.atomic():
        office = create_office(name="Dinas Uji", region_code="35.21", is_demo=True, by=None)
        install_catalogue(office=office, by=None)
        users = create_cast(office, since=dt.date(2020, 1, 1))
        head = users["kabid"]
        room = create_compartment(
            members=[head], purpose=nursery.canary("the purpose of a name"), by=head
        )
        draft = PersonDraft(full_name=nursery.canary("a sealed name"))
        person = register_person(draft=draft, compartment=room, by=head)
        section = office.sections.get(kind="rehabilitation")
        facts = NewCase(
            section=section, problem=nursery.canary("a problem"), ppks_kind=4, lead=users["peksos"]
        )
        case = open_case(facts=facts, person=person, by=head)
    return users, case


def _ground(users, case) -> dict:
    """The rows that others hang on."""
    from pulih.cases.models import ServiceOffer

    return {
        "access.Office": case.office,
        "access.Section": case.section,
        "access.User": users["kabid"],
        "access.Compartment": case.compartment,
        "people.Person": case.person,
        "cases.Case": case,
        "cases.ServiceOffer": ServiceOffer._base_manager.first(),
    }


def _walk(visitor: Visitor, case) -> int:
    """Send forms with canaries, and count those that pages show again to who sent them."""
    # A sealed case asks what for; the answer in words is a canary as well.
    visitor.fill(f"/kantor/tujuan/{case.compartment_id}/", {"purpose": "work"})
    root = f"/kasus/{case.number}"
    sent = visitor.fill("/kasus/laporan/baru/", {"held": "sealed", "ppks_kind": "4", "village": ""})
    sent += visitor.fill("/tugas/baru/", {"every_days": ""})
    sent += visitor.fill(f"{root}/catatan/", {})
    sent += visitor.fill(f"{root}/sidang/baru/", {})
    visitor.get("/orang/?q=" + visitor.nursery.canary("a search"))
    shown = "".join(
        visitor.get(page)[1]
        for page in (
            *("/tugas/", "/kasus/laporan/?status=semua", root + "/", root + "/sidang/"),
            *_pages_of_rows(),
        )
    )
    return sum(word in shown for word in sent)


def _pages_of_rows() -> list[str]:
    from pulih.cases.models import Report
    from pulih.inbox.models import Task

    reports = Report.objects.unscoped(reason="a bench").values_list("pk", flat=True)
    tasks = Task.objects.unscoped(reason="a bench").values_list("pk", flat=True)
    return [*(f"/kasus/laporan/{key}/" for key in reports), *(f"/tugas/{key}/" for key in tasks)]


def _upload(visitor, server, case, data: Path, aside: Path, nursery: Nursery) -> list[str]:
    """Look while an upload is on its way, and keep a file for the search afterwards."""
    panel = f"/berkas/dari/cases.case/{case.pk}/"
    line = visitor.begin_upload(panel, "surat.pdf")
    found: list[str] = []
    # The server reads when it likes: looked at again and again for a while.
    until = time.monotonic() + LOOKING
    while not found and time.monotonic() < until:
        files = [*below(data, aside), *(f for pid in server.pids() for f in open_files_of(pid))]
        found = [f"in flight: {one}" for one in search(files, nursery)]
    visitor.end_upload(line)
    return found


def _columns() -> set:
    from pulih.common.resealing import encrypted_models

    return {(model, field.name) for model, fields in encrypted_models() for field in fields}


def _backup(data: Path, aside: Path, nursery: Nursery) -> list[str]:
    """Make a backup, and look into it as it lies and as it is opened."""
    import pyrage

    from pulih.config.recovery.archive import extract
    from pulih.config.recovery.backup import make_backup
    from pulih.config.recovery.recipients import new_recipient

    secret, _other = new_recipient("satu"), new_recipient("dua")
    made = make_backup(aside / "backups", tell=lambda _words: None)
    opened = aside / "opened"
    opened.mkdir()
    extract(made.file, opened, identities=[pyrage.x25519.Identity.from_str(secret)])
    return search(below(aside), nursery)


def _planted(data: Path, aside: Path, nursery: Nursery) -> bool:
    """Clear canaries in the database and in files of every kind are found: the search can see."""
    from pulih.people.models import Person

    rows = Person.objects.unscoped(reason="a bench")
    rows.filter(pk=rows.first().pk).update(birth_place=nursery.marker)
    in_database = bool(search(below(data), nursery))
    rows.update(birth_place="")
    hits = []
    for name, content in (
        ("plain.log", nursery.marker.encode()),
        ("upper.log", nursery.marker.upper().encode()),
        ("wide.tmp", nursery.marker.encode("utf-16-le")),
        ("coded.tmp", base64.b64encode(f"isi {nursery.marker} isi".encode())),
    ):
        (aside / name).write_bytes(content)
        hits.append(bool(search([aside / name], nursery)))
        (aside / name).unlink()
    return in_database and all(hits)


if __name__ == "__main__":
    sys.exit(main())
