"""Tasks, notices and appointments follow their record into a compartment."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from pulih.access.models import Compartment
from pulih.inbox.models import CalendarEntry, Notice, Task

SEALED = "the record is sealed; its action has asked its own rule"


def move_inbox(subjects: Collection[UUID], compartment: Compartment) -> int:
    """Put what was asked, told and planned about records into a compartment.

    Called inside the action that seals the records: whoever is not named there finds none of it
    from now on.

    Returns:
        How many rows.
    """
    rows = (
        Task.objects.unscoped(reason=SEALED),
        Notice.objects.unscoped(reason=SEALED),
        CalendarEntry.objects.unscoped(reason=SEALED),
    )
    return sum(
        found.filter(subject_id__in=subjects).update(compartment=compartment) for found in rows
    )
