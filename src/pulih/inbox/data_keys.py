"""Which rows lie under the key of the sealed record that they belong to."""

from __future__ import annotations

from pulih.common.sealed_units import hold
from pulih.inbox.models import CalendarEntry, Notice, Task


def install() -> None:
    """Tell the encrypted fields."""
    hold(Task, key="subject_id")
    hold(Notice, key="subject_id")
    hold(CalendarEntry, key="subject_id")
