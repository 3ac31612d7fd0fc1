"""Reads of tasks, notices and appointments, for the user who asks."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass, field
from enum import StrEnum

from django.db.models import Count, F, Q, QuerySet
from django.shortcuts import get_object_or_404

from pulih.access.models import RoleGrant, User
from pulih.access.policy import Action
from pulih.access.scope import compartments_of
from pulih.common.clock import today
from pulih.inbox import rules
from pulih.inbox.models import CalendarEntry, Notice, Task
from pulih.inbox.rules import shut_subjects

DAY_LIMIT = 100
"""Rows that a day reads at most; nobody works through more in one."""
NOTICE_LIMIT = 20
DONE_DAYS = 90


class Tab(StrEnum):
    """The parts of the task list."""

    TODAY = "hari-ini"
    OVERDUE = "terlambat"
    UPCOMING = "mendatang"
    WAITING = "menunggu"
    DONE = "selesai"


@dataclass(frozen=True, slots=True)
class Day:
    """What a user's day holds; each task stands in one group only."""

    due: list[Task] = field(default_factory=list)
    new: list[Task] = field(default_factory=list)
    waiting: list[Task] = field(default_factory=list)
    blocked: list[Task] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    entries: list[CalendarEntry] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Counts:
    """Figures for the menu: open tasks due, of them late, unread notices."""

    due: int
    late: int
    unread: int

    @property
    def badge(self) -> int:
        """What the menu shows."""
        return self.due + self.unread


def _held(user: User) -> Q:
    """Held by the user: the same as `rules.holds`, as a condition."""
    queues = Q(pk__in=())
    for grant in user.current_grants:
        queues |= Q(queue_role=grant.role) & (
            Q(queue_section=None) | Q(queue_section=grant.section_id)
        )
    return Q(owner=user) | Q(owner=None) & queues


def _tabs(user: User, today: dt.date) -> dict[Tab, Q]:
    held, awake = _held(user), Q(snoozed_until=None) | Q(snoozed_until__lte=today)
    free = held & awake & Q(is_waiting=False, is_blocked=False)
    return {
        Tab.TODAY: free & (Q(due_on=today) | Q(due_on=None)),
        Tab.OVERDUE: held & awake & Q(due_on__lt=today),
        Tab.UPCOMING: held & (Q(due_on__gt=today) | Q(snoozed_until__gt=today)),
        Tab.WAITING: held & (Q(is_waiting=True) | Q(is_blocked=True)) | Q(created_by=user) & ~held,
    }


def list_tasks(tab: Tab, *, user: User, today: dt.date) -> QuerySet[Task]:
    """The tasks of a tab, the most pressing first."""
    rows = Task.objects.visible_to(user).select_related("owner", "queue_section", "created_by")
    if tab == Tab.DONE:
        since = today - dt.timedelta(days=DONE_DAYS)
        return rows.filter(done_by=user, done_at__date__gte=since).order_by("-done_at")
    return rows.filter(_tabs(user, today)[tab], done_at=None).order_by(
        F("due_on").asc(nulls_last=True), "priority", "created_at"
    )


def count_tabs(*, user: User, today: dt.date) -> dict[Tab, int]:
    """How many open tasks each tab has; one query."""
    rows = Task.objects.visible_to(user).filter(done_at=None)
    conditions = _tabs(user, today)
    found = rows.aggregate(**{tab.name: Count("pk", filter=q) for tab, q in conditions.items()})
    return {tab: found[tab.name] for tab in conditions}


def counts(*, user: User, today: dt.date) -> Counts:
    """The figures of the menu; two queries."""
    tabs = count_tabs(user=user, today=today)
    unread = Notice.objects.visible_to(user).filter(read_at=None).count()
    return Counts(tabs[Tab.TODAY] + tabs[Tab.OVERDUE], tabs[Tab.OVERDUE], unread)


def my_day(*, user: User, today: dt.date) -> Day:
    """What is due, new, waiting and blocked for a user, with notices and appointments.

    Three queries. A task that is put off stays out until its day; a blocked or waiting one
    stands there even when it is due, because that is what must be dealt with first.
    """
    awake = Q(snoozed_until=None) | Q(snoozed_until__lte=today)
    of_today = Q(due_on__lte=today) | Q(due_on=None) | Q(seen_at=None)
    rows = (
        Task.objects.visible_to(user)
        .filter(awake & (of_today | Q(is_waiting=True) | Q(is_blocked=True)), done_at=None)
        .select_related("owner", "queue_section", "created_by")
        .order_by(F("due_on").asc(nulls_last=True), "priority", "created_at")
    )
    day = Day(
        notices=list(list_notices(user=user).filter(read_at=None)[:NOTICE_LIMIT]),
        entries=list(list_entries(user=user, first=today, last=today)),
    )
    for task in rows[:DAY_LIMIT]:
        _group(day, task, user, today).append(task)
    return day


