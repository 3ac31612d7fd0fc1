"""Who looked at a record: the readings of the trail, for whoever answers for the record."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet

from pulih.access.models import AuditEvent, Office
from pulih.access.verbs import words_of

LOOKS = (
    "read",
    "listed",
    "seen",
    "opened",
    "revealed",
    "searched",
    "broken",
    "exported",
    "previewed",
)
"""The pasts of verbs that are looks; everything else is a change, told where it was made."""


@dataclass(frozen=True, slots=True)
class Look:
    """One look at a record."""

    at: dt.datetime
    who: str
    position: str
    words: str


def looks_at(
    office: Office, keys: Collection[UUID], *, unlike: UUID | None = None
) -> QuerySet[AuditEvent]:
    """The lines of the trail that are looks at one of the records, the newest first.

    The caller has asked its own rule: who may know who looked.

    Args:
        keys: of the record, and of what hangs on it.
        unlike: leave this user's own looks out.
    """
    endings = Q()
    for past in LOOKS:
        endings |= Q(verb__endswith=f".{past}")
    rows = AuditEvent.objects.filter(endings, office=office, subject_id__in=map(str, keys))
    if unlike is not None:
        rows = rows.exclude(actor=unlike)
    return rows.select_related("actor").order_by("-sequence")


def look_of(event: AuditEvent) -> Look:
    """A line of the trail as a look in words."""
    actor = event.actor
    return Look(
        event.at,
        actor.full_name if actor else "",
        actor.position if actor else "",
        words_of(event.verb),
    )
