"""What a case has and what its next step still needs. No rule here writes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from pulih.access import scope
from pulih.access.decisions import ALLOW, Decision, deny
from pulih.access.models import User
from pulih.access.policy import Action
from pulih.access.roles import Role
from pulih.cases.models import (
    Assessment,
    Basis,
    Case,
    Closure,
    FollowUp,
    Goal,
    GoalRating,
    Measurement,
    Plan,
    Referral,
    ServiceRecord,
    TeamMember,
)
from pulih.cases.models import Need as ClientNeed
from pulih.cases.stages import EARLY_END_NEEDS, NEEDS, Move, Need, Stage, find_move, moves_from
from pulih.common.clock import today
from pulih.common.errors import RuleError

RESOCIALISATION_KIND = "I"

CASE_ACTIONS = (
    Action.CASE_WORK,
    Action.CASE_ASSIGN,
    Action.CASE_CLOSE,
    Action.CASE_REOPEN,
    Action.PLAN_APPROVE,
    Action.CASE_GRANT,
)


@dataclass(frozen=True, slots=True)
class Blocker:
    """One missing need, in words, with the page on which it is mended."""

    need: Need
    missing: str
    who: str
    page: str


@dataclass(frozen=True, slots=True)
class NextStep:
    """A move that the table allows from here, and what still blocks it."""

    move: Move
    blockers: tuple[Blocker, ...]

    @property
    def is_open(self) -> bool:
        """Does nothing block it?"""
        return not self.blockers


def needs_met(case: Case) -> frozenset[Need]:
    """What the case already has, asked in one query (R-CASE-2)."""
    return needs_met_of([case])[case.pk]


def needs_met_of(cases: Collection[Case]) -> dict[UUID, frozenset[Need]]:
    """What each of some cases already has, asked in one query for all (R-CASE-2)."""
    mine = OuterRef("pk")
    why = "the facts of cases that were read for their reader"
    provided = ServiceRecord.objects.unscoped(reason=why).filter(
        case=mine, state=ServiceRecord.State.PROVIDED
    )
    waiting = Referral.objects.unscoped(reason=why).filter(case=mine, state=Referral.State.SENT)
    approved = Plan.objects.filter(case=mine, state=Plan.State.APPROVED)
    unrated = Goal.objects.filter(plan__case=mine, plan__state=Plan.State.APPROVED).exclude(
        Exists(GoalRating.objects.filter(goal=OuterRef("pk")))
    )
    current = Plan.objects.filter(case=mine).exclude(state=Plan.State.SUPERSEDED)
    rows = Case._base_manager.filter(pk__in=[case.pk for case in cases]).values(
        "pk",
        lead=Exists(TeamMember.objects.filter(case=mine, is_lead=True, left_on=None)),
        basis=Exists(Basis.objects.filter(case=mine, withdrawn_on=None)),
        assessment=Exists(Assessment.objects.filter(case=mine)),
        measurement=Exists(Measurement.objects.filter(case=mine)),
        plan_agreed=Exists(current.filter(~Q(agreed_by=""))),
        plan_approved=Exists(approved),
        service_provided=Exists(provided),
        readiness=Exists(provided.filter(kind=RESOCIALISATION_KIND)),
        goals_rated=~Exists(unrated),
        referrals_answered=~Exists(waiting),
        needs_settled=~Exists(ClientNeed.objects.filter(case=mine, state=ClientNeed.State.OPEN)),
        closure=Exists(Closure.objects.filter(case=mine, reopened_on=None)),
        follow_up=Exists(FollowUp.objects.filter(case=mine)),
    )
    return {
        row["pk"]: frozenset(Need(name) for name, met in row.items() if name != "pk" and met)
        for row in rows
    }


def blockers(needs: Iterable[Need], met: frozenset[Need]) -> tuple[Blocker, ...]:
    """The needs that are not met, in words."""
    return tuple(
        Blocker(need, str(NEEDS[need].missing), str(NEEDS[need].who), NEEDS[need].page)
        for need in needs
        if need not in met
    )


def next_steps(case: Case, met: frozenset[Need] | None = None) -> tuple[NextStep, ...]:
    """Every move that leaves the case's stage, with what blocks it (R-CASE-1)."""
    have = needs_met(case) if met is None else met
    return tuple(NextStep(move, blockers(move.needs, have)) for move in moves_from(case.stage_now))


def closing_blockers(
    case: Case, reason: str, met: frozenset[Need] | None = None
) -> tuple[Blocker, ...]:
    """What an end with this reason still lacks, the end itself apart (R-CASE-45, R-CASE-46).

    Raises:
        RuleError: from this stage a case ends only for a reason for which no goal can be met.
    """
    if reason in Closure.EARLY:
        needs = EARLY_END_NEEDS
    else:
        move = find_move(case.stage_now, Stage.TERMINATION)
        if move is None:
            raise RuleError(
                _("In the stage “%(stage)s” a case ends only early: choose another reason.")
                % {"stage": case.stage_now.label},
                rule="R-CASE-46",
            )
        needs = move.needs
    have = needs_met(case) if met is None else met
    return blockers(needs, have | {Need.CLOSURE})


def check_day(on: dt.date) -> None:
    """Nothing is recorded as done on a day that has not come (R-CASE-50).

    Raises:
        RuleError: the day is after today.
    """
    if on > today():
        raise RuleError(_("This day has not come yet."), rule="R-CASE-50")


def abilities(user: User, case: Case) -> frozenset[Action]:
    """What the user may do on this case, asked in one query, for the buttons of its page.

    The actions ask again by themselves; this only decides what is offered.
    """
    same = Case._base_manager.filter(pk=OuterRef("pk"))
    questions = [Exists(same.filter(scope.allowed(user, action, Case))) for action in CASE_ACTIONS]
    found = Case._base_manager.filter(pk=case.pk).values_list(*questions).get()
    return frozenset(action for action, yes in zip(CASE_ACTIONS, found, strict=True) if yes)


def may_read_private(user: User, case: Case) -> Decision:
    """The private part of a note is for those who are on the team now (R-CASE-44)."""
    if case.team.filter(user=user, left_on=None).exists():
        return ALLOW
    return deny(
        _("The private part of a note is for the team of the case alone."),
        who=_("The lead or the section head adds you to the team."),
    )


def may_answer_inside(user: User, referral: Referral) -> Decision:
    """A referral to a section is answered by the head of that section (R-CASE-38)."""
    heads = (
        grant.section_id
        for grant in user.current_grants
        if grant.role == Role.SECTION_HEAD
        and grant.section_id is not None
        and grant.unit_id is None
    )
    if referral.to_section_id is not None and referral.to_section_id in heads:
        return ALLOW
    return deny(
        _("Only the head of the section that was asked answers this referral."),
        who=str(Role.SECTION_HEAD.label),
    )
