"""Reading plans of a case that was read for its reader."""

from __future__ import annotations

from django.db.models import Prefetch, QuerySet

from pulih.cases.models import Case, Goal, Plan, PlannedService


def plans_of(case: Case) -> QuerySet[Plan]:
    """Every version, the latest first, with its people."""
    return case.plans.select_related("author", "decided_by")


def whole_plans(case: Case) -> QuerySet[Plan]:
    """The versions with their goals and services."""
    return plans_of(case).prefetch_related(
        Prefetch("goals", Goal.objects.order_by("position")),
        Prefetch(
            "services",
            PlannedService.objects.select_related("responsible", "goal").order_by("position"),
        ),
    )


def plan_in_work(case: Case) -> Plan | None:
    """The version that is being written or waits for approval."""
    open_states = [Plan.State.DRAFT, Plan.State.SUBMITTED, Plan.State.RETURNED]
    return case.plans.filter(state__in=open_states).first()


def approved_plan(case: Case) -> Plan | None:
    """The version that is in force."""
    return case.plans.filter(state=Plan.State.APPROVED).first()
