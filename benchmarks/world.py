"""Builds the office that the benches measure: people, cases and services of a given size.

    python benchmarks/world.py FOLDER --people 100000 --cases 20000 --services 400000

As many counter services as a quarter of the services, and as many letters as a twentieth, come
along.

Everything is invented and depends on the seed alone. Rows are written in bulk, as an import writes
them; the pages that are measured afterwards are the ordinary ones.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import random
import sys
import time
import uuid
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

CHUNK = 2000
TODAY = dt.date(2026, 11, 24)
SENDERS = ("Grudo", "Walikukun", "Kandangan", "Mangunharjo", "Tempuran", "Gentong")
SUBJECTS = ("Warga terlantar", "Permohonan rekomendasi", "Undangan rapat", "Usulan peserta PBI")


def prepare(folder: Path) -> None:
    """Point this process at a data folder of demonstration kind and start Django on it."""
    from pulih.config.place import Place

    place = Place(folder.resolve(), demo=True)
    place.prepare()
    (place.data / ".demo").touch()
    place.enter()
    os.environ["PULIH_TLS"] = "false"
    import django

    django.setup()


def build(*, people: int, cases: int, services: int, seed: int) -> dict[str, Any]:
    """Create the office; returns counts and seconds."""
    from django.core.management import call_command
    from django.db import transaction

    from pulih.access.actions.installing import create_office
    from pulih.config.demo.cast import create_cast

    began = time.perf_counter()
    call_command("migrate", interactive=False, verbosity=0)
    draw = random.Random(seed)
    with transaction.atomic():
        office = create_office(name="Dinas Uji", region_code="35.21", is_demo=True, by=None)
        users = create_cast(office, since=dt.date(2020, 1, 1))
    person_ids = list(_people(users, people, draw))
    with transaction.atomic():
        case_ids = list(_cases(office, users, person_ids, cases, draw))
    with transaction.atomic():
        _services(users, case_ids, services, draw)
    with transaction.atomic():
        _counter(office, users, person_ids, services // 4, draw)
        _letters(office, users, services // 20, draw)
    return {
        "people": people,
        "cases": cases,
        "services": services,
        "build_seconds": round(time.perf_counter() - began, 1),
    }


def _in_chunks(rows: Iterable[Any], size: int = CHUNK) -> Iterator[list[Any]]:
    chunk: list[Any] = []
    for row in rows:
        chunk.append(row)
        if len(chunk) == size:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def _people(users: Any, count: int, draw: random.Random) -> Iterator[Any]:
    from pulih.config.demo.people import invent_person
    from pulih.people.actions.registration import register_people
    from pulih.people.models import Region

    villages = list(Region.objects.filter(level=4, code__startswith="35.21.").order_by("code"))
    batch = uuid.UUID(int=draw.getrandbits(128))
    for numbers in _in_chunks(range(count)):
        drafts = [invent_person(draw, villages, TODAY) for _ in numbers]
        yield from register_people(drafts=drafts, batch_id=batch, by=users["data"])


def _cases(
    office: Any, users: Any, person_ids: list[Any], count: int, draw: random.Random
) -> Iterator[Any]:
    from pulih.cases.models import Case, CaseEvent, TeamMember

    sections = list(office.sections.all())
    workers = {
        section.pk: [
            user
            for user in users.values()
            if any(
                g.role == "social_worker" and g.section_id == section.pk for g in user.grants.all()
            )
        ]
        for section in sections
    }
    for numbers in _in_chunks(range(count)):
        made, team, events = [], [], []
        for number in numbers:
            section = draw.choice(sections)
            worker = draw.choice(workers[section.pk])
            opened = TODAY - dt.timedelta(days=draw.randint(0, 720))
            stage = draw.randint(1, 7)
            case = Case(
                office=office,
                number=f"K-2026-{number + 1:06d}",
                section=section,
                person_id=draw.choice(person_ids),
                ppks_kind=draw.choice((2, 8, 9, 11, 12, 24)),
                problem="Membutuhkan pendampingan.",
                stage=stage,
                stage_since=opened,
                opened_on=opened,
                opened_by=worker,
                ended_on=TODAY if stage in (6, 7) else None,
            )
            made.append(case)
            team.append(TeamMember(case=case, user=worker, is_lead=True, joined_on=opened))
            events.extend(
                CaseEvent(
                    case=case,
                    kind="opened" if step == 0 else "moved",
                    happened_on=opened + dt.timedelta(days=step),
                    by=worker,
                    detail={"start": step, "end": step + 1} if step else "",
                )
                for step in range(stage)
            )
        Case.objects.bulk_create(made)
        TeamMember.objects.bulk_create(team)
        CaseEvent.objects.bulk_create(events)
        yield from (case.pk for case in made)


def _services(users: Any, case_ids: list[Any], count: int, draw: random.Random) -> None:
    from pulih.cases.models import ServiceRecord

    worker = users["peksos"]
    for numbers in _in_chunks(range(count)):
        ServiceRecord.objects.bulk_create(
            ServiceRecord(
                case_id=draw.choice(case_ids),
                kind=draw.choice("ABCDEFGHIJK"),
                state=ServiceRecord.State.PROVIDED,
                provided_on=TODAY - dt.timedelta(days=draw.randint(0, 700)),
                hours=draw.choice((1, 2, 3)),
                provider=worker,
                result="Berjalan baik.",
                recorded_by=worker,
            )
            for _ in numbers
        )


def _counter(
    office: Any, users: Any, person_ids: list[Any], count: int, draw: random.Random
) -> None:
    from pulih.cases.actions.catalogue import install_catalogue
    from pulih.cases.models import CounterService, ServiceOffer

    install_catalogue(office=office, by=None)
    offers = list(ServiceOffer.objects.filter(section__office=office, kind="counter"))
    for numbers in _in_chunks(range(count)):
        rows = []
        for number in numbers:
            offer = draw.choice(offers)
            begun = _moment(draw.randint(0, 700), draw)
            running = number % 400 == 0
            rows.append(
                CounterService(
                    office=office,
                    number=f"LK-2026-{number + 1:06d}",
                    person_id=draw.choice(person_ids),
                    offer=offer,
                    section_id=offer.section_id,
                    unit_id=offer.unit_id,
                    state="open" if running else "done",
                    started_at=begun,
                    started_by=users["loket"],
                    due_on=begun.date() + dt.timedelta(days=7),
                    ended_at=None if running else begun,
                    ended_by=None if running else users["loket"],
                )
            )
        CounterService.objects.bulk_create(rows)


def _letters(office: Any, users: Any, count: int, draw: random.Random) -> None:
    from pulih.desk.models import Disposition, IncomingLetter

    staff = list(users.values())
    for numbers in _in_chunks(range(count)):
        letters, steps = [], []
        for number in numbers:
            came = _moment(draw.randint(0, 700), draw)
            waits = number % 50 == 0
            letter = IncomingLetter(
                office=office,
                number=f"SM-2026-{number + 1:06d}",
                sender_open=f"Kepala Desa {draw.choice(SENDERS)}",
                subject_open=draw.choice(SUBJECTS),
                received_on=came.date(),
                state="in_hand" if waits else "done",
                settled_on=None if waits else came.date(),
                received_by=users["loket"],
            )
            letters.append(letter)
            steps.append(
                Disposition(
                    letter=letter,
                    sender=users["kadis"],
                    receiver=draw.choice(staff),
                    instructions=["follow_up"],
                    sent_at=came,
                    state="waiting" if waits else "answered",
                    answered_at=None if waits else came,
                )
            )
        IncomingLetter.objects.bulk_create(letters)
        Disposition.objects.bulk_create(steps)


def _moment(days: int, draw: random.Random) -> dt.datetime:
    day = TODAY - dt.timedelta(days=days)
    return dt.datetime.combine(day, dt.time(draw.randint(1, 7), draw.randint(0, 59)), dt.UTC)


def main() -> int:
    """Build from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--people", type=int, default=100_000)
    parser.add_argument("--cases", type=int, default=20_000)
    parser.add_argument("--services", type=int, default=400_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    prepare(options.folder)
    made = build(
        people=options.people, cases=options.cases, services=options.services, seed=options.seed
    )
    print(made)
    return 0


if __name__ == "__main__":
    sys.exit(main())
