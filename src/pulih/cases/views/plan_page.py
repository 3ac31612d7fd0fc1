"""Draws the page of a plan, also with a form that was sent and refused."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpResponse

from pulih.access.guards import StaffRequest
from pulih.access.policy import Action
from pulih.access.rules import may
from pulih.cases.forms.planning import (
    AgreementForm,
    BankForm,
    DecisionForm,
    GoalForm,
    PlannedServiceForm,
    SummaryForm,
)
from pulih.cases.forms.working import signed
from pulih.cases.goal_bank import find
from pulih.cases.intake_rules import may_decide
from pulih.cases.models import Case, Goal, Plan, PlannedService
from pulih.cases.queries.plans import plan_in_work, whole_plans
from pulih.cases.queries.staff import workers_of
from pulih.cases.views.details import details_form
from pulih.cases.views.shell import case_page
from pulih.common.stamps import stamped
from pulih.people.codes import ATENSI, SERVICE_KINDS

NEW = "baru"
FROM_BANK = "bank"


def plan_in_work_or_404(case: Case) -> Plan:
    """The version that is being written."""
    plan = plan_in_work(case)
    if plan is None:
        raise Http404
    plan.case = case
    return plan


def plan_page(
    request: StaffRequest, case: Case, *, refused: str = "", editing: str = "", **sent: object
) -> HttpResponse:
    """The whole page.

    Args:
        refused: a rule's no that belongs to no form.
        editing: which goal or service the sent form is about, or `baru`.
        sent: forms that were sent and refused, by their name in the template.
    """
    plans = list(whole_plans(case))
    plan = _shown(plans, request.GET.get("versi", ""))
    context: dict[str, Any] = {"plan": plan, "plans": plans, "refused": refused}
    if plan is not None:
        plan.case = case
        writes = plan.is_editable and bool(may(request.user, Action.CASE_WORK, case))
        context |= {
            "goals": [_goal(goal) for goal in plan.goals.all()],
            "services": [_service(service) for service in plan.services.all()],
            "writes": writes,
            "in_work": next((one for one in plans if one.is_editable or _waits(one)), None),
        }
        if writes:
            context |= _editors(request, case, plan)
        if _waits(plan):
            context |= {"decision": may_decide(request.user, plan), "decision_form": DecisionForm()}
    context |= sent
    if "goal_form" in sent:
        context["goal_key"] = editing
    if "service_form" in sent:
        context["service_key"] = editing
    bad = bool(refused) or any(isinstance(f, forms.Form) and f.errors for f in sent.values())
    return case_page(request, case, "plan", "cases/plan.html", context, status=422 if bad else 200)


def _shown(plans: list[Plan], wanted: str) -> Plan | None:
    """The version asked for, else the latest."""
    asked = next((plan for plan in plans if str(plan.version) == wanted), None)
    return asked or next(iter(plans), None)


def _waits(plan: Plan) -> bool:
    return plan.state == Plan.State.SUBMITTED


def _editors(request: StaffRequest, case: Case, plan: Plan) -> dict[str, Any]:
    """The forms of a version in work; a goal or service is opened by the address."""
    found: dict[str, Any] = {
        "summary_form": stamped(SummaryForm(initial={"summary": plan.summary}), plan),
        "agreement_form": AgreementForm(initial={"agreed_by": Plan.AgreedBy.CLIENT}),
    }
    key = request.GET.get("tujuan", "")
    if key == FROM_BANK:
        bank_form = BankForm(request.GET)
        found |= {"bank_form": bank_form, "bank": bank_form.found(case)}
    elif ready := find(request.GET.get("bank", "")):
        found["goal_form"] = GoalForm(ready=ready, initial=GoalForm.initial_from(ready))
        found["goal_key"] = NEW
    elif key:
        goal = next((one for one in plan.goals.all() if str(one.pk) == key), None)
        form = GoalForm(initial=GoalForm.initial_of(goal) if goal else None)
        found["goal_form"] = stamped(form, goal) if goal else form
        found["goal_key"] = key if goal else NEW
    if key := request.GET.get("layanan", ""):
        service = next((one for one in plan.services.all() if str(one.pk) == key), None)
        found["service_form"] = PlannedServiceForm(
            goals=plan.goals.all(),
            workers=workers_of(case.office),
            initial=PlannedServiceForm.initial_of(service) if service else None,
        )
        found["service_key"] = key if service else NEW
        if service:
            stamped(found["service_form"], service)
            found["service_details"] = details_form(
                case, service.kind, user=request.user, planned=service, beforehand=True
            )
    return found


def _goal(goal: Goal) -> dict[str, Any]:
    """A goal with its outcomes as the page shows them."""
    steps = [
        {"level": signed(level), "text": text, "now": level == goal.baseline}
        for level, text in zip(range(-2, 3), goal.anchors, strict=True)
    ]
    return {"row": goal, "key": str(goal.pk), "steps": steps}


def _service(service: PlannedService) -> dict[str, Any]:
    """A planned service with the names of its codes."""
    return {
        "row": service,
        "key": str(service.pk),
        "kind": SERVICE_KINDS.label(service.kind),
        "atensi": ATENSI.label(str(service.atensi)) if service.atensi else "",
    }
