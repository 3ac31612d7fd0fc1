"""Services of a case: the list with totals, and recording what was asked for and given."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from pulih.access.guards import StaffRequest, guard
from pulih.access.policy import Action
from pulih.access.programme_queries import offered_activities
from pulih.access.rules import may
from pulih.cases.actions.serving import (
    drop_request,
    fulfil_request,
    provide_service,
    request_service,
)
from pulih.cases.forms.details import DetailsForm
from pulih.cases.forms.serving import FIELD_OF_RULE, DropForm, GivenForm, RequestForm, ServiceForm
from pulih.cases.models import PlannedService, ServiceRecord
from pulih.cases.queries.cases import get_case
from pulih.cases.queries.delivery import get_service, planned_services, services_of, totals_of
from pulih.cases.service_forms import find
from pulih.cases.views.details import details_form
from pulih.cases.views.pages import page_of
from pulih.cases.views.shell import case_page
from pulih.common.acting import refuse
from pulih.common.errors import RuleError


@require_GET
@guard(Action.CASE_READ)
def services(request: StaffRequest, number: str) -> HttpResponse:
    """What was asked for and given in this case, with totals for each kind."""
    case = get_case(number, user=request.user)
    rows = services_of(case, user=request.user)
    page = page_of(rows, request.GET.get("page"))
    context = {
        "page": page,
        "totals": totals_of(case, user=request.user),
        "planned": planned_services(case),
    }
    return case_page(request, case, "services", "cases/services.html", context)


@require_GET
@guard(Action.CASE_READ)
def service(request: StaffRequest, key: UUID) -> HttpResponse:
    """One service in full: what its kind asks, what it shall bring about, how one sees it."""
    record = get_service(key, user=request.user)
    case = get_case(record.case.number, user=request.user)
    context = {"record": record, "short": find(record.kind, record.form_version)}
    return case_page(request, case, "services", "cases/service.html", context)


@require_http_methods(["GET", "POST"])
@guard(Action.CASE_WORK)
def serve(request: StaffRequest, number: str) -> HttpResponse:
    """Record a service that was given; one screen, for the phone at the client's door."""
    case = get_case(number, user=request.user)
    may(request.user, Action.CASE_WORK, case).require()
    offered = planned_services(case)
    form = ServiceForm(
        request.POST or None,
        planned=offered,
        team=[member.user for member in case.now],  # type: ignore[attr-defined]
        activities=offered_activities(case.section, user=request.user),
        initial={"kind": request.GET.get("jenis", ""), "planned": request.GET.get("rencana", "")},
    )
    planned, kind = _choice(request, offered)
    details = details_form(
        case, kind, user=request.user, data=request.POST or None, planned=planned
    )
    if request.method == "POST" and _valid(form, details):
        try:
            provide_service(
                case=case,
                given=form.given(form.chosen_kind(), details),
                planned=form.chosen(),
                by=request.user,
            )
        except RuleError as refusal:
            refuse(form, refusal, FIELD_OF_RULE)
        else:
            messages.success(request, _("The service is recorded."))
            return redirect("cases:services", case.number)
    context = {"case": case, "form": form, "details": details}
    return render(request, "cases/serve.html", context, status=_status(form, details))


@require_http_methods(["GET", "POST"])
@guard(Action.CASE_WORK)
def request_for(request: StaffRequest, number: str) -> HttpResponse:
    """Record that a service is asked for."""
    case = get_case(number, user=request.user)
    may(request.user, Action.CASE_WORK, case).require()
    offered = planned_services(case)
    form = RequestForm(
        request.POST or None,
        planned=offered,
        initial={"planned": request.GET.get("rencana", "")},
    )
    planned, kind = _choice(request, offered)
    details = details_form(
        case,
        kind,
        user=request.user,
        data=request.POST or None,
        planned=planned,
        beforehand=True,
    )
    if request.method == "POST" and _valid(form, details):
        try:
            request_service(
                case=case,
                kind=form.chosen_kind(),
                on=form.cleaned_data["on"],
                text=form.cleaned_data["text"],
                planned=form.chosen(),
                details=details.answers() if details else None,
                by=request.user,
            )
        except RuleError as refusal:
            refuse(form, refusal, FIELD_OF_RULE)
        else:
            messages.success(request, _("The request is recorded; it waits until it is given."))
            return redirect("cases:services", case.number)
    context = {"case": case, "form": form, "details": details}
    return render(request, "cases/request.html", context, status=_status(form, details))


@require_http_methods(["GET", "POST"])
@guard(Action.CASE_WORK)
def fulfil(request: StaffRequest, key: UUID) -> HttpResponse:
    """Record that what was asked for was given."""
    record = get_service(key, user=request.user)
    may(request.user, Action.CASE_WORK, record.case).require()
    form = GivenForm(
        request.POST or None,
        activities=offered_activities(record.case.section, user=request.user),
    )
    details = details_form(
        record.case, record.kind, user=request.user, data=request.POST or None, record=record
    )
    if request.method == "POST" and _valid(form, details):
        try:
            given = form.given(record.kind, details)
            fulfil_request(record=record, given=given, by=request.user)
        except RuleError as refusal:
            refuse(form, refusal, FIELD_OF_RULE)
        else:
            messages.success(request, _("The service is recorded."))
            return redirect("cases:services", record.case.number)
    context = {"case": record.case, "record": record, "form": form, "details": details}
    return render(request, "cases/fulfil.html", context, status=_status(form, details))


@require_http_methods(["GET", "POST"])
@guard(Action.CASE_WORK)
def drop(request: StaffRequest, key: UUID) -> HttpResponse:
    """Record that what was asked for will not be given, and why."""
    record = get_service(key, user=request.user)
    may(request.user, Action.CASE_WORK, record.case).require()
    form = DropForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            drop_request(
                record=record,
                declined=said["state"] == ServiceRecord.State.DECLINED,
                reason=said["reason"],
                on=said["on"],
                by=request.user,
            )
        except RuleError as refusal:
            refuse(form, refusal, FIELD_OF_RULE)
        else:
            messages.success(request, _("The request is closed."))
            return redirect("cases:services", record.case.number)
    context = {"case": record.case, "record": record, "form": form}
    return render(request, "cases/drop.html", context, status=422 if form.errors else 200)


def _choice(
    request: StaffRequest, offered: list[PlannedService]
) -> tuple[PlannedService | None, str]:
    """The planned service and the kind that the page is about, as sent or as its address says."""
    sent = request.POST or request.GET
    names = ("planned", "kind") if request.POST else ("rencana", "jenis")
    key, kind = (sent.get(name, "") for name in names)
    planned = next((one for one in offered if str(one.pk) == key), None)
    return planned, planned.kind if planned else kind


def _valid(form: forms.Form, details: DetailsForm | None) -> bool:
    """Are both valid? Both are asked, so that all that is missing is shown at once."""
    fits = details is None or details.is_valid()
    return form.is_valid() and fits


def _status(form: forms.Form, details: DetailsForm | None) -> int:
    return 422 if form.errors or (details is not None and details.errors) else 200
