"""Who looked at a case: for its lead, its section's head and the head of office."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.views.decorators.http import require_GET

from pulih.access.guards import StaffRequest, guard
from pulih.access.policy import Action
from pulih.access.rules import may
from pulih.access.seen import look_of, looks_at
from pulih.cases.queries.cases import get_case
from pulih.cases.views.shell import case_page

PAGE_ROWS = 50


@guard(Action.CASE_ASSIGN)
@require_GET
def seen(request: StaffRequest, number: str) -> HttpResponse:
    """Every look at the case that the trail holds, the newest first (R-CASE-313)."""
    case = get_case(number, user=request.user)
    may(request.user, Action.CASE_ASSIGN, case).require()
    rows = looks_at(case.office, [case.pk])
    page = Paginator(rows, PAGE_ROWS).get_page(request.GET.get("page"))
    context = {"page": page, "looks": [look_of(event) for event in page]}
    return case_page(request, case, "seen", "cases/seen.html", context)
