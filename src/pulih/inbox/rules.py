"""Who may do what with a task, and when the next one of a series is due."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Callable

from django.db.models import Q
from django.utils.translation import gettext as _

from pulih.access import rules as access
from pulih.access import scope
from pulih.access.decisions import ALLOW, Decision, deny
from pulih.access.models import User
from pulih.access.policy import Action
from pulih.inbox.models import About, Queue, Task

_shut: list[Callable[[User], Q]] = []


def register_shut(condition: Callable[[User], Q]) -> None:
    """Say which subjects are shut to a user, as a condition on `subject_id`; once, at start.

    The app above that knows conflicts of interest says it; the inbox only hides (R-INBOX-12).
    """
    _shut.append(condition)


def shut_subjects(user: User) -> Q:
    """The rows about subjects that are shut to the user."""
    found = scope.NOTHING
    for condition in _shut:
        found |= condition(user)
    return found


def holds(user: User, task: Task) -> bool:
    """Is the task the user's own, or in a queue that the user serves today?"""
    if task.owner_id is not None:
        return task.owner_id == user.pk
    return any(
        grant.role == task.queue_role
        and grant.unit_id is None
        and task.queue_section_id in (None, grant.section_id)
        for grant in user.current_grants
    )


def may_work(user: User, task: Task) -> Decision:
    """The holder completes, snoozes and waits (R-INBOX-1)."""
    decision = access.may(user, Action.TASK_WORK, task)
    if not decision:
        return decision
    if holds(user, task):
        return ALLOW
    return deny(_("This task is held by somebody else."), who=holder_of(task))


def may_hand_over(user: User, task: Task) -> Decision:
    """The holder and whoever asked for it hand a task to somebody else (R-INBOX-2)."""
    return access.may(user, Action.TASK_WORK, task)


def may_know(user: User, row: About) -> bool:
    """May the user be told of the row's subject, if that is sealed? (R-INBOX-3)"""
    if row.compartment_id is None:
        return True
    return scope.compartments_of(user).filter(compartment=row.compartment_id).exists()


def holder_of(task: Task) -> str:
    """Who has the task, in words."""
    if task.owner is not None:
        return task.owner.full_name
    role = str(task.get_queue_role_display())
    return f"{role}, {task.queue_section}" if task.queue_section else role


def fits(queue: Queue, task: Task) -> bool:
    """Does the queue belong to the task's office?"""
    return queue.section is None or queue.section.office_id == task.office_id


def next_due(task: Task, *, after: dt.date) -> dt.date | None:
    """The first date of the task's series later than `after`, or None for a task done once."""
    anchor = task.anchor_on or task.due_on or after
    if task.recurrence == Task.Recurrence.NONE:
        return None
    if task.recurrence == Task.Recurrence.MONTHLY:
        return _next_month_day(anchor, after)
    days = {Task.Recurrence.DAILY: 1, Task.Recurrence.WEEKLY: 7}
    step = days.get(Task.Recurrence(task.recurrence), task.every_days or 1)
    periods = max(0, (after - anchor).days // step) + 1
    if anchor > after:
        periods = 0
    return anchor + dt.timedelta(days=periods * step)


def _next_month_day(anchor: dt.date, after: dt.date) -> dt.date:
    """The anchor's day of the month; the last day where a month is shorter."""
    year, month = max(anchor, after).year, max(anchor, after).month
    while True:
        day = min(anchor.day, calendar.monthrange(year, month)[1])
        found = dt.date(year, month, day)
        if found > after:
            return found
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
