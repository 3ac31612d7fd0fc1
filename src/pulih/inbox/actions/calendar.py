"""Appointments."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from pulih.access import audit
from pulih.access import rules as access
from pulih.access.models import User
from pulih.access.policy import Action
from pulih.common.clock import now
from pulih.common.errors import RuleError
from pulih.inbox.actions.once import once
from pulih.inbox.models import CalendarEntry, Subject

ONE_KEY = "a key makes one appointment of an owner"


@dataclass(frozen=True, slots=True)
class Slot:
    """When and where."""

    held_on: dt.date
    starts_at: dt.time | None = None
    ends_at: dt.time | None = None
    place: str = ""


@transaction.atomic
def add_entry(
    *,
    title: str,
    about: Subject,
    to: User,
    slot: Slot,
    kind: str = "",
    note: str = "",
    key: str = "",
    by: User | None,
) -> CalendarEntry:
    """Put an appointment into a user's calendar; with one key only once.

    Args:
        title: words and a number, never a client's name.
        to: whose calendar.
        slot: day, time, place; the place is encrypted.
        note: more words, encrypted.

    Raises:
        RuleError: it ends before it starts, or has an end without a start.

    Source: R-INBOX-10, docs/rules/inbox.md.
    """
    if slot.ends_at and (slot.starts_at is None or slot.ends_at < slot.starts_at):
        raise RuleError(_("An appointment ends after it starts."), rule="R-INBOX-10")

    def find() -> CalendarEntry | None:
        if not key:
            return None
        return CalendarEntry.objects.unscoped(reason=ONE_KEY).filter(owner=to, key=key).first()

    def make() -> CalendarEntry:
        row = CalendarEntry(
            kind=kind,
            title=title,
            place=slot.place,
            note=note,
            owner=to,
            held_on=slot.held_on,
            starts_at=slot.starts_at,
            ends_at=slot.ends_at,
            key=key,
            created_by=by,
        )
        about.describe(row)
        row.save(force_insert=True)
        return row

    entry, is_new = once(find, make)
    if is_new:
        audit.record("appointment.added", actor=by, subject=entry, office=about.office)
    return entry


@transaction.atomic
def cancel_entry(*, entry: CalendarEntry, reason: str = "", by: User) -> CalendarEntry:
    """Cancel an appointment of one's own; it stays in the trail, not in the calendar.

    Args:
        reason: why; kept in the trail.

    Raises:
        PermissionDenied: it is somebody else's.

    Source: R-INBOX-10, docs/rules/inbox.md.
    """
    access.may(by, Action.TASK_WORK, entry).require()
    entry.cancelled_at = now()
    entry.save(update_fields=["cancelled_at"])
    audit.record("appointment.cancelled", actor=by, subject=entry, reason=reason)
    return entry
