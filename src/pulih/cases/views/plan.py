"""The plan on one page: goals, services, agreement, approval, and its versions."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from pulih.access.guards import StaffRequest, guard
from pulih.access.policy import Action
from pulih.cases.actions.planning import (
    record_agreement,
    remove_goal,
    remove_service,
    save_goal,
    save_service,
    set_summary,
    start_plan,
)
from pulih.cases.actions.ready_goals import take_goal
from pulih.cases.forms.planning import (
    AGREEMENT_FIELD_OF_RULE,
    GOAL_FIELD_OF_RULE,
    SERVICE_FIELD_OF_RULE,
    AgreementForm,
    GoalForm,
    PlannedServiceForm,
    SummaryForm,
)
from pulih.cases.goal_bank import find
from pulih.cases.models import Case, Goal, PlannedService
from pulih.cases.queries.cases import get_case
from pulih.cases.queries.staff import workers_of
from pulih.cases.views.details import details_form
from pulih.cases.views.plan_page import plan_in_work_or_404, plan_page
from pulih.common.acting import done
from pulih.common.errors import RuleError
from pulih.common.stamps import seen_in, stamped


@require_GET
@guard(Action.CASE_READ)
def plan_tab(request: StaffRequest, number: str) -> HttpResponse:
    """The version that matters now, or the one that `?versi=` names."""
    return plan_page(request, get_case(number, user=request.user))


@require_POST
@guard(Action.CASE_WORK)
def plan_start(request: StaffRequest, number: str) -> HttpResponse:
    """Begin a new version."""
    case = get_case(number, user=request.user)
    try:
        start_plan(case=case, by=request.user)
    except RuleError as refusal:
        return plan_page(request, case, refused=refusal.message)
    return _to_plan(case)


@require_POST
@guard(Action.CASE_WORK)
def plan_summary(request: StaffRequest, number: str) -> HttpResponse:
    """Write what the plan is about."""
    case = get_case(number, user=request.user)
    plan = plan_in_work_or_404(case)
    form = stamped(SummaryForm(request.POST, initial={"summary": plan.summary}), plan)
    if done(
        form,
        lambda: set_summary(plan=plan, seen=seen_in(form), by=request.user, **form.cleaned_data),
        {},
    ):
        return _to_plan(case)
    return plan_page(request, case, summary_form=form)


@require_POST
@guard(Action.CASE_WORK)
def plan_goal(request: StaffRequest, number: str, pk: UUID | None = None) -> HttpResponse:
    """Add a goal or change one."""
    case = get_case(number, user=request.user)
    plan = plan_in_work_or_404(case)
    goal = get_object_or_404(Goal, plan=plan, pk=pk) if pk else None
    ready = find(request.POST.get("bank", "")) if goal is None else None
    form = GoalForm(request.POST, ready=ready, initial=GoalForm.initial_of(goal) if goal else None)
    if goal is not None:
        stamped(form, goal)

    def act() -> None:
        if ready is None:
            seen = seen_in(form)
            save_goal(plan=plan, facts=form.facts(), goal=goal, seen=seen, by=request.user)
        else:
            take_goal(plan=plan, facts=form.facts(), kinds=form.kinds(), by=request.user)

    if done(form, act, GOAL_FIELD_OF_RULE):
        return _to_plan(case, "tujuan")
    return plan_page(request, case, goal_form=form, editing=str(pk or "baru"))


@require_POST
@guard(Action.CASE_WORK)
def plan_goal_remove(request: StaffRequest, number: str, pk: UUID) -> HttpResponse:
    """Take a goal out of the version."""
    case = get_case(number, user=request.user)
    plan = plan_in_work_or_404(case)
    remove_goal(goal=get_object_or_404(Goal, plan=plan, pk=pk), by=request.user)
    return _to_plan(case, "tujuan")


@require_POST
@guard(Action.CASE_WORK)
def plan_service(request: StaffRequest, number: str, pk: UUID | None = None) -> HttpResponse:
    """Add a planned service or change one."""
    case = get_case(number, user=request.user)
    plan = plan_in_work_or_404(case)
    service = get_object_or_404(PlannedService, plan=plan, pk=pk) if pk else None
    form = PlannedServiceForm(
        request.POST,
        goals=plan.goals.all(),
        workers=workers_of(case.office),
        initial=PlannedServiceForm.initial_of(service) if service else None,
    )
    if service is not None:
        stamped(form, service)
    details = details_form(
        case, request.POST.get("kind", ""), user=request.user, data=request.POST, beforehand=True
    )
    fits = details is None or details.is_valid()
    if fits and done(
        form,
        lambda: save_service(
            plan=plan,
            seen=seen_in(form),
            facts=form.facts(details),
            service=service,
            by=request.user,
        ),
        SERVICE_FIELD_OF_RULE,
    ):
        return _to_plan(case, "layanan")
    return plan_page(
        request, case, service_form=form, service_details=details, editing=str(pk or "baru")
    )


@require_POST
@guard(Action.CASE_WORK)
def plan_service_remove(request: StaffRequest, number: str, pk: UUID) -> HttpResponse:
    """Take a planned service out of the version."""
    case = get_case(number, user=request.user)
    plan = plan_in_work_or_404(case)
    remove_service(service=get_object_or_404(PlannedService, plan=plan, pk=pk), by=request.user)
    return _to_plan(case, "layanan")


@require_POST
@guard(Action.CASE_WORK)
def plan_agree(request: StaffRequest, number: str) -> HttpResponse:
    """Record that the client or the guardian agreed."""
    case = get_case(number, user=request.user)
    plan = plan_in_work_or_404(case)
    form = AgreementForm(request.POST)
    if done(
        form,
        lambda: record_agreement(plan=plan, by=request.user, **form.cleaned_data),
        AGREEMENT_FIELD_OF_RULE,
    ):
        messages.success(request, _("The agreement is recorded."))
        return _to_plan(case)
    return plan_page(request, case, agreement_form=form)


def _to_plan(case: Case, part: str = "") -> HttpResponse:
    address = reverse("cases:plan_tab", args=[case.number])
    return redirect(f"{address}#{part}" if part else address)
