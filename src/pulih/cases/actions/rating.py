"""Rating the goals of the approved plan, from −2 to +2."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from pulih.access import audit
from pulih.access.models import User
from pulih.access.policy import Action
from pulih.access.rules import may
from pulih.cases.actions.history import add_event
from pulih.cases.actions.moves import lock_case
from pulih.cases.facts import Level
from pulih.cases.models import Case, Goal, GoalRating, Plan
from pulih.cases.rules import check_day
from pulih.cases.scoring import goal_attainment
from pulih.common.errors import RuleError


@transaction.atomic
def rate_goals(
    *, case: Case, levels: Mapping[UUID, Level], on: dt.date, by: User
) -> list[GoalRating]:
    """Rate goals of the approved plan on one day.

    Args:
        levels: for each goal that is rated, by its key, the level from −2 to +2.
        on: the day of the rating; also after the end, to see whether the result is kept.

    Raises:
        PermissionDenied: `by` does not work on the case.
        RuleError: no goal is rated, a goal is not in the approved plan, a level is off the
            scale, or the day has not come.

    Source: R-CASE-35, docs/rules/cases.md (goal attainment scaling).
    """
    case = lock_case(case)
    may(by, Action.CASE_WORK, case).require()
    check_day(on)
    goals = list(
        Goal.objects.filter(plan__case=case, plan__state=Plan.State.APPROVED).prefetch_related(
            "ratings"
        )
    )
    _check_levels(goals, levels)
    ratings = [
        GoalRating.objects.create(
            goal=goal,
            rated_on=on,
            level=levels[goal.pk].level,
            note=levels[goal.pk].note.strip(),
            by=by,
        )
        for goal in goals
        if goal.pk in levels
    ]
    score = _score(goals, levels)
    add_event(case, "goals_rated", on=on, by=by, score=f"{score:.1f}")
    audit.record(
        "goals.rated", actor=by, subject=case, detail={"on": on.isoformat(), "goals": len(ratings)}
    )
    return ratings


def _score(goals: list[Goal], levels: Mapping[UUID, Level]) -> float:
    """The T-score now: this day's levels, and for goals not rated today the last ones known."""
    known = []
    for goal in goals:
        earlier = list(goal.ratings.all())
        if goal.pk in levels:
            known.append((levels[goal.pk].level, goal.weight))
        elif earlier:
            known.append((earlier[-1].level, goal.weight))
    return goal_attainment([level for level, _w in known], [weight for _l, weight in known])


def _check_levels(goals: list[Goal], levels: Mapping[UUID, Level]) -> None:
    if not levels:
        raise RuleError(_("Rate at least one goal."), rule="R-CASE-35")
    if not levels.keys() <= {goal.pk for goal in goals}:
        raise RuleError(_("Only goals of the approved plan are rated."), rule="R-CASE-35")
    if any(not -2 <= given.level <= 2 for given in levels.values()):
        raise RuleError(_("A level lies between −2 and +2."), rule="R-CASE-35")
