"""What comes next in some cases: appointments, reviews, needs with a day, tasks, answers due."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from pulih.access.models import User
from pulih.cases.models import Case, Need, Plan, PlannedService, Referral
from pulih.common.clock import today
from pulih.inbox.models import CalendarEntry, Task
from pulih.people.codes import SERVICE_KINDS


@dataclass(frozen=True, slots=True)
class Coming:
    """One date that is still to come, or late.

    Attributes:
        for_client: it concerns the client, not only the work of the office.
        words: in plain words for the client, where they differ.
        is_neutral: the words tell nothing of the matter.
    """

    on: dt.date
    what: str
    for_client: bool = False
    words: str = ""
    is_neutral: bool = False


def coming_in(cases: Collection[Case], *, user: User) -> dict[UUID, list[Coming]]:
    """The dates of each case that the user may know of, the first one first.

    The tasks are those that the user holds or asked for.
    """
    keys = [case.pk for case in cases]
    tasks = Task.objects.visible_to(user).filter(subject_id__in=keys, done_at=None)
    return dates_of(cases, tasks, CalendarEntry.objects.visible_to(user))


def dates_of(
    cases: Collection[Case],
    tasks: QuerySet[Task],
    appointments: QuerySet[CalendarEntry],
) -> dict[UUID, list[Coming]]:
    """The dates of cases that were read for their reader, from these tasks and appointments."""
    keys = [case.pk for case in cases]
    found: defaultdict[UUID, list[Coming]] = defaultdict(list)
    parts = (
        _reviews(cases),
        _appointments(keys, appointments),
        _needs(keys),
        _services(keys),
        _answers(keys),
        _tasks(keys, tasks),
    )
    for part in parts:
        for key, coming in part:
            found[key].append(coming)
    return {key: sorted(found[key], key=lambda one: (one.on, one.what)) for key in keys}


def _reviews(cases: Collection[Case]) -> Iterator[tuple[UUID, Coming]]:
    for case in cases:
        if case.review_on is not None:
            what = _("We look at how it goes")
            yield case.pk, Coming(case.review_on, what, for_client=True, is_neutral=True)


def _appointments(
    keys: list[UUID], entries: QuerySet[CalendarEntry]
) -> Iterator[tuple[UUID, Coming]]:
    rows = entries.filter(subject_id__in=keys, cancelled_at=None, held_on__gte=today())
    for entry in rows:
        if entry.subject_id is None:
            continue
        where = [str(entry.place)] if entry.place else []
        at = [entry.starts_at.strftime("%H.%M")] if entry.starts_at else []
        words = ", ".join([_("We meet"), *at, *where])
        yield (
            entry.subject_id,
            Coming(entry.held_on, entry.title, for_client=True, words=words, is_neutral=True),
        )


def _needs(keys: list[UUID]) -> Iterator[tuple[UUID, Coming]]:
    rows = Need.objects.filter(case__in=keys, state=Need.State.OPEN, due_on__isnull=False)
    for need in rows:
        if need.due_on is not None:
            what = str(need.text) or str(need.get_kind_display())
            yield need.case_id, Coming(need.due_on, what, for_client=True)


def _services(keys: list[UUID]) -> Iterator[tuple[UUID, Coming]]:
    rows = PlannedService.objects.filter(
        plan__case__in=keys, plan__state=Plan.State.APPROVED, planned_from__gte=today()
    )
    for service in rows.select_related("plan"):
        if service.planned_from is not None:
            words = str(service.text)
            what = words or SERVICE_KINDS.label(service.kind)
            yield service.plan.case_id, Coming(service.planned_from, what, for_client=bool(words))


def _answers(keys: list[UUID]) -> Iterator[tuple[UUID, Coming]]:
    rows = Referral.objects.unscoped(reason="of cases that were read for their reader")
    waiting = rows.filter(case__in=keys, state=Referral.State.SENT, answer_due_on__isnull=False)
    for referral in waiting.select_related("to_section"):
        if referral.answer_due_on is not None:
            what = _("Answer of %(who)s is due") % {"who": referral.asked_name}
            yield referral.case_id, Coming(referral.answer_due_on, what)


def _tasks(keys: list[UUID], tasks: QuerySet[Task]) -> Iterator[tuple[UUID, Coming]]:
    for task in tasks.filter(subject_id__in=keys, done_at=None, due_on__isnull=False):
        if task.subject_id is not None and task.due_on is not None:
            yield task.subject_id, Coming(task.due_on, task.title)
