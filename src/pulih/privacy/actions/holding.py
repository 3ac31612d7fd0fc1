"""Legal holds and the retention schedule."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from pulih.access import audit
from pulih.access.models import User
from pulih.access.policy import Action
from pulih.access.rules import may
from pulih.cases.models import Case
from pulih.common.clock import now
from pulih.common.errors import RuleError
from pulih.privacy.facts import Scheduled
from pulih.privacy.models import LegalHold, RetentionRule

MOST_YEARS = 100


@transaction.atomic
def place_hold(*, case: Case, reason: str, by: User) -> LegalHold:
    """Keep a case from being destroyed: a trial, an inquiry, a claim.

    Raises:
        PermissionDenied: `by` holds no cases of this section.
        RuleError: no reason, or it is held already.

    Source: R-PRI-11, docs/rules/privacy.md.
    """
    may(by, Action.CASE_HOLD, case).require()
    if not reason.strip():
        raise RuleError(_("Write why the case is held."), rule="R-PRI-11")
    if LegalHold.objects.filter(case=case, lifted_at=None).exists():
        raise RuleError(_("A legal hold stands on this case already."), rule="R-PRI-11")
    hold = LegalHold.objects.create(case=case, reason=reason, placed_by=by, placed_at=now())
    audit.record("hold.placed", actor=by, subject=case, reason=reason)
    return hold


@transaction.atomic
def lift_hold(*, case: Case, reason: str, by: User) -> None:
    """End the legal hold of a case, with the reason.

    Raises:
        PermissionDenied: `by` holds no cases of this section.
        RuleError: no reason, or nothing holds the case.

    Source: R-PRI-11, docs/rules/privacy.md.
    """
    may(by, Action.CASE_HOLD, case).require()
    if not reason.strip():
        raise RuleError(_("Write why the hold ends, such as the final verdict."), rule="R-PRI-11")
    ended = LegalHold.objects.filter(case=case, lifted_at=None).update(
        lifted_at=now(), lifted_by=by
    )
    if not ended:
        raise RuleError(_("Nothing holds this case."), rule="R-PRI-11")
    audit.record("hold.lifted", actor=by, subject=case, reason=reason)


@transaction.atomic
def set_retention(*, line: Scheduled, by: User) -> RetentionRule:
    """Set how long cases of a type, or of one kind of it, are kept after their end.

    Raises:
        PermissionDenied: `by` does not keep the schedule.
        RuleError: no source, or a number of years that cannot be.

    Source: R-PRI-10, docs/rules/privacy.md (the district's archive schedule, JRA).
    """
    _require_manage(by)
    if line.type not in RetentionRule.Type.values or line.fate not in RetentionRule.Fate.values:
        raise RuleError(_("Choose the type of cases and what becomes of them."), rule="R-PRI-10")
    if not line.source.strip():
        raise RuleError(_("Write which decree sets this."), rule="R-PRI-10")
    if not 1 <= line.years <= MOST_YEARS:
        raise RuleError(_("Years are 1 to %(most)s.") % {"most": MOST_YEARS}, rule="R-PRI-10")
    rule, _made = RetentionRule.objects.update_or_create(
        office=by.office,
        type=line.type,
        ppks_kind=line.ppks_kind,
        defaults={
            "years": line.years,
            "fate": line.fate,
            "code": line.code.strip(),
            "source": line.source.strip(),
        },
    )
    detail = {"type": line.type, "kind": line.ppks_kind, "years": line.years, "fate": line.fate}
    audit.record("retention.set", actor=by, subject=rule, detail=detail)
    return rule


@transaction.atomic
def remove_retention(*, rule: RetentionRule, by: User) -> None:
    """Take a line of the schedule away: such cases are then kept until another line covers them.

    Source: R-PRI-10, docs/rules/privacy.md.
    """
    _require_manage(by)
    audit.record(
        "retention.removed",
        actor=by,
        subject=rule,
        detail={"type": rule.type, "kind": rule.ppks_kind, "years": rule.years},
    )
    rule.delete()


def _require_manage(by: User) -> None:
    if not by.may(Action.RETENTION_MANAGE):
        raise PermissionDenied(_("Your role does not keep the retention schedule."))
