"""What is unusual in the readings of an office: for the auditor, in numbers and never in names.

Nothing here says that somebody did wrong; it says where to look first (R-ACC-193).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from typing import TypeAlias
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Count
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from pulih.access.denials import ON_RECORDS
from pulih.access.models import AuditEvent, Office, User
from pulih.access.policy import Action

READ = ("case.read", "report.read", "person.read", "letter.read", "mail.read")
"""The verbs of openings; what a list showed is not among them."""
DENIALS_A_DAY = 3
"""So many refusals on records in a day make a notice, and a line of the list."""
MOST = 5000
"""Openings that one page weighs; what lies before them is found by an earlier end of the days."""

KINDS = {
    "no_tie": pgettext_lazy("unusual", "Opened without work on it"),
    "many_sealed": pgettext_lazy("unusual", "Many sealed records opened"),
    "off_hours": pgettext_lazy("unusual", "Opened outside office hours"),
    "denials": pgettext_lazy("unusual", "Closed records looked for again and again"),
}
MEANINGS = {
    "no_tie": _("Not on the team, not of the section, no task about it."),
    "many_sealed": _("More in one day than the work of a day asks for."),
    "off_hours": _("Early, late, or on a day on which the office is closed."),
    "denials": _("Refused, or looked for by number or address."),
}

Looked: TypeAlias = tuple[UUID, UUID, dt.date]
"""Who opened which record on which day."""
Tied: TypeAlias = Callable[[Collection[Looked]], set[Looked]]
_ties: dict[str, Tied] = {}


def register_tie(kind: str, tied: Tied) -> None:
    """Say who has work with records of a kind, such as `cases.case`.

    Args:
        tied: of those who opened a record on a day, who had work with it on that day: by team,
            task, section or a decision.
    """
    _ties[kind] = tied


@dataclass(frozen=True, slots=True)
class Unusual:
    """One line of the list.

    Attributes:
        what: `no_tie`, `many_sealed`, `off_hours` or `denials`.
        count: how often.
        records: how many records it is about.
    """

    what: str
    on: dt.date
    who: User
    count: int
    records: int
    first_at: dt.datetime
    last_at: dt.datetime


def local_zone() -> ZoneInfo:
    """The zone in which the office's days begin."""
    return ZoneInfo(settings.TIME_ZONE)


def bounds(first: dt.date, last: dt.date) -> tuple[dt.datetime, dt.datetime]:
    """The moments at which the first day begins and the last has ended."""
    zone = local_zone()
    begin = dt.datetime.combine(first, dt.time(), tzinfo=zone)
    return begin, dt.datetime.combine(last, dt.time(), tzinfo=zone) + dt.timedelta(days=1)


def denied_often(office: Office, day: dt.date) -> dict[UUID, int]:
    """Who was refused records of the office too often on a day, and how often (R-ACC-192)."""
    begin, end = bounds(day, day)
    rows = AuditEvent.objects.filter(office=office, verb__in=ON_RECORDS, at__gte=begin, at__lt=end)
    counts = rows.exclude(actor=None).order_by().values("actor").annotate(times=Count("pk"))
    return {row["actor"]: row["times"] for row in counts if row["times"] >= DENIALS_A_DAY}


def list_unusual(*, user: User, first: dt.date, last: dt.date) -> list[Unusual]:
    """What is unusual in some days of the reader's office, the latest day first."""
    if not user.may(Action.AUDIT_READ):
        return []
    begin, end = bounds(first, last)
    rows = AuditEvent.objects.filter(office=user.office_id, at__gte=begin, at__lt=end)
    rows = rows.exclude(actor=None).defer("reason", "detail").select_related("actor")
    reads = list(rows.filter(verb__in=READ).order_by("-sequence")[:MOST])
    denied = list(rows.filter(verb__in=ON_RECORDS).order_by("-sequence")[:MOST])
    found = [
        *_grouped("no_tie", _without_tie(reads), least=1),
        *_grouped(
            "many_sealed",
            [event for event in reads if event.compartment_id is not None],
            least=settings.PULIH_MANY_SEALED,
        ),
        *_grouped("off_hours", list(filter(_is_off_hours, reads)), least=1),
        *_grouped("denials", denied, least=DENIALS_A_DAY),
    ]
    return sorted(found, key=lambda line: (line.on, line.last_at), reverse=True)


def _grouped(what: str, events: Collection[AuditEvent], *, least: int) -> Iterator[Unusual]:
    """One line for each user and day with at least so many."""
    days: dict[tuple[dt.date, UUID], list[AuditEvent]] = {}
    for event in events:
        if event.actor is not None:
            days.setdefault((_day(event), event.actor.pk), []).append(event)
    for (on, _user), of_day in days.items():
        who = of_day[0].actor
        if who is not None and len(of_day) >= least:
            moments = [event.at for event in of_day]
            records = len({event.subject_id for event in of_day})
            yield Unusual(what, on, who, len(of_day), records, min(moments), max(moments))


def _without_tie(reads: Collection[AuditEvent]) -> list[AuditEvent]:
    """The openings by somebody who had no work with the record on that day."""
    asked: dict[str, set[Looked]] = {}
    for event in reads:
        if event.subject_kind in _ties and event.actor is not None:
            looked = (event.actor.pk, UUID(event.subject_id), _day(event))
            asked.setdefault(event.subject_kind, set()).add(looked)
    tied = {kind: _ties[kind](looks) for kind, looks in asked.items()}
    return [
        event
        for event in reads
        if event.subject_kind in tied
        and event.actor is not None
        and (event.actor.pk, UUID(event.subject_id), _day(event)) not in tied[event.subject_kind]
    ]


def _day(event: AuditEvent) -> dt.date:
    return event.at.astimezone(local_zone()).date()


def _is_off_hours(event: AuditEvent) -> bool:
    at = event.at.astimezone(local_zone())
    start, end = settings.PULIH_OFFICE_HOURS
    return at.weekday() not in settings.PULIH_OFFICE_DAYS or not start <= at.hour < end
