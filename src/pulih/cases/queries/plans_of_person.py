"""One joint plan of a person: what every section that the reader may see has agreed with them."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Prefetch, Q

from pulih.access.models import User
from pulih.cases.models import Case, Goal, Plan, PlannedService, ServiceRecord
from pulih.cases.queries.cases import cases_of_person
from pulih.cases.queries.coming import Coming, coming_in
from pulih.people.codes import SERVICE_KINDS

CASES_AT_MOST = 12


@dataclass(frozen=True, slots=True)
class PlannedWork:
    """A service that a plan promises, in words."""

    row: PlannedService
    kind: str
    given: int


@dataclass(frozen=True, slots=True)
class PartOfPlan:
    """The part of one case: its plan in force, or the one that is being made."""

    case: Case
    lead: User | None
    plan: Plan | None
    goals: list[Goal]
    services: list[PlannedWork]
    next: Coming | None


def joint_plan(person_id: UUID, *, user: User) -> list[PartOfPlan]:
    """The parts of all running cases of a person that the reader may see, by section."""
    cases = list(cases_of_person(person_id, user=user).filter(ended_on=None)[:CASES_AT_MOST])
    plans = _plans(cases)
    dates = coming_in(cases, user=user)
    parts = []
    for case in cases:
        plan = plans.get(case.pk)
        members = getattr(case, "now", [])
        parts.append(
            PartOfPlan(
                case=case,
                lead=members[0].user if members else None,
                plan=plan,
                goals=list(plan.goals.all()) if plan else [],
                services=[_work(one) for one in plan.services.all()] if plan else [],
                next=next(iter(dates[case.pk]), None),
            )
        )
    return sorted(parts, key=lambda part: (part.case.section.kind, part.case.number))


def _plans(cases: list[Case]) -> dict[UUID, Plan]:
    """The plan in force of each case; without one, the latest in work."""
    given = Count("records", filter=Q(records__state=ServiceRecord.State.PROVIDED))
    rows = (
        Plan.objects.filter(case__in=cases)
        .exclude(state=Plan.State.SUPERSEDED)
        .prefetch_related(
            Prefetch("goals", Goal.objects.prefetch_related("ratings", "client_ratings")),
            Prefetch(
                "services",
                PlannedService.objects.select_related("responsible").annotate(given=given),
            ),
        )
        .order_by("version")
    )
    found: dict[UUID, Plan] = {}
    for plan in rows:
        kept = found.get(plan.case_id)
        if kept is None or kept.state != Plan.State.APPROVED:
            found[plan.case_id] = plan
    return found


def _work(service: PlannedService) -> PlannedWork:
    given = getattr(service, "given", 0)
    return PlannedWork(service, SERVICE_KINDS.label(service.kind), given)
