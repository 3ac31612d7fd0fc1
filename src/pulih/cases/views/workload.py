"""How the work of a section lies with its people, for whoever assigns it."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from pulih.access.guards import StaffRequest, guard
from pulih.access.models import Section
from pulih.access.policy import Action
from pulih.access.queries import list_sections
from pulih.cases.queries.workload import Load, without_lead, workload


@require_GET
@guard(Action.CASE_REOPEN)
def load(request: StaffRequest) -> HttpResponse:
    """Running cases by worker and unit of one section; the reader's own first."""
    sections = list(list_sections(user=request.user))
    chosen = _chosen(request, sections)
    loads = workload(chosen, user=request.user)
    units = list(chosen.units.all())
    columns = [*((str(unit.pk), unit.name) for unit in units), ("", _("No unit"))]
    context = {
        "sections": sections,
        "chosen": chosen,
        "columns": [name for _key, name in columns],
        "lines": [(load, [(name, load.leads[key]) for key, name in columns]) for load in loads],
        "totals": _totals(loads, [key for key, _name in columns]),
        "total": sum(load.total for load in loads),
        "unled": without_lead(chosen, user=request.user),
    }
    return render(request, "cases/workload.html", context)


def _chosen(request: StaffRequest, sections: list[Section]) -> Section:
    try:
        asked: UUID | None = UUID(request.GET.get("bidang", ""))
    except ValueError:
        asked = None
    own = request.user.section_ids
    named = [section for section in sections if section.pk == asked]
    mine = [section for section in sections if section.pk in own]
    return (named or mine or sections)[0]


def _totals(loads: list[Load], keys: list[str]) -> list[int]:
    return [sum(load.leads[key] for load in loads) for key in keys]
