"""Reads of the work programme, for the user who asks."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils import dates

from pulih.access.models import Activity, Section, User, WorkProgramme
from pulih.access.policy import Action
from pulih.common.clock import today

LATE_DAYS = 31
"""How long after the end of a year a service of it may still be written down from the form."""


def list_years(*, user: User) -> list[int]:
    """The years that have a programme, and this one; the latest first."""
    rows = WorkProgramme.objects.visible_to(user).order_by("year").values_list("year", flat=True)
    return sorted({*rows.distinct(), today().year}, reverse=True)


def list_programmes(
    *, user: User, year: int, section: Section | None = None
) -> QuerySet[WorkProgramme]:
    """The programmes of a year, by section."""
    rows = WorkProgramme.objects.visible_to(user).filter(year=year).select_related("section")
    if section is not None:
        rows = rows.filter(section=section)
    return rows.order_by("section__kind", "code", "name")


def get_programme(
    pk: uuid.UUID, *, user: User, action: Action = Action.PROGRAMME_READ
) -> WorkProgramme:
    """One programme, or 404."""
    rows = WorkProgramme.objects.visible_to(user, action).select_related("section", "office")
    return get_object_or_404(rows, pk=pk)


def get_activity(pk: uuid.UUID, *, user: User, action: Action = Action.PROGRAMME_READ) -> Activity:
    """One activity of a programme that the user may see, or 404."""
    rows = Activity.objects.filter(programme__in=WorkProgramme.objects.visible_to(user, action))
    return get_object_or_404(
        rows.select_related("programme__section", "programme__office", "parent"), pk=pk
    )


@dataclass(slots=True)
class Line:
    """An activity with its parts."""

    activity: Activity
    parts: list[Line] = field(default_factory=list)

    @property
    def budget(self) -> int | None:
        """Its budget: that of its parts where it has parts with one, otherwise its own."""
        return _sum_of(self.parts) if self.parts else self.activity.budget

    @property
    def months(self) -> str:
        """The months in which it is planned, in words."""
        return months_text(self.activity.months)


@dataclass(frozen=True, slots=True)
class Tree:
    """A programme with its activities."""

    programme: WorkProgramme
    lines: list[Line]

    @property
    def budget(self) -> int | None:
        """The sum of its activities; None where none of them has a budget."""
        return _sum_of(self.lines)


def trees_of(programmes: Iterable[WorkProgramme]) -> list[Tree]:
    """Programmes that were read for their reader, as trees; one query for all activities."""
    listed = list(programmes)
    rows = Activity.objects.filter(programme__in=listed).select_related("unit", "owner")
    lines = {activity.pk: Line(activity) for activity in rows.order_by("code", "name")}
    tops: dict[uuid.UUID, list[Line]] = {}
    for line in lines.values():
        parent = lines.get(line.activity.parent_id) if line.activity.parent_id else None
        if parent is None:
            tops.setdefault(line.activity.programme_id, []).append(line)
        else:
            parent.parts.append(line)
    return [Tree(programme, tops.get(programme.pk, [])) for programme in listed]


def offered_activities(*sections: Section, user: User) -> list[Activity]:
    """The lines that a service of the sections may count for: those without parts, of this year.

    In January those of the year before as well, for what is written down late.
    """
    years = {today().year, (today() - dt.timedelta(days=LATE_DAYS)).year}
    programmes = WorkProgramme.objects.visible_to(user).filter(section__in=sections, year__in=years)
    rows = Activity.objects.filter(programme__in=programmes, dropped_on=None)
    rows = rows.exclude(parts__dropped_on=None, parts__isnull=False)
    return list(rows.select_related("programme", "parent").order_by("-programme__year", "code"))


def label_of(activity: Activity) -> str:
    """An activity in a list to choose from."""
    above = activity.parent.name if activity.parent else activity.programme.name
    year = "" if activity.programme.year == today().year else f" ({activity.programme.year})"
    return f"{activity.name}{year} · {above}"


def months_text(months: Iterable[int]) -> str:
    """`[1, 2, 3, 6]` as “Jan–Mar, Jun”."""
    runs: list[list[int]] = []
    for month in sorted(set(months)):
        if runs and month == runs[-1][-1] + 1:
            runs[-1].append(month)
        else:
            runs.append([month])
    return ", ".join(
        _month(run[0]) if len(run) == 1 else f"{_month(run[0])}–{_month(run[-1])}" for run in runs
    )


def _month(number: int) -> str:
    return str(dates.MONTHS_3[number]).capitalize()


def _sum_of(lines: Iterable[Line]) -> int | None:
    known = [line.budget for line in lines if line.budget is not None]
    return sum(known) if known else None
