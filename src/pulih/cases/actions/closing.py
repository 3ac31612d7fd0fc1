"""The end of a case, and opening it again."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from pulih.access import audit
from pulih.access.models import User
from pulih.access.policy import Action
from pulih.access.rules import may
from pulih.cases.actions import reminding
from pulih.cases.actions.history import add_event
from pulih.cases.actions.moves import lock_case, set_stage
from pulih.cases.facts import REOPEN_TO, Ending
from pulih.cases.models import Case, Closure
from pulih.cases.rules import check_day, closing_blockers
from pulih.cases.stages import Stage
from pulih.common.clock import today
from pulih.common.errors import RuleError


@transaction.atomic
def close_case(*, case: Case, ending: Ending, by: User) -> Closure:
    """End a case; it still takes follow-up entries afterwards.

    Args:
        case: a case the user can see; it is locked and re-read here.
        ending: reason, outcome, evidence, day and the days of the follow-up.
        by: the lead of the case, or the section head.

    Raises:
        PermissionDenied: `by` may not end this case.
        RuleError: it has ended already, something that this end needs is missing, the evidence
            is empty, or a day is out of order.

    Source: R-CASE-45, R-CASE-46, docs/rules/cases.md (PP 39/2012 art. 7(2)).
    """
    case = lock_case(case)
    may(by, Action.CASE_CLOSE, case).require()
    _check_ending(case, ending)
    missing = closing_blockers(case, ending.reason)
    if missing:
        raise RuleError(" ".join(blocker.missing for blocker in missing), rule="R-CASE-45")
    closure = Closure.objects.create(
        case=case,
        reason=ending.reason,
        outcome=ending.outcome,
        evidence=ending.evidence.strip(),
        closed_on=ending.on,
        closed_by=by,
    )
    case.ended_on = ending.on
    case.review_on = min(ending.follow_up_on, default=None)
    case.save(update_fields=["review_on"])
    set_stage(case, Stage.TERMINATION)
    add_event(case, "closed", on=ending.on, by=by, closing=ending.reason, outcome=ending.outcome)
    reminding.case_is_closed(case, ending.follow_up_on, by)
    audit.record(
        "case.closed",
        actor=by,
        subject=case,
        detail={"reason": ending.reason, "outcome": ending.outcome},
    )
    return closure


@transaction.atomic
def reopen_case(*, case: Case, to: Stage, reason: str, by: User) -> Case:
    """Open an ended case again; the earlier end stays on record.

    Args:
        to: assessment or intervention.
        reason: why; kept with the end that it lifts.
        by: the head of its section, or the head of office.

    Raises:
        PermissionDenied: `by` may not reopen this case.
        RuleError: the case has not ended, the stage is another, or no reason is given.

    Source: R-CASE-49, docs/rules/cases.md.
    """
    case = lock_case(case)
    may(by, Action.CASE_REOPEN, case).require()
    if not case.is_ended:
        raise RuleError(_("This case has not ended."), rule="R-CASE-49")
    if to not in REOPEN_TO:
        raise RuleError(
            _("A case is opened again in assessment or in intervention."), rule="R-CASE-49"
        )
    if not reason.strip():
        raise RuleError(_("Say why the case is opened again."), rule="R-CASE-49")
    # A case that was brought over from paper may have ended without a closure of ours.
    for closure in case.closures.select_for_update().filter(reopened_on=None):
        closure.reopened_on = today()
        closure.reopened_by = by
        closure.reopen_reason = reason.strip()
        closure.save(update_fields=["reopened_on", "reopened_by", "reopen_reason"])
    case.ended_on = None
    set_stage(case, to)
    add_event(case, "reopened", on=today(), by=by, end=int(to), reason=reason.strip())
    reminding.case_is_reopened(case, by)
    audit.record("case.reopened", actor=by, subject=case, reason=reason, detail={"to": int(to)})
    return case


def _check_ending(case: Case, ending: Ending) -> None:
    if case.is_ended:
        raise RuleError(_("This case has ended already."), rule="R-CASE-45")
    if not ending.evidence.strip():
        raise RuleError(_("Write what shows the outcome."), rule="R-CASE-45")
    check_day(ending.on)
    if ending.on < case.opened_on:
        raise RuleError(_("A case does not end before it was opened."), rule="R-CASE-45")
    if any(day <= ending.on for day in ending.follow_up_on):
        raise RuleError(_("A follow-up comes after the end of the case."), rule="R-CASE-47")
