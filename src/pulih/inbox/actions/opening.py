"""Asking for something to be done, and taking it back."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from pulih.access import audit
from pulih.access.models import User
from pulih.common.clock import now
from pulih.common.errors import RuleError
from pulih.inbox.actions.once import once
from pulih.inbox.models import Queue, Subject, Task

ONE_KEY = "a key opens one task, whoever asks again"
OF_SUBJECT = "the subject has ended: its tasks end with it, whoever holds them"


@dataclass(frozen=True, slots=True)
class When:
    """When a task is due, how urgent it is, and how often it returns."""

    due_on: dt.date | None = None
    priority: Task.Priority = Task.Priority.NORMAL
    recurrence: Task.Recurrence = Task.Recurrence.NONE
    every_days: int | None = None


@transaction.atomic
def open_task(
    *,
    kind: str,
    title: str,
    about: Subject,
    to: User | Queue,
    when: When | None = None,
    body: str = "",
    key: str = "",
    by: User | None,
) -> Task:
    """Open a task for a user or for a queue; asking twice with one key gives the same task.

    Args:
        kind: what it asks, such as `approve_plan`.
        title: made from words and a number; never a client's name.
        about: the record it is about; its compartment decides who may see the task.
        to: a user, or the queue of a role.
        when: due date, priority, recurrence; default no date, normal, once.
        body: more words, encrypted; may name a client.
        key: with it a second call changes nothing, also after the task was done.
        by: who asks; None for the system itself.

    Raises:
        RuleError: the recurrence has no date to count from, or no number of days.

    Source: R-INBOX-4, docs/rules/inbox.md.
    """
    when = when or When()
    _check_recurrence(when)

    def find() -> Task | None:
        if not key:
            return None
        rows = Task.objects.unscoped(reason=ONE_KEY)
        return rows.filter(office=about.office, key=key).first()

    def make() -> Task:
        row = Task(
            kind=kind,
            title=title,
            body=body,
            owner=to if isinstance(to, User) else None,
            queue_role=to.role if isinstance(to, Queue) else "",
            queue_section=to.section if isinstance(to, Queue) else None,
            due_on=when.due_on,
            priority=when.priority,
            recurrence=when.recurrence,
            every_days=when.every_days,
            anchor_on=when.due_on,
            key=key,
            created_by=by,
        )
        about.describe(row)
        row.save(force_insert=True)
        return row

    task, is_new = once(find, make)
    if is_new:
        audit.record("task.opened", actor=by, subject=task, office=about.office)
    return task


def _check_recurrence(when: When) -> None:
    if when.recurrence == Task.Recurrence.NONE:
        return
    if when.due_on is None:
        raise RuleError(_("A task that returns needs a first date."), rule="R-INBOX-4")
    if when.recurrence == Task.Recurrence.EVERY and not when.every_days:
        raise RuleError(_("Say every how many days the task returns."), rule="R-INBOX-4")


@transaction.atomic
def drop_tasks(
    *,
    subject_id: uuid.UUID,
    kind: str = "",
    due_until: dt.date | None = None,
    reason: str = "",
    by: User | None,
) -> list[Task]:
    """End the open tasks about a record, because nobody needs them any more.

    Their keys become free again: if the need returns, so does the task. No rule is asked: the
    action of the app above, which ends the subject, has asked its own.

    Args:
        subject_id: key of the record.
        kind: only tasks of this kind; default all.
        due_until: only tasks that were due by this day; default also the later ones.
        reason: why, kept as their outcome.
        by: who ended the subject; None for the system itself.

    Source: R-INBOX-5, docs/rules/inbox.md.
    """
    rows = Task.objects.unscoped(reason=OF_SUBJECT).select_for_update(of=("self",))
    rows = rows.filter(subject_id=subject_id, done_at=None).select_related("office")
    if due_until is not None:
        rows = rows.filter(due_on__lte=due_until)
    tasks = list(rows.filter(kind=kind) if kind else rows)
    for task in tasks:
        task.done_at, task.done_by, task.ending = now(), by, Task.Ending.DROPPED
        task.outcome, task.key = reason, ""
        task.save(update_fields=["done_at", "done_by", "ending", "outcome", "key"])
        audit.record("task.dropped", actor=by, subject=task, reason=reason, office=task.office)
    return tasks


@transaction.atomic
def resume_tasks(*, subject_id: uuid.UUID, kind: str, by: User | None) -> list[Task]:
    """What the open tasks about a record waited for has come: they go on.

    No rule is asked: the action of the app above, in which the answer came, has asked its own.

    Args:
        subject_id: key of the record.
        kind: only tasks of this kind.
        by: whose answer it was.

    Source: R-INBOX-7, docs/rules/inbox.md.
    """
    rows = Task.objects.unscoped(reason=OF_SUBJECT).select_for_update(of=("self",))
    rows = rows.filter(subject_id=subject_id, kind=kind, done_at=None, is_waiting=True)
    tasks = list(rows.select_related("office"))
    for task in tasks:
        task.waiting_on, task.is_waiting, task.seen_at = "", False, None
        task.save(update_fields=["waiting_on", "is_waiting", "seen_at"])
        audit.record("task.resumed", actor=by, subject=task, office=task.office)
    return tasks
