"""What the holder of a task does with it."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from pulih.access import audit
from pulih.access.models import User
from pulih.common.clock import now, today
from pulih.common.errors import RuleError
from pulih.inbox import rules
from pulih.inbox.models import Queue, Task

LOCK = "re-read under a lock; the rule is asked on the row that is locked"


def _locked(task: Task) -> Task:
    rows = Task.objects.unscoped(reason=LOCK).select_for_update(of=("self",))
    return rows.select_related("office", "owner", "queue_section").get(pk=task.pk)


def _still_open(task: Task) -> None:
    if not task.is_open:
        raise RuleError(_("This task has ended already."), rule="R-INBOX-1")


@transaction.atomic
def complete_task(*, task: Task, outcome: str = "", by: User) -> Task:
    """End a task as done; the next one of its series is opened.

    Args:
        task: any task that `by` holds.
        outcome: what came of it; encrypted.

    Raises:
        PermissionDenied: somebody else holds it.
        RuleError: it has ended already.

    Source: R-INBOX-1, docs/rules/inbox.md.
    """
    task = _locked(task)
    rules.may_work(by, task).require()
    _still_open(task)
    task.done_at, task.done_by, task.ending = now(), by, Task.Ending.DONE
    task.outcome = outcome
    task.save(update_fields=["done_at", "done_by", "ending", "outcome"])
    audit.record("task.completed", actor=by, subject=task)
    due = rules.next_due(task, after=max(today(), task.due_on or today()))
    if due is not None:
        _open_next(task, due, by)
    return task


def _open_next(task: Task, due: dt.date, by: User) -> None:
    kept = (
        *("office", "compartment", "subject_kind", "subject_id", "subject_label"),
        *("url_name", "url_kwargs", "kind", "title", "body", "owner", "queue_role"),
        *("queue_section", "priority", "recurrence", "every_days", "anchor_on", "created_by"),
    )
    following = Task(due_on=due, follows=task)
    for name in kept:
        setattr(following, name, getattr(task, name))
    following.save(force_insert=True)
    audit.record("task.opened", actor=by, subject=following)


@transaction.atomic
def snooze_task(*, task: Task, until: dt.date, reason: str, by: User) -> Task:
    """Put a task off until a day, with the reason.

    Args:
        until: a later day; the task stays out of the day's list until then.
        reason: why; encrypted.

    Raises:
        PermissionDenied: somebody else holds it.
        RuleError: the day is not later, there is no reason, or the task has ended.

    Source: R-INBOX-6, docs/rules/inbox.md.
    """
    task = _locked(task)
    rules.may_work(by, task).require()
    _still_open(task)
    if until <= today():
        raise RuleError(_("Choose a day after today."), rule="R-INBOX-6")
    if not reason.strip():
        raise RuleError(_("Say why it is put off."), rule="R-INBOX-6")
    task.snoozed_until, task.snooze_reason = until, reason
    task.save(update_fields=["snoozed_until", "snooze_reason"])
    audit.record(
        "task.snoozed", actor=by, subject=task, reason=reason, detail={"until": str(until)}
    )
    return task


@transaction.atomic
def reassign_task(*, task: Task, to: User | Queue, reason: str = "", by: User) -> Task:
    """Give a task to another user or queue, or take it out of a queue.

    Args:
        to: somebody of the same office; of a sealed subject, somebody named to know of it.
        reason: why; kept in the trail.

    Raises:
        PermissionDenied: `by` neither holds the task nor asked for it.
        RuleError: the other may not know, is of another office, or the task has ended.

    Source: R-INBOX-2 and R-INBOX-3, docs/rules/inbox.md.
    """
    task = _locked(task)
    rules.may_hand_over(by, task).require()
    _still_open(task)
    _check_receiver(task, to)
    before = rules.holder_of(task)
    task.owner = to if isinstance(to, User) else None
    task.queue_role = to.role if isinstance(to, Queue) else ""
    task.queue_section = to.section if isinstance(to, Queue) else None
    task.seen_at = None
    task.save(update_fields=["owner", "queue_role", "queue_section", "seen_at"])
    audit.record(
        "task.reassigned",
        actor=by,
        subject=task,
        reason=reason,
        detail={"from": before, "to": rules.holder_of(task)},
    )
    return task


def _check_receiver(task: Task, to: User | Queue) -> None:
    if isinstance(to, Queue):
        if not rules.fits(to, task):
            raise RuleError(_("That section is of another office."), rule="R-INBOX-2")
        return
    if to.office_id != task.office_id or not to.is_active:
        raise RuleError(_("This user does not work in the office now."), rule="R-INBOX-2")
    if not rules.may_know(to, task):
        raise RuleError(
            _("The task is about a sealed record, and this user is not named to know of it."),
            rule="R-INBOX-3",
        )


@transaction.atomic
def wait_for(*, task: Task, on: str, by: User) -> Task:
    """Say whose answer a task waits for; empty words end the wait.

    Args:
        on: who or what; encrypted.

    Raises:
        PermissionDenied: somebody else holds it.
        RuleError: it has ended.

    Source: R-INBOX-7, docs/rules/inbox.md.
    """
    task = _locked(task)
    rules.may_work(by, task).require()
    _still_open(task)
    task.waiting_on, task.is_waiting = on, bool(on)
    task.save(update_fields=["waiting_on", "is_waiting"])
    audit.record("task.waits" if on else "task.resumed", actor=by, subject=task, reason=on)
    return task


@transaction.atomic
def block_task(*, task: Task, reason: str, by: User) -> Task:
    """Say what keeps a task from being done.

    Args:
        reason: what must change first, and who can change it; encrypted.

    Raises:
        PermissionDenied: somebody else holds it.
        RuleError: there is no reason, or the task has ended.

    Source: R-INBOX-7, docs/rules/inbox.md.
    """
    task = _locked(task)
    rules.may_work(by, task).require()
    _still_open(task)
    if not reason.strip():
        raise RuleError(_("Say what blocks it."), rule="R-INBOX-7")
    task.is_blocked, task.blocked_reason = True, reason
    task.save(update_fields=["is_blocked", "blocked_reason"])
    audit.record("task.blocked", actor=by, subject=task, reason=reason)
    return task


@transaction.atomic
def unblock_task(*, task: Task, by: User) -> Task:
    """Say that nothing blocks a task any more.

    Raises:
        PermissionDenied: somebody else holds it.
        RuleError: it has ended.

    Source: R-INBOX-7, docs/rules/inbox.md.
    """
    task = _locked(task)
    rules.may_work(by, task).require()
    _still_open(task)
    task.is_blocked, task.blocked_reason = False, ""
    task.save(update_fields=["is_blocked", "blocked_reason"])
    audit.record("task.unblocked", actor=by, subject=task)
    return task


@transaction.atomic
def see_task(*, task: Task, by: User) -> Task:
    """Note that the holder has opened a new task; it is no longer new.

    Nothing happens for anybody else, or a second time.

    Source: R-INBOX-8, docs/rules/inbox.md.
    """
    task = _locked(task)
    if task.seen_at is None and task.is_open and rules.may_work(by, task):
        task.seen_at = now()
        task.save(update_fields=["seen_at"])
        audit.record("task.seen", actor=by, subject=task)
    return task
