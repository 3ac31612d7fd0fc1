"""Ends the tasks about a record when what they ask for has happened; called inside an action."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from pulih.access.models import User
from pulih.inbox.actions import complete_task, drop_tasks
from pulih.inbox.models import Task
from pulih.inbox.rules import may_work


def end_tasks(
    subject_id: UUID, by: User | None, *, kind: str = "", due_until: dt.date | None = None
) -> None:
    """End what was asked: done by whoever holds it, otherwise no longer needed.

    Args:
        by: None for somebody without an account.
        kind: only tasks of this kind; default all.
        due_until: only tasks that were due by this day; default also the later ones.
    """
    rows = Task.objects.unscoped(reason="what was asked is done, whoever holds the task")
    waiting = rows.filter(subject_id=subject_id, done_at=None)
    if kind:
        waiting = waiting.filter(kind=kind)
    if due_until is not None:
        waiting = waiting.filter(due_on__lte=due_until)
    for task in waiting:
        if by is not None and may_work(by, task):
            complete_task(task=task, by=by)
    drop_tasks(subject_id=subject_id, kind=kind, due_until=due_until, by=by)
