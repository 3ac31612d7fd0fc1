"""The work programme of a year as a table, and the services behind a figure."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from pulih.access import programme_queries
from pulih.access.guards import StaffRequest, guard
from pulih.access.models import Section
from pulih.access.policy import Action
from pulih.access.programme_rules import may_plan
from pulih.access.queries import list_sections
from pulih.cases.queries.programme import (
    Realised,
    counter_services_for,
    realised_by_activity,
    services_for,
)
from pulih.common.clock import today
from pulih.desk.programme_lines import lines_of

PAGE_ROWS = 50
ALL_SECTIONS = "semua"


@guard(Action.PROGRAMME_READ)
@require_GET
def list_(request: StaffRequest) -> HttpResponse:
    """The programmes of a year: target, what was given, schedule, budget."""
    user = request.user
    year = year_of(request.GET.get("tahun"))
    sections = list(list_sections(user=user))
    section = _section(request, sections)
    rows = programme_queries.list_programmes(user=user, year=year, section=section)
    writable = {one.pk for one in sections if may_plan(user, one)}
    years = programme_queries.list_years(user=user)
    context = {
        "shown": lines_of(programme_queries.trees_of(rows), user=user),
        "year": year,
        "years": sorted({*years, year, year + 1} if writable else {*years, year}, reverse=True),
        "section": section,
        "tabs": _tabs(sections, section, year),
        "writable": writable,
        "copy_to": section if section and section.pk in writable else None,
        "last_year": year - 1,
        "counts_services": user.may(Action.CASE_READ),
    }
    return render(request, "programme/list.html", context)


@guard(Action.PROGRAMME_READ)
@require_GET
def services(request: StaffRequest, pk: UUID) -> HttpResponse:
    """What was given for an activity: the rows behind its figure that the reader may see."""
    activity = programme_queries.get_activity(pk, user=request.user)
    rows = services_for(activity, user=request.user)
    page = Paginator(rows, PAGE_ROWS).get_page(request.GET.get("page"))
    realised = realised_by_activity([activity.pk], user=request.user)
    counter = counter_services_for(activity, user=request.user)
    context = {
        "activity": activity,
        "page": page,
        "counter": Paginator(counter, PAGE_ROWS).get_page(request.GET.get("loket")),
        "programme": activity.programme,
        "realised": realised.get(activity.pk, Realised()),
    }
    return render(request, "programme/services.html", context)


def year_of(text: str | None) -> int:
    """The year that was asked for; this one for anything that is no year."""
    if text and text.isascii() and text.isdecimal() and 2000 <= int(text[:5]) <= 2100:
        return int(text[:5])
    return today().year


def _section(request: StaffRequest, sections: list[Section]) -> Section | None:
    """The section that was asked for; the reader's own where none was."""
    asked = request.GET.get("bidang", "")
    if asked == ALL_SECTIONS:
        return None
    for section in sections:
        if section.kind == asked:
            return section
    own = [section for section in sections if section.pk in request.user.section_ids]
    return own[0] if own else None


def _tabs(sections: list[Section], chosen: Section | None, year: int) -> list[dict[str, Any]]:
    named = [
        {
            "label": section.name,
            "url": f"?tahun={year}&bidang={section.kind}",
            "active": section == chosen,
        }
        for section in sections
    ]
    everything = {"url": f"?tahun={year}&bidang={ALL_SECTIONS}", "active": chosen is None}
    return [{"label": _("All sections"), **everything}, *named]
