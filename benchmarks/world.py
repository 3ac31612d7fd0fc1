"""Builds the office that the benches measure: people, cases and services of a given size.

    python benchmarks/world.py FOLDER --people 100000 --cases 20000 --services 400000

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
