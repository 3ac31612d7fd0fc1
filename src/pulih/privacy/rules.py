"""What law and office ask before data are shown, limited or destroyed. Nothing here writes."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from pulih.access.decisions import ALLOW, Decision, deny
from pulih.access.models import Office, User
from pulih.access.policy import Action
from pulih.access.rules import may, names_of
from pulih.cases.models import Case, Referral
from pulih.common.clock import today
from pulih.privacy.models import Destruction, LegalHold, RetentionRule, RightsRequest

CONFLICTED = frozenset({RightsRequest.Kind.ACCESS, RightsRequest.Kind.ERASURE})
"""What is never granted to somebody who is suspected of harming the person."""


def may_decide(user: User, request: RightsRequest) -> Decision:
    """May the user answer or refuse the request? Not one that they wrote down themselves."""
    decision = may(user, Action.RIGHTS_DECIDE, request)
    if not decision:
        return decision
    if request.received_by_id == user.pk:
        return deny(
            _("You wrote this request down; somebody else decides on it."),
            who=names_of(Action.RIGHTS_DECIDE),
        )
    return ALLOW


def may_grant(request: RightsRequest) -> Decision:
    """May the request be carried out at all? (R-PRI-3: conflict of the guardian)"""
    if request.asker_is_suspect and request.kind in CONFLICTED:
        return deny(
            _(
                "Who asks is suspected of harming this person: the data are neither shown nor"
                " destroyed on their word. Refuse it, and let another guardian ask."
            )
        )
    return ALLOW


@dataclass(frozen=True, slots=True)
class Retained:
    """What the schedule says of one ended case."""

    rule: RetentionRule
    due_on: dt.date

    @property
    def is_due(self) -> bool:
        """May the case be destroyed as far as its age goes?"""
        return self.rule.fate == RetentionRule.Fate.DESTROY and self.due_on <= today()


def type_of(case: Case) -> RetentionRule.Type:
    """The type under which the schedule keeps a case."""
    if case.compartment_id is not None:
        return RetentionRule.Type.SEALED
    return RetentionRule.Type.RESTRICTED if case.restricted else RetentionRule.Type.ORDINARY


def schedule_of(office: Office) -> dict[tuple[str, int | None], RetentionRule]:
    """The lines of the office's schedule by type and kind."""
    rows = RetentionRule.objects.filter(office=office)
    return {(row.type, row.ppks_kind): row for row in rows}


def retained(case: Case, schedule: dict[tuple[str, int | None], RetentionRule]) -> Retained | None:
    """What the schedule says of a case; None while it runs, or where no line covers it."""
    if case.ended_on is None:
        return None
    kind = type_of(case)
    rule = schedule.get((kind, case.ppks_kind)) or schedule.get((kind, None))
    return Retained(rule, years_after(case.ended_on, rule.years)) if rule else None


def years_after(day: dt.date, years: int) -> dt.date:
    """The same day some years later; 29 February becomes 1 March."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return dt.date(day.year + years, 3, 1)


def may_destroy(case: Case) -> Decision:
    """May the case be destroyed today, whoever does it? (R-PRI-12)"""
    found = retained(case, schedule_of(case.office))
    if case.ended_on is None:
        return deny(_("The case is still running."))
    if found is None:
        return deny(_("The retention schedule has no line for such cases."))
    if found.rule.fate == RetentionRule.Fate.KEEP:
        return deny(_("The schedule keeps such cases for good."))
    if not found.is_due:
        return deny(_("It is kept until %(day)s.") % {"day": found.due_on.isoformat()})
    if LegalHold.objects.filter(case=case, lifted_at=None).exists():
        return deny(_("A legal hold stands on the case; lift it first."))
    waiting = Q(state=Referral.State.SENT)
    if (
        Referral.objects.unscoped(reason="what waits holds the case")
        .filter(waiting, case=case)
        .exists()
    ):
        return deny(_("A referral of the case still waits for its answer."))
    return ALLOW


def may_decide_destruction(user: User, proposal: Destruction) -> Decision:
    """May the user carry the destruction out, or refuse it? Never who proposed it (R-PRI-13)."""
    decision = may(user, Action.DESTRUCTION_DECIDE, proposal)
    if decision and proposal.proposed_by_id == user.pk:
        return deny(
            _("You proposed this; somebody else decides."),
            who=names_of(Action.DESTRUCTION_DECIDE),
        )
    return decision


def may_lift(user: User, request: RightsRequest) -> Decision:
    """May the user end the limit that a request brought? Whoever decides on requests."""
    return may(user, Action.RIGHTS_DECIDE, request)
