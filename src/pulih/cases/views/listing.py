"""The list of cases, and a person's cases for the page of that person."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import django_tables2 as tables
from django.core.paginator import EmptyPage
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET
from django_tables2.paginators import LazyPaginator

from pulih.access.guards import StaffRequest, guard
from pulih.access.policy import Action
from pulih.cases.forms.listing import CaseFilterForm
from pulih.cases.models import Case
from pulih.cases.queries.cases import cases_of_person, list_cases
from pulih.cases.views.in_hand import report_in_hand
from pulih.cases.views.pages import page_number

PAGE_SIZE = 25
CASES_OF_A_PERSON = 50


class CaseTable(tables.Table):  # type: ignore[misc]
    """One line a case; the lead was read with the page."""

    number = tables.TemplateColumn(
        template_name="cases/_number.html", verbose_name=gettext_lazy("Case"), orderable=False
    )
    person = tables.TemplateColumn(
        template_name="cases/_person_cell.html",
        verbose_name=gettext_lazy("Client"),
        orderable=False,
    )
    section = tables.TemplateColumn(
        template_name="cases/_section_cell.html",
        verbose_name=gettext_lazy("Section and unit"),
        orderable=False,
    )
    stage = tables.TemplateColumn(
        template_name="cases/_stage_cell.html",
        verbose_name=gettext_lazy("Stage"),
        orderable=False,
    )
    lead = tables.Column(
        accessor="now", verbose_name=gettext_lazy("Lead"), orderable=False, empty_values=()
    )
    opened_on = tables.TemplateColumn(
        template_name="cases/_opened_cell.html",
        verbose_name=gettext_lazy("Opened"),
        orderable=False,
    )

    class Meta:
        empty_text = gettext_lazy("No case fits. Change the filters, or open a case from a report.")

    def render_lead(self, record: Case) -> str:
        """The name of whoever leads it now."""
        lead = next(iter(getattr(record, "now", ())), None)
        return lead.user.full_name if lead else _("Nobody")


@require_GET
@guard(Action.CASE_READ)
def case_list(request: StaffRequest) -> HttpResponse:
    """Cases the reader may see, newest first; the page does not count what it does not show."""
    form = CaseFilterForm(request.GET, user=request.user)
    cases = list_cases(form.wanted(), user=request.user)
    table = CaseTable(cases)
    pages = {"per_page": PAGE_SIZE, "paginator_class": LazyPaginator}
    try:
        table.paginate(page=page_number(request.GET.get("page")), **pages)
    except EmptyPage:
        table.paginate(page=1, **pages)
    context: dict[str, Any] = {
        "table": table,
        "form": form,
        "narrowed": any(request.GET.values()),
        "heads": request.user.may(Action.CASE_REOPEN),
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
        "in_hand": report_in_hand(request),
        "can_open": request.user.may(Action.CASE_OPEN),
        "can_receive": request.user.may(Action.REPORT_RECEIVE),
    }
    return render(request, "cases/_person_cases.html", context)
