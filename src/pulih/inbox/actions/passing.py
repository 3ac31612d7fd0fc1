"""Passing what somebody holds about some records on to a colleague, all at once."""

from __future__ import annotations

import uuid
from collections.abc import Collection

from django.db import transaction
from django.utils.translation import gettext as _

from pulih.access import audit
from pulih.access.models import User
from pulih.common.clock import today
from pulih.common.errors import RuleError
from pulih.inbox import rules
from pulih.inbox.models import CalendarEntry, Task

OF_SUBJECTS = "the records change hands: what is open about them goes along"


@transaction.atomic
def pass_on(
    *, subject_ids: Collection[uuid.UUID], holder: User, to: User, reason: str, by: User
) -> int:
    """Give the open tasks and coming appointments about some records to another user.

    No rule of tasks is asked: the action of the app above, which passes the records on, has asked
    its own. Whoever may not know of a sealed record gets nothing about it.

    Args:
        subject_ids: keys of the records.
        holder: who holds the tasks and appointments now.
        to: who gets them.

    Returns:
        How many went over.

    Raises:
        RuleError: one is about a sealed record and `to` is not named to know of it.

    Source: R-INBOX-11, docs/rules/inbox.md.
    """
    tasks = Task.objects.unscoped(reason=OF_SUBJECTS).select_for_update(of=("self",))
    entries = CalendarEntry.objects.unscoped(reason=OF_SUBJECTS).select_for_update(of=("self",))
    found: list[Task | CalendarEntry] = [
        *tasks.filter(owner=holder, done_at=None, subject_id__in=subject_ids),
        *entries.filter(
            owner=holder, cancelled_at=None, held_on__gte=today(), subject_id__in=subject_ids
        ),
    ]
    for row in found:
        if not rules.may_know(to, row):
            raise RuleError(
                _("The task is about a sealed record, and this user is not named to know of it."),
                rule="R-INBOX-11",
            )
        if isinstance(row, CalendarEntry) and entries.filter(owner=to, key=row.key).exists():
            row.key = ""  # an owner has a key once; the appointment stays all the same
        row.owner = to
        row.save(update_fields=["owner", "key"])
        if isinstance(row, Task):
            audit.record("task.reassigned", actor=by, subject=row, reason=reason)
        else:
            audit.record("appointment.reassigned", actor=by, subject=row, reason=reason)
    return len(found)
