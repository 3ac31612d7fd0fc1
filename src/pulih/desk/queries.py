"""What the first page and the search box show, each for a user."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from pulih.access.models import User
from pulih.access.policy import Action
from pulih.access.roles import Role
from pulih.cases.models import Case, CounterService, Report
from pulih.cases.queries.cases import Wanted, list_cases
from pulih.cases.queries.counter import due_services, find_service
from pulih.cases.queries.intake import WantedReports, find_report, list_reports
from pulih.cases.rules import Blocker, needs_met_of, next_steps
from pulih.cases.stages import ENDED
from pulih.desk.mail_queries import WantedLetters, list_letters
from pulih.desk.models import IncomingLetter
from pulih.inbox.queries import Day, my_day
from pulih.people.models import Person
from pulih.people.queries.duplicates import list_pairs
from pulih.people.queries.people import PeopleFilter, list_people

CASES_LOOKED_AT = 30
SHOWN = 8
FOUND = 10


@dataclass(frozen=True, slots=True)
class BlockedCase:
    """A case whose next step is blocked, by the first thing that is missing."""

    case: Case
    blocker: Blocker


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything on somebody's first page."""

    day: Day
    reports: list[Report] = field(default_factory=list)
    cases: list[Case] = field(default_factory=list)
    blocked: list[BlockedCase] = field(default_factory=list)
    pairs: int = 0
    promised: list[CounterService] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        """Is there nothing at all to show?"""
        day = self.day
        parts: tuple[Sequence[object], ...] = (
            *(day.due, day.new, day.waiting, day.blocked, day.notices, day.entries),
            *(self.reports, self.cases, self.blocked, self.promised),
        )
        return not any(parts) and not self.pairs


def desk_of(user: User, *, today: dt.date) -> Desk:
    """What is due, new, waiting and blocked for a user, by what their roles let them do."""
    cases: list[Case] = []
    if user.may(Action.CASE_WORK):
        mine = list_cases(Wanted(mine=True, ended=False), user=user)
        cases = list(mine[:CASES_LOOKED_AT])
    reports: list[Report] = []
    if user.may(Action.REPORT_READ):
        new = list_reports(WantedReports(state=Report.State.NEW), user=user)
        reports = list(new[:SHOWN])
    pairs = 0
    if user.may(Action.PERSON_MERGE):
        pairs = list_pairs(user=user, state="open").count()
    return Desk(
        day=my_day(user=user, today=today),
        reports=reports,
        cases=cases[:SHOWN],
        blocked=_blocked(cases),
        pairs=pairs,
        promised=_promised(user, today),
    )


def _promised(user: User, today: dt.date) -> list[CounterService]:
    """What colleagues promised at the counter by today; one's own are tasks already."""
    if not user.holds(Role.FRONT_DESK):
        return []
    return due_services(user=user, today=today, of_others=True)


def _blocked(cases: Sequence[Case]) -> list[BlockedCase]:
    """The cases that cannot take their next step, the longest-standing first."""
    met = needs_met_of(cases) if cases else {}
    found = []
    for case in cases:
        if case.stage in ENDED:
            continue
        steps = [step for step in next_steps(case, met[case.pk]) if not step.move.is_return]
        if steps and not any(step.is_open for step in steps):
            found.append(BlockedCase(case, steps[0].blockers[0]))
    found.sort(key=lambda one: one.case.stage_since)
    return found[:SHOWN]


@dataclass(frozen=True, slots=True)
class Found:
    """What the search box found, of what the user may see."""

    people: list[Person] = field(default_factory=list)
    cases: list[Case] = field(default_factory=list)
    report: Report | None = None
    service: CounterService | None = None
    letters: list[IncomingLetter] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        """Was nothing found?"""
        return not (self.people or self.cases or self.report or self.service or self.letters)


def search(text: str, *, user: User) -> Found:
    """People, cases, a report, a counter service, incoming letters: by name, number or NIK."""
    if not text.strip():
        return Found()
    people: list[Person] = []
    cases: list[Case] = []
    if user.may(Action.PERSON_READ):
        people = list(list_people(user=user, narrowed=PeopleFilter(text=text))[:FOUND])
    if user.may(Action.CASE_READ):
        cases = list(list_cases(Wanted(text=text), user=user)[:FOUND])
    # Their numbers have digits; a name need not be looked up as one.
    numbered = any(letter.isdigit() for letter in text)
    reads_reports, reads_counter = user.may(Action.REPORT_READ), user.may(Action.COUNTER_READ)
    report = find_report(text, user=user) if numbered and reads_reports else None
    service = find_service(text, user=user) if numbered and reads_counter else None
    letters: list[IncomingLetter] = []
    if user.may(Action.MAIL_READ):
        letters = list(list_letters(WantedLetters(text=text.strip()), user=user)[:FOUND])
    return Found(people, cases, report, service, letters)
