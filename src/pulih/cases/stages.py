"""The stages of a case (PP 39/2012 art. 7(2)) and the one table of allowed moves and their needs.

The page shows this table as "what blocks this case and who can unblock it"; the actions ask the
same table before they move a case, so that the two never differ.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Stage(models.IntegerChoices):
    """TAHAP_REHSOS, in the order of the law; termination stands before follow-up."""

    APPROACH = 1, _("Initial approach")
    ASSESSMENT = 2, _("Assessment")
    PLANNING = 3, _("Planning")
    INTERVENTION = 4, _("Intervention")
    RESOCIALISATION = 5, _("Resocialisation")
    TERMINATION = 6, _("Termination")
    FOLLOW_UP = 7, _("Follow-up")


ENDED = frozenset({Stage.TERMINATION, Stage.FOLLOW_UP})


class Need(StrEnum):
    """Something that must be there before a case may move."""

    LEAD = "lead"
    BASIS = "basis"
    ASSESSMENT = "assessment"
    MEASUREMENT = "measurement"
    PLAN_AGREED = "plan_agreed"
    PLAN_APPROVED = "plan_approved"
    SERVICE_PROVIDED = "service_provided"
    READINESS = "readiness"
    GOALS_RATED = "goals_rated"
    REFERRALS_ANSWERED = "referrals_answered"
    NEEDS_SETTLED = "needs_settled"
    CLOSURE = "closure"
    FOLLOW_UP = "follow_up"


@dataclass(frozen=True, slots=True)
class NeedText:
    """What a missing need says on the screen: what is missing, who can mend it, on which page."""

    missing: str | Promise
    who: str | Promise
    page: str


NEEDS: dict[Need, NeedText] = {
    Need.LEAD: NeedText(
        _("Nobody leads this case."), _("The section head names the lead."), "cases:team"
    ),
    Need.BASIS: NeedText(
        _("Neither consent nor a legal basis is recorded."),
        _("The lead records it with the client or the guardian."),
        "cases:basis",
    ),
    Need.ASSESSMENT: NeedText(
        _("There is no assessment."), _("The team writes the assessment."), "cases:assess"
    ),
    Need.MEASUREMENT: NeedText(
        _("Functioning has not been measured."),
        _("The team measures it with an instrument."),
        "cases:measure",
    ),
    Need.PLAN_AGREED: NeedText(
        _("The client or guardian has not agreed to the plan."),
        _("The lead talks the plan through and records the agreement."),
        "cases:plan_tab",
    ),
    Need.PLAN_APPROVED: NeedText(
        _("No plan is approved."),
        _("The section head approves it; for the head's own plan, the head of office."),
        "cases:plan_tab",
    ),
    Need.SERVICE_PROVIDED: NeedText(
        _("No service has been provided yet."),
        _("The team records the first service."),
        "cases:serve",
    ),
    Need.READINESS: NeedText(
        _("Readiness of person, family and community has not been recorded (service kind I)."),
        _("The team records a resocialisation service."),
        "cases:serve",
    ),
    Need.GOALS_RATED: NeedText(
        _("Not every goal of the plan has been rated."),
        _("The lead rates the goals with the client."),
        "cases:rate",
    ),
    Need.REFERRALS_ANSWERED: NeedText(
        _("A referral still waits for its answer."),
        _("The one who was asked answers, or the lead withdraws the referral."),
        "cases:referrals",
    ),
    Need.NEEDS_SETTLED: NeedText(
        _("A need of the client is neither met nor explained."),
        _("Whoever sees to the need ticks it as met, or says why it is not."),
        "cases:needs",
    ),
    Need.CLOSURE: NeedText(
        _("The end of the case is not recorded."),
        _("The lead or the section head ends the case with reason, outcome and evidence."),
        "cases:close",
    ),
    Need.FOLLOW_UP: NeedText(
        _("No follow-up visit is recorded yet."),
        _("The team records the first follow-up."),
        "cases:follow_up",
    ),
}


@dataclass(frozen=True, slots=True)
class Move:
    """One allowed move between two stages."""

    start: Stage
    end: Stage
    needs: tuple[Need, ...]

    @property
    def is_return(self) -> bool:
        """Does the case go back?"""
        return self.end < self.start


MOVES: tuple[Move, ...] = (
    Move(Stage.APPROACH, Stage.ASSESSMENT, (Need.LEAD, Need.BASIS)),
    Move(Stage.ASSESSMENT, Stage.PLANNING, (Need.ASSESSMENT, Need.MEASUREMENT)),
    Move(Stage.PLANNING, Stage.INTERVENTION, (Need.PLAN_AGREED, Need.PLAN_APPROVED)),
    Move(Stage.INTERVENTION, Stage.RESOCIALISATION, (Need.SERVICE_PROVIDED,)),
    Move(
        Stage.RESOCIALISATION,
        Stage.TERMINATION,
        (
            Need.READINESS,
            Need.GOALS_RATED,
            Need.REFERRALS_ANSWERED,
            Need.NEEDS_SETTLED,
            Need.CLOSURE,
        ),
    ),
    Move(
        Stage.INTERVENTION,
        Stage.TERMINATION,
        (
            Need.SERVICE_PROVIDED,
            Need.GOALS_RATED,
            Need.REFERRALS_ANSWERED,
            Need.NEEDS_SETTLED,
            Need.CLOSURE,
        ),
    ),
    Move(Stage.TERMINATION, Stage.FOLLOW_UP, (Need.FOLLOW_UP,)),
    # Returns need no evidence, only a reason, which the action asks for.
    Move(Stage.PLANNING, Stage.ASSESSMENT, ()),
    Move(Stage.INTERVENTION, Stage.PLANNING, ()),
    Move(Stage.RESOCIALISATION, Stage.INTERVENTION, ()),
)

EARLY_END_NEEDS: tuple[Need, ...] = (Need.CLOSURE,)
"""A case may end early from any stage where no goal can be met any more (death, refusal, lost,
transfer, moved away, no problem found): then only the closure itself is needed."""


def moves_from(stage: Stage) -> tuple[Move, ...]:
    """The moves that leave a stage, forward ones first."""
    found = [move for move in MOVES if move.start == stage]
    return tuple(sorted(found, key=lambda move: (move.is_return, -move.end)))


def find_move(start: Stage, end: Stage) -> Move | None:
    """The move between two stages, if the table has it."""
    return next((move for move in MOVES if (move.start, move.end) == (start, end)), None)
