"""What a case has and what its next step still needs. No rule here writes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q

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
from pulih.cases.stages import NEEDS, Move, Need, moves_from

RESOCIALISATION_KIND = "I"


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
    mine = OuterRef("pk")
    provided = ServiceRecord.objects.unscoped(reason="the facts of one case, already read").filter(
        case=mine, state=ServiceRecord.State.PROVIDED
    )
    waiting = Referral.objects.unscoped(reason="the facts of one case, already read").filter(
        case=mine, state=Referral.State.SENT
    )
    approved = Plan.objects.filter(case=mine, state=Plan.State.APPROVED)
    unrated = Goal.objects.filter(plan__case=mine, plan__state=Plan.State.APPROVED).exclude(
        Exists(GoalRating.objects.filter(goal=OuterRef("pk")))
    )
    current = Plan.objects.filter(case=mine).exclude(state=Plan.State.SUPERSEDED)
    found = (
        Case._base_manager.filter(pk=case.pk)
        .values(
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
            closure=Exists(Closure.objects.filter(case=mine, reopened_on=None)),
            follow_up=Exists(FollowUp.objects.filter(case=mine)),
        )
        .get()
    )
    return frozenset(Need(name) for name, met in found.items() if met)


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
