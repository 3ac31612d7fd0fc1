"""The client's own rating of the goals."""

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
from pulih.cases.models import Case, ClientRating, Goal, Plan
from pulih.cases.rules import check_day
from pulih.common.errors import RuleError


@transaction.atomic
def hear_client(
    *, case: Case, levels: Mapping[UUID, Level], mode: str, on: dt.date, by: User
) -> list[ClientRating]:
    """Keep how far the client finds the goals reached; it never enters the score.

    Args:
        levels: for each goal that the client rates, by its key, the level and the client's words.
        mode: the client alone, or with somebody's help.

    Raises:
        PermissionDenied: `by` does not work on the case.
        RuleError: no goal is rated, one is not in the approved plan, a level is off the scale,
            or the day has not come.

    Source: R-CASE-107, docs/rules/cases.md.
    """
    case = lock_case(case)
    may(by, Action.CASE_WORK, case).require()
    check_day(on)
    goals = {
        goal.pk: goal
        for goal in Goal.objects.filter(plan__case=case, plan__state=Plan.State.APPROVED)
    }
    if not levels:
        raise RuleError(_("Choose a face for at least one goal."), rule="R-CASE-107")
    if not levels.keys() <= goals.keys():
        raise RuleError(_("Only goals of the approved plan are rated."), rule="R-CASE-107")
    if any(not -2 <= given.level <= 2 for given in levels.values()):
        raise RuleError(_("A level lies between −2 and +2."), rule="R-CASE-107")
    made = [
        ClientRating.objects.create(
            goal=goals[key],
            rated_on=on,
            level=given.level,
            mode=mode,
            words=given.note.strip(),
            recorded_by=by,
        )
        for key, given in levels.items()
    ]
    add_event(case, "client_rated", on=on, by=by)
    audit.record(
        "client_rating.recorded",
        actor=by,
        subject=case,
        detail={"on": on.isoformat(), "goals": len(made), "mode": mode},
    )
    return made
