"""Follow-up after the end of a case."""

from __future__ import annotations

from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from pulih.access import audit
from pulih.access.models import User
from pulih.access.policy import Action
from pulih.access.rules import may
from pulih.cases.actions import reminding
from pulih.cases.actions.history import add_event
from pulih.cases.actions.moves import lock_case, set_stage
from pulih.cases.actions.serving import IN_PART, kept_details
from pulih.cases.facts import Visit
from pulih.cases.models import Case, FollowUp, ServiceRecord
from pulih.cases.rules import check_day
from pulih.cases.service_forms import LONGEST, FieldKind
from pulih.cases.stages import Stage
from pulih.common.errors import RuleError

FOLLOW_UP_KIND = "J"
CONDITIONS = {
    FollowUp.Condition.BETTER: "better",
    FollowUp.Condition.KEPT: "same",
    FollowUp.Condition.WORSE: "worse",
    FollowUp.Condition.NOT_FOUND: "unknown",
}
"""A condition after the end, as the short form of kind J has it."""


@transaction.atomic
def record_follow_up(*, case: Case, visit: Visit, by: User) -> FollowUp:
    """Record a follow-up; the first one moves the case to its last stage.

    A follow-up that met somebody and took hours counts as follow-up guidance, so that it is not
    written down twice.

    Raises:
        PermissionDenied: `by` does not work on the case.
        RuleError: the case has not ended, the day lies before the end or is to come, the
            findings are empty, or the next day is not after this one.

    Source: R-CASE-47, R-CASE-48, docs/rules/cases.md (PP 39/2012 art. 7(2)).
    """
    case = lock_case(case)
    may(by, Action.CASE_WORK, case).require()
    _check_visit(case, visit)
    entry = FollowUp.objects.create(
        case=case,
        visited_on=visit.on,
        mode=visit.mode,
        condition=visit.condition,
        findings=visit.findings.strip(),
        next_on=visit.next_on,
        by=by,
    )
    case.review_on = visit.next_on
    case.save(update_fields=["review_on"])
    if case.stage_now == Stage.TERMINATION:
        set_stage(case, Stage.FOLLOW_UP)
    _count_as_service(case, visit, by)
    add_event(case, "followed_up", on=visit.on, by=by, mode=visit.mode, condition=visit.condition)
    reminding.case_is_followed_up(case, visit.on, visit.next_on, by)
    if visit.condition == FollowUp.Condition.WORSE:
        reminding.case_got_worse(case, by)
    audit.record("follow_up.recorded", actor=by, subject=case, detail={"follow_up": str(entry.pk)})
    return entry


def _count_as_service(case: Case, visit: Visit, by: User) -> None:
    if visit.hours is None or visit.condition == FollowUp.Condition.NOT_FOUND:
        return
    if visit.details is None:
        version, kept = kept_details(FOLLOW_UP_KIND, _known(visit), asked=IN_PART)
    else:
        version, kept = kept_details(FOLLOW_UP_KIND, visit.details)
    ServiceRecord.objects.create(
        case=case,
        form_version=version,
        details=kept,
        kind=FOLLOW_UP_KIND,
        state=ServiceRecord.State.PROVIDED,
        provided_on=visit.on,
        hours=visit.hours,
        provider=by,
        recorded_by=by,
    )


def _known(visit: Visit) -> dict[str, object]:
    """What a follow-up already says of the short form, so that nobody types it twice."""
    return {
        "condition": CONDITIONS[FollowUp.Condition(visit.condition)],
        "found": visit.findings[: LONGEST[FieldKind.LONG]],
        "next_on": visit.next_on,
    }


def _check_visit(case: Case, visit: Visit) -> None:
    if case.ended_on is None:
        raise RuleError(
            _("A follow-up comes after the end of the case; now record a service."),
            rule="R-CASE-47",
        )
    check_day(visit.on)
    if visit.on < case.ended_on:
        raise RuleError(_("A follow-up comes after the end of the case."), rule="R-CASE-47")
    if not visit.findings.strip():
        raise RuleError(_("Write what you found."), rule="R-CASE-47")
    if visit.next_on is not None and visit.next_on <= visit.on:
        raise RuleError(_("The next follow-up comes after this one."), rule="R-CASE-47")
    if visit.hours is not None and not 0 < visit.hours <= Decimal(24):
        raise RuleError(_("The hours of one day lie above 0 and up to 24."), rule="R-CASE-30")
