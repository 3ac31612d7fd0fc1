"""Incoming reports: the list, writing one down, the page of one, and the front desk's receipt."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Page
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from pulih.access.guards import StaffRequest, guard
from pulih.access.policy import Action, RecordClass
from pulih.cases.actions.reporting import receive_report
from pulih.cases.forms.report_filter import ReportFilterForm
from pulih.cases.forms.reporting import FIELD_OF_RULE, ReportForm, place_name
from pulih.cases.intake_rules import class_of, may_receive, may_see_reporter
from pulih.cases.models import Report, ServiceOffer
from pulih.cases.queries.intake import (
    count_reports,
    get_person,
    get_report,
    list_reports,
    may_triage,
    reports_of,
    visible_case_of,
)
from pulih.cases.queries.offers import find_offer
from pulih.cases.queries.staff import workers_of
from pulih.cases.views.pages import page_of
from pulih.common.acting import done

RECEIPT = "report_receipt"


@require_GET
@guard(Action.REPORT_READ, Action.REPORT_RECEIVE)
def report_list(request: StaffRequest) -> HttpResponse:
    """Reports the reader may see, by state; the urgent new ones first."""
    state = request.GET.get("status", Report.State.NEW)
    if state not in {*Report.State.values, "semua"}:
        state = Report.State.NEW
    form = ReportFilterForm(request.GET, user=request.user)
    wanted = form.wanted("" if state == "semua" else state)
    counts = count_reports(wanted, user=request.user)
    rows = list_reports(wanted, user=request.user)
    page: Page[Report] = page_of(rows, request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "tabs": _state_tabs(request, state, counts),
        "state": state,
        "may_receive": bool(may_receive(request.user)),
    }
    return render(request, "cases/reports.html", context)


@require_http_methods(["GET", "POST"])
@guard(Action.REPORT_RECEIVE)
def report_new(request: StaffRequest) -> HttpResponse:
    """Write a report down; who may not read it afterwards keeps its number."""
    person = get_person(request.GET.get("orang", ""), user=request.user)
    form = ReportForm(
        request.POST or None,
        office=request.user.office,
        workers=workers_of(request.user.office),
        initial=_asked_for(request),
    )
    made: list[Report] = []
    if done(
        form,
        lambda: made.append(receive_report(facts=form.facts(person), by=request.user)),
        FIELD_OF_RULE,
    ):
        return _after_receiving(request, made[0])
    context = {"form": form, "person": person}
    return render(request, "cases/report_new.html", context, status=422 if form.errors else 200)


@require_GET
@guard(Action.REPORT_RECEIVE)
def report_receipt(request: StaffRequest) -> HttpResponse:
    """The number of the report just received, and nothing else of it."""
    return render(
        request, "cases/report_receipt.html", {"number": request.session.get(RECEIPT, "")}
    )


@require_GET
@guard(Action.REPORT_READ)
def report(request: StaffRequest, pk: UUID) -> HttpResponse:
    """One report with what was told, and the decision or the ways to decide."""
    found = get_report(pk, user=request.user)
    return render(request, "cases/report.html", report_context(request, found))


def report_context(request: StaffRequest, found: Report) -> dict[str, object]:
    """What the page of a report shows; also when a decision on it was refused."""
    user = request.user
    person = get_person(str(found.person_id or ""), user=user)
    case = visible_case_of(found, user=user) if found.state == Report.State.CASE else None
    return {
        "report": found,
        "person": person,
        "case": case,
        "others": reports_of(person, user=user, but=found) if person else [],
        "can_decide": found.state == Report.State.NEW and may_triage(user, found),
        "can_open": user.may(Action.CASE_OPEN),
        "reporter": may_see_reporter(user, found),
        "held": class_of(found),
        "village": place_name(found.village_code),
    }


def _asked_for(request: StaffRequest) -> dict[str, object]:
    """What the service of the catalogue says, where somebody comes from the counter."""
    offer = find_offer(request.GET.get("layanan", ""), user=request.user)
    if offer is None:
        return {}
    sealed = offer.kind == ServiceOffer.Kind.SEALED_REPORT
    return {
        "channel": Report.Channel.WALK_IN,
        "ppks_kind": offer.ppks_kind,
        "section": offer.section_id,
        "unit": offer.unit_id,
        "held": RecordClass.SEALED.value if sealed else "",
    }


def _after_receiving(request: StaffRequest, made: Report) -> HttpResponse:
    if Report.objects.visible_to(request.user).filter(pk=made.pk).exists():
        messages.success(
            request, _("Report %(number)s has been received.") % {"number": made.number}
        )
        return redirect("cases:report", pk=made.pk)
    request.session[RECEIPT] = made.number
    return redirect("cases:report_receipt")


def _state_tabs(
    request: HttpRequest, state: str, counts: dict[str, int]
) -> list[dict[str, object]]:
    query = request.GET.copy()
    query.pop("page", None)

    def address(value: str) -> str:
        query["status"] = value
        return f"?{query.urlencode()}"

    shown = [
        {
            "label": label,
            "url": address(value),
            "active": value == state,
            "count": counts.get(value, 0),
        }
        for value, label in Report.State.choices
    ]
    everything = {"label": _("All"), "url": address("semua"), "active": state == "semua"}
    return [*shown, everything]