def _group(day: Day, task: Task, user: User, today: dt.date) -> list[Task]:
    if not rules.holds(user, task):
        return day.waiting
    if task.is_blocked:
        return day.blocked
    if task.is_waiting:
        return day.waiting
    if task.due_on is None or task.due_on <= today:
        return day.due
    return day.new


def get_task(pk: uuid.UUID, *, user: User) -> Task:
    """One task, or 404: what the user may not see does not exist."""
    rows = Task.objects.visible_to(user).select_related(
        "owner", "queue_section", "created_by", "done_by", "compartment", "office"
    )
    return get_object_or_404(rows, pk=pk)


def list_receivers(task: Task, *, user: User) -> QuerySet[User]:
    """Who may be given the task: colleagues who work now and may know of its subject."""
    rows = User.objects.filter(office=user.office_id, is_active=True)
    if task.owner_id is not None:
        rows = rows.exclude(pk=task.owner_id)
    if task.compartment_id is not None:
        named = [row.pk for row in rows if _is_named(row, task)]
        rows = rows.filter(pk__in=named)
    return rows.order_by("full_name")


def _is_named(user: User, task: Task) -> bool:
    return compartments_of(user).filter(compartment=task.compartment_id).exists()


def list_notices(*, user: User) -> QuerySet[Notice]:
    """The user's notices, newest first."""
    return Notice.objects.visible_to(user).order_by("-created_at")


def list_entries(*, user: User, first: dt.date, last: dt.date) -> QuerySet[CalendarEntry]:
    """The user's appointments from a day to a day, in their order."""
    rows = CalendarEntry.objects.visible_to(user).filter(
        held_on__gte=first, held_on__lte=last, cancelled_at=None
    )
    return rows.order_by("held_on", F("starts_at").asc(nulls_first=True))


def get_entry(pk: uuid.UUID, *, user: User) -> CalendarEntry:
    """One appointment of the user, or 404."""
    return get_object_or_404(CalendarEntry.objects.visible_to(user), pk=pk, cancelled_at=None)


def list_due(*, user: User, first: dt.date, last: dt.date) -> list[Task]:
    """The user's open tasks that are due from a day to a day, for the calendar."""
    rows = Task.objects.visible_to(user).filter(
        _held(user), done_at=None, due_on__gte=first, due_on__lte=last
    )
    return list(rows.order_by("due_on", "priority")[:DAY_LIMIT])


@dataclass(frozen=True, slots=True)
class Stuck:
    """What nobody now present can decide: tasks by number, and how many are sealed."""

    tasks: list[Task]
    sealed: int


def stuck_tasks(*, user: User) -> Stuck:
    """Open tasks of the office whose holder is not here: for whoever can see to an acting officer.

    A queue is empty where nobody holds its role in its section today, or only who asked: nobody
    decides on their own. A task of somebody without a role today waits in vain as well. What is
    sealed to the reader is counted, not shown.
    """
    if not user.may(Action.STUCK_WATCH):
        return Stuck([], 0)
    rows = Task.objects.unscoped(reason="the head sees what waits for nobody, by its number")
    rows = rows.filter(office=user.office_id, done_at=None).exclude(shut_subjects(user))
    present, held = _holders_of_today(user.office_id)
    rows = rows.filter(Q(owner=None) | ~Q(owner__in=present))
    named = set(compartments_of(user))
    found, sealed = [], 0
    for task in rows.select_related("owner", "queue_section", "created_by").order_by("due_on"):
        holders = held.get((task.queue_role, task.queue_section_id), set())
        if task.owner_id is None and holders - {task.created_by_id}:
            continue
        if task.compartment_id is not None and task.compartment_id not in named:
            sealed += 1
        else:
            found.append(task)
    return Stuck(found[:DAY_LIMIT], sealed)


def _holders_of_today(
    office: uuid.UUID,
) -> tuple[set[uuid.UUID], dict[tuple[str, uuid.UUID | None], set[uuid.UUID]]]:
    """Who has a role today, and who holds which role in which section (None: in any)."""
    day = today()
    grants = RoleGrant.objects.filter(
        Q(valid_until=None) | Q(valid_until__gte=day),
        valid_from__lte=day,
        user__office=office,
        user__is_active=True,
    )
    present: set[uuid.UUID] = set()
    held: dict[tuple[str, uuid.UUID | None], set[uuid.UUID]] = {}
    for grant in grants:
        present.add(grant.user_id)
        if grant.unit_id is None:
            held.setdefault((grant.role, grant.section_id), set()).add(grant.user_id)
            held.setdefault((grant.role, None), set()).add(grant.user_id)
    return present, held
