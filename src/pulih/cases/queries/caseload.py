"""Reading caseloads: who leads how much, how each case stands, and handovers."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet
from django.shortcuts import get_object_or_404

from pulih.access.models import Section, User
from pulih.access.policy import Action
from pulih.cases.models import (
    Case,
    CaseloadHandover,
    CaseNote,
    FollowUp,
    HandoverLine,
    Need,
    ServiceRecord,
    TeamMember,
)
from pulih.cases.queries.coming import dates_of
from pulih.inbox.models import CalendarEntry, Task

DATES_A_CASE = 4
WHY = "of cases that change hands; the titles name nobody"


@dataclass(frozen=True, slots=True)
class Load:
    """How many cases a worker has in hand in a section, of those the reader may hand over."""

    worker: User
    section: Section
    count: int


@dataclass(frozen=True, slots=True)
class Summary:
    """How a case stands, made from its data; days as ISO text, since it is kept as JSON.

    Attributes:
        tasks: the open tasks, each with its day or without, and its title.
        dates: the next dates that are no tasks.
    """

    stage: int
    since: str
    last_contact: str = ""
    tasks: list[list[str]] = field(default_factory=list)
    dates: list[list[str]] = field(default_factory=list)
    needs: list[str] = field(default_factory=list)


def cases_in_hand(worker: User, section: Section) -> QuerySet[Case]:
    """Every case that a worker leads in a section and has not done with, whoever asks.

    That is every running one, and an ended one as long as a task of the worker waits in it, such
    as a follow-up visit.
    """
    led = TeamMember.objects.filter(user=worker, is_lead=True, left_on=None)
    rows = Case.objects.unscoped(reason="the whole caseload, also what the starter may not know of")
    return (
        rows.filter(section=section, pk__in=led.values("case"))
        .annotate(waits=Exists(_tasks_of(worker.pk, OuterRef("pk"))))
        .filter(Q(ended_on=None) | Q(waits=True))
        .select_related("person", "compartment", "section", "office")
        .order_by("number")
    )


def caseload_of(worker: User, section: Section, *, user: User) -> list[Case]:
    """The cases in a worker's hands that the user may hand over."""
    mine = Case.objects.visible_to(user, Action.CASE_ASSIGN).values("pk")
    return list(cases_in_hand(worker, section).filter(pk__in=mine))


def loads(*, user: User) -> list[Load]:
    """Who has how many of the cases in hand that the user may hand over."""
    mine = Case.objects.visible_to(user, Action.CASE_ASSIGN)
    leads = TeamMember.objects.filter(is_lead=True, left_on=None, case__in=mine.values("pk"))
    waits = Exists(_tasks_of(OuterRef("user"), OuterRef("case")))
    leads = leads.annotate(waits=waits).filter(Q(case__ended_on=None) | Q(waits=True))
    rows = leads.values("user", "case__section").annotate(count=Count("pk"))
    users = User.objects.in_bulk({row["user"] for row in rows})
    sections = Section.objects.in_bulk({row["case__section"] for row in rows})
    found = [Load(users[row["user"]], sections[row["case__section"]], row["count"]) for row in rows]
    return sorted(found, key=lambda load: (load.section.name, load.worker.full_name))


def summaries(cases: Collection[Case], *, holder: User) -> dict[UUID, Summary]:
    """How each of some cases stands; the tasks are those that the holder has."""
    keys = [case.pk for case in cases]
    contacts = _last_contacts(keys)
    tasks = Task.objects.unscoped(reason=WHY).filter(owner=holder, done_at=None)
    entries = CalendarEntry.objects.unscoped(reason=WHY).filter(owner=holder)
    dates = dates_of(cases, tasks.none(), entries)
    titles: defaultdict[UUID, list[list[str]]] = defaultdict(list)
    for task in tasks.filter(subject_id__in=keys).order_by("due_on"):
        if task.subject_id is not None:
            due = task.due_on.isoformat() if task.due_on else ""
            titles[task.subject_id].append([due, task.title])
    needs: defaultdict[UUID, list[str]] = defaultdict(list)
    for need in Need.objects.filter(case__in=keys, state=Need.State.OPEN):
        needs[need.case_id].append(str(need.text) or str(need.get_kind_display()))
    return {
        case.pk: Summary(
            stage=int(case.stage),
            since=case.stage_since.isoformat(),
            last_contact=contacts.get(case.pk, ""),
            tasks=titles[case.pk],
            dates=[[one.on.isoformat(), one.what] for one in dates[case.pk]][:DATES_A_CASE],
            needs=needs[case.pk],
        )
        for case in cases
    }


def list_handovers(*, user: User) -> QuerySet[CaseloadHandover]:
    """The handovers that the user signs or heads, those that wait first."""
    rows = CaseloadHandover.objects.visible_to(user).select_related("worker", "section")
    return rows.order_by("ended_on", "-started_on", "-number")


def get_handover(key: UUID, *, user: User) -> CaseloadHandover:
    """One handover, or 404."""
    rows = CaseloadHandover.objects.visible_to(user).select_related(
        "worker", "section", "office", "started_by", "signed_by", "ended_by"
    )
    return get_object_or_404(rows, pk=key)


def lines_of(handover: CaseloadHandover, *, user: User) -> list[HandoverLine]:
    """The lines of a handover whose case the reader may know of."""
    rows = HandoverLine.objects.visible_to(user).filter(handover=handover)
    rows = rows.select_related("case__person", "case__compartment", "successor", "handover")
    return list(rows.order_by("successor__full_name", "case__number"))


def get_line(handover: CaseloadHandover, key: UUID, *, user: User) -> HandoverLine:
    """One line of a handover, or 404."""
    rows = HandoverLine.objects.visible_to(user).filter(handover=handover)
    return get_object_or_404(rows.select_related("handover", "case"), pk=key)


def _tasks_of(holder: UUID | OuterRef, case: OuterRef) -> QuerySet[Task]:
    rows = Task.objects.unscoped(reason="whether a task waits in a case; nobody reads it")
    return rows.filter(owner=holder, subject_id=case, done_at=None)


def _last_contacts(keys: Collection[UUID]) -> dict[UUID, str]:
    """The last day on which somebody of the office met or wrote of the client."""
    given = ServiceRecord.objects.unscoped(reason=WHY).filter(
        case__in=keys, state=ServiceRecord.State.PROVIDED
    )
    days: defaultdict[UUID, list[dt.date]] = defaultdict(list)
    for rows, column in (
        (given, "provided_on"),
        (FollowUp.objects.filter(case__in=keys), "visited_on"),
        (CaseNote.objects.filter(case__in=keys), "written_on"),
    ):
        latest = (
            rows.order_by().values("case").annotate(last=Max(column, filter=~Q(**{column: None})))
        )
        for row in latest:
            days[row["case"]].append(row["last"])
    return {key: max(found).isoformat() for key, found in days.items()}
