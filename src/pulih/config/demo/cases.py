"""Three hundred invented cases in every stage and section."""

from __future__ import annotations

import datetime as dt
import random
from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from pulih.access.models import Office, User
from pulih.access.numbering import next_numbers
from pulih.cases.models import Case
from pulih.cases.stages import ENDED, Stage
from pulih.config.demo.texts import Story, story_for
from pulih.config.demo.writing import DAYS_IN_STAGE, CaseWriter, Frame
from pulih.people.models import Person, PpksStatus

COUNT = 292
STAGES = (
    (Stage.APPROACH, 24),
    (Stage.ASSESSMENT, 36),
    (Stage.PLANNING, 36),
    (Stage.INTERVENTION, 90),
    (Stage.RESOCIALISATION, 30),
    (Stage.TERMINATION, 36),
    (Stage.FOLLOW_UP, 48),
)


def build_cases(
    office: Office, users: dict[str, User], *, today: dt.date, draw: random.Random
) -> list[Case]:
    """Write the invented cases for people whose kind has a story."""
    people = _candidates(office)
    draw.shuffle(people)
    stages = [stage for stage, share in STAGES for _ in range(share)]
    draw.shuffle(stages)
    writer = CaseWriter(office, users, today, draw)
    chosen = []
    for (person, kind, story), stage in zip(people, stages[:COUNT], strict=False):
        latest = sum(DAYS_IN_STAGE[number] for number in range(1, stage))
        span = max(3, min(700, 20 + latest * 3))
        first = latest // 2 if stage not in ENDED else latest
        opened = today - dt.timedelta(days=first + draw.randint(1, span))
        chosen.append((opened, person, kind, story, stage))
    chosen.sort(key=lambda row: (row[0], str(row[1])))
    numbers = _numbers(office, [row[0] for row in chosen])
    cases = [
        writer.add(person, kind, story, Frame(number, stage, opened))
        for (opened, person, kind, story, stage), number in zip(chosen, numbers, strict=True)
    ]
    writer.write()
    return cases


def _candidates(office: Office) -> list[tuple[UUID, int, Story]]:
    rows = PpksStatus.objects.unscoped(reason="the demonstration chooses whose case it invents")
    statuses = rows.filter(person__office=office, is_primary=True).order_by("person__number")
    found = []
    per_story: defaultdict[int, int] = defaultdict(int)
    for person, kind in statuses.values_list("person", "kind"):
        story = story_for(kind)
        if story is not None and per_story[id(story)] < COUNT // 5:
            per_story[id(story)] += 1
            found.append((person, kind, story))
    named = Person.objects.unscoped(reason="as above").filter(status=Person.Status.IDENTIFIED)
    known = set(named.values_list("pk", flat=True))
    return [row for row in found if row[0] in known]


def _numbers(office: Office, days: Iterable[dt.date]) -> list[str]:
    return [next_numbers(office, "K", day.year)[0] for day in days]
