"""Submitting a plan, taking it back, and the decision on it."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from pulih.access.guards import StaffRequest, guard
from pulih.access.policy import Action
from pulih.cases.actions.approving import approve_plan, return_plan, submit_plan, take_back_plan
from pulih.cases.forms.planning import DecisionForm
from pulih.cases.models import Case
from pulih.cases.queries.cases import get_case
from pulih.cases.views.plan_page import plan_in_work_or_404, plan_page
from pulih.common.acting import done
from pulih.common.errors import RuleError


@require_POST
@guard(Action.CASE_WORK)
def plan_submit(request: StaffRequest, number: str) -> HttpResponse:
    """Ask for approval."""
    case = get_case(number, user=request.user)
    plan = plan_in_work_or_404(case)
    return _try(
        request,
        case,
        lambda: submit_plan(plan=plan, by=request.user),
        _("The plan waits for approval."),
    )


@require_POST
@guard(Action.CASE_WORK)
def plan_take_back(request: StaffRequest, number: str) -> HttpResponse:
    """Take a submitted version back to change it."""
    case = get_case(number, user=request.user)
    plan = plan_in_work_or_404(case)
    return _try(
        request,
        case,
        lambda: take_back_plan(plan=plan, by=request.user),
        _("The plan is a draft again."),
    )


@require_POST
@guard(Action.PLAN_APPROVE)
def plan_decide(request: StaffRequest, number: str) -> HttpResponse:
    """Approve the version, or return it with what must change."""
    case = get_case(number, user=request.user)
    plan = plan_in_work_or_404(case)
    form = DecisionForm(request.POST)
    approves = request.POST.get("decision") == "approve"
    act = approve_plan if approves else return_plan
    if done(
        form,
        lambda: act(plan=plan, note=form.cleaned_data["note"], by=request.user),
        {"R-CASE-28": "note"},
    ):
        said = _("The plan is approved.") if approves else _("The plan went back to its author.")
        messages.success(request, said)
        return redirect("cases:plan_tab", case.number)
    return plan_page(request, case, decision_form=form)


def _try(request: StaffRequest, case: Case, act: Callable[[], object], said: str) -> HttpResponse:
    try:
        act()
    except RuleError as refusal:
        return plan_page(request, case, refused=refusal.message)
    messages.success(request, said)
    return redirect("cases:plan_tab", case.number)
