"""Taking a ready goal into a plan, with the services that usually serve it."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from pulih.access.models import User
from pulih.cases.actions.planning import save_goal, save_service
from pulih.cases.intake_facts import GoalFacts, ServiceFacts
from pulih.cases.models import Goal, Plan


@transaction.atomic
def take_goal(*, plan: Plan, facts: GoalFacts, kinds: Iterable[str], by: User) -> Goal:
    """Add a goal, and for it a planned service of each kind that was chosen with it.

    Args:
        plan: a version in work of a case the user can see.
        facts: the goal as it was changed with the client.
        kinds: A to K; the services are for this goal and seen to by whoever takes it.

    Raises:
        PermissionDenied: `by` does not work on the case, or the version is no longer changed.
        RuleError: as for a goal and a service of the plan.

    Source: R-CASE-68, R-CASE-26, R-CASE-27, docs/rules/cases.md.
    """
    goal = save_goal(plan=plan, facts=facts, by=by)
    for kind in kinds:
        service = ServiceFacts(kind=kind, goal=goal, responsible=by)
        save_service(plan=plan, facts=service, by=by)
    return goal
