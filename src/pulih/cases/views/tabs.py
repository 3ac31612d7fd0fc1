"""The tab of the case page that holds its documents."""

from __future__ import annotations

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from pulih.access.guards import StaffRequest, guard
from pulih.access.policy import Action
from pulih.cases.queries.cases import get_case
from pulih.cases.views.shell import case_page


@require_GET
@guard(Action.CASE_READ)
def documents(request: StaffRequest, number: str) -> HttpResponse:
    """The documents of the case."""
    case = get_case(number, user=request.user)
    return case_page(request, case, "documents", "cases/documents.html", {})
