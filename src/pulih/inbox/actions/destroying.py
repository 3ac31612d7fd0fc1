"""Destroying tasks, notices and appointments with the record that they were about."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from pulih.inbox.models import CalendarEntry, Notice, Task

DESTROYED = "the record is destroyed; its action has asked its own rule"


def destroy_inbox(subjects: Collection[UUID]) -> int:
    """Destroy what was asked, told and planned about records that are destroyed.

    Called inside the action that destroys the records, which has asked its own rule.

    Returns:
        How many rows.
    """
    tasks = Task.objects.unscoped(reason=DESTROYED).filter(subject_id__in=subjects)
    # A series hangs together by its links, which go first.
    tasks.update(follows=None)
    count = 0
    for rows in (
        tasks,
        Notice.objects.unscoped(reason=DESTROYED).filter(subject_id__in=subjects),
        CalendarEntry.objects.unscoped(reason=DESTROYED).filter(subject_id__in=subjects),
    ):
        count += rows.delete()[0]
    return count
