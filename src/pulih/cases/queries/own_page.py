"""What stands on a client's own page: nothing that names the kind of the case."""

from __future__ import annotations

from dataclasses import dataclass

from pulih.access.models import User
from pulih.cases.models import Case, ClientRating, Goal, Need, Plan, Referral
from pulih.cases.queries.coming import Coming, coming_in
from pulih.cases.queries.delivery import goals_of

DATES_AT_MOST = 5


@dataclass(frozen=True, slots=True)
class Helper:
    """Somebody who helps, in words; without a position where that would tell of the matter."""

    name: str
    what: str = ""


@dataclass(frozen=True, slots=True)
class OwnGoal:
    """A goal as the client reads it: where it stands and what it shall become."""

    goal: Goal
    now: str
    hoped: str
    said: ClientRating | None


@dataclass(frozen=True, slots=True)
class OwnPage:
    """The page in parts."""

    goals: list[OwnGoal]
    helpers: list[Helper]
    services: list[str]
    needs: list[Need]
    dates: list[Coming]


def own_page(case: Case, *, user: User) -> OwnPage:
    """The page of a case that was read for its reader.

    In a sealed case only what tells nothing of the matter: the goals as they were agreed with the
    client, the names of the team, and when one meets.
    """
    sealed = case.compartment_id is not None
    dates = [one for one in coming_in([case], user=user)[case.pk] if one.for_client]
    return OwnPage(
        goals=[_goal(goal) for goal in goals_of(case)],
        helpers=_team(case, sealed=sealed) + ([] if sealed else _institutions(case)),
        services=[] if sealed else _services(case),
        needs=[] if sealed else list(case.needs.filter(state=Need.State.OPEN)),
        dates=[one for one in dates if one.is_neutral or not sealed][:DATES_AT_MOST],
    )


def _goal(goal: Goal) -> OwnGoal:
    ratings = list(goal.ratings.all())
    said = list(goal.client_ratings.all())
    level = ratings[-1].level if ratings else goal.baseline
    anchors = list(goal.anchors)
    return OwnGoal(goal, anchors[level + 2], anchors[2], said[-1] if said else None)


def _team(case: Case, *, sealed: bool) -> list[Helper]:
    team = case.team.filter(left_on=None).select_related("user").order_by("-is_lead", "joined_on")
    return [Helper(one.user.full_name, "" if sealed else one.user.position) for one in team]


def _institutions(case: Case) -> list[Helper]:
    accepted = Referral.objects.unscoped(reason="of a case that was read for its reader").filter(
        case=case, state=Referral.State.ACCEPTED, to_section=None
    )
    names = [one.to_name for one in accepted]
    names += [need.helper for need in case.needs.exclude(helper="")]
    return [Helper(name) for name in dict.fromkeys(names) if name]


def _services(case: Case) -> list[str]:
    """What the plan promises, in the words in which it was agreed."""
    plan = case.plans.filter(state=Plan.State.APPROVED).first()
    if plan is None:
        return []
    found = []
    for service in plan.services.all():
        words = str(service.text).strip()
        if words:
            found.append(f"{words} ({service.frequency.lower()})" if service.frequency else words)
    return found
