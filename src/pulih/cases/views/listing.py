"""The list of cases, and a person's cases for the page of that person."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from pulih.access.guards import StaffRequest, guard
from pulih.access.policy import Action
from pulih.cases.forms.listing import CaseFilterForm
from pulih.cases.queries.cases import cases_of_person, list_cases
from pulih.cases.queries.counter import services_of
from pulih.cases.views.in_hand import report_in_hand
from pulih.cases.views.pages import page_of

ROWS_AT_MOST = 5000
"""How far one can page; further back a filter finds quicker, and no page reads the whole table."""

CASES_OF_A_PERSON = 50


@require_GET
@guard(Action.CASE_READ)
def case_list(request: StaffRequest) -> HttpResponse:
    """Cases the reader may see, newest first; the page does not count what it does not show."""
    form = CaseFilterForm(request.GET, user=request.user)
    cases = list_cases(form.wanted(), user=request.user)
    page = page_of(cases[:ROWS_AT_MOST], request.GET.get("page"))
    context: dict[str, Any] = {
        "page": page,
        "form": form,
        "narrowed": any(request.GET.values()),
        "heads": request.user.may(Action.CASE_REOPEN),
        "may_break": request.user.may(Action.GLASS_BREAK),
    }
    template = "cases/_list.html" if request.htmx else "cases/list.html"
    return render(request, template, context)


@require_GET
@guard(Action.CASE_READ, Action.REPORT_RECEIVE)
def person_cases(request: StaffRequest, person_id: UUID) -> HttpResponse:
    """The cases of one person that the reader may see; a part of the person's page.

    A report that the reader has in hand is offered to be linked to this person.
    """
    context = {
        "cases": list(cases_of_person(person_id, user=request.user)[:CASES_OF_A_PERSON]),
        "person_id": person_id,
        "services": services_of(person_id, user=request.user),
        "can_serve": request.user.may(Action.COUNTER_SERVE),
        "in_hand": report_in_hand(request),
        "can_open": request.user.may(Action.CASE_OPEN),
        "can_receive": request.user.may(Action.REPORT_RECEIVE),
    }
    return render(request, "cases/_person_cases.html", context)
