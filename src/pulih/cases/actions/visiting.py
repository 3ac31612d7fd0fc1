"""The note of a visit: one act for a running case and for one that has ended."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from pulih.access.models import User
from pulih.cases.actions import reminding
from pulih.cases.actions.following import CONDITIONS, FOLLOW_UP_KIND, record_follow_up
from pulih.cases.actions.moves import lock_case
from pulih.cases.actions.serving import provide_service
from pulih.cases.facts import Given, Visit, VisitNote
from pulih.cases.models import Case, FollowUp
from pulih.cases.service_forms import check, current, told_parts
from pulih.common.errors import RuleError

NOBODY = "nobody"


@transaction.atomic
def record_visit(*, case: Case, note: VisitNote, by: User) -> None:
    """Record what a visit found: a service of kind J, after the end also a follow-up.

    The visit that was due is done, the next one becomes a task, and where something is dangerous
    the lead and the section head are asked at once.

    Args:
        case: a case the user can see; it is locked and re-read here.
        note: the answers of the short form of kind J, day, hours, place and the next visit.

    Raises:
        PermissionDenied: `by` does not work on the case.
        RuleError: an answer is missing or does not fit, the day is to come, or the next visit is
            not after this one.

    Source: R-CASE-61, R-CASE-60, R-CASE-47, docs/rules/cases.md.
    """
    case = lock_case(case)
    if note.next_on is not None and note.next_on <= note.on:
        raise RuleError(_("The next visit comes after this one."), rule="R-CASE-61")
    details = {**note.details, "next_on": note.next_on}
    if case.is_ended:
        record_follow_up(case=case, visit=_after_the_end(note, details), by=by)
        if details.get("danger") in {"yes", True}:
            # A follow-up that finds nobody keeps no service that would ask.
            reminding.safety_is_asked(case, f"{case.pk}:{note.on}", by)
    else:
        given = Given(FOLLOW_UP_KIND, note.on, note.hours, note.place, details=details)
        provide_service(case=case, given=given, by=by)
        reminding.visit_is_made(case, note.on, by)
        if note.next_on is not None:
            reminding.visit_is_due(case, note.next_on, by)


def _after_the_end(note: VisitNote, details: dict[str, object]) -> Visit:
    form = current(FOLLOW_UP_KIND)
    kept = check(form, details)
    told = told_parts(form.kind, form.version, kept)
    condition = next(one for one, code in CONDITIONS.items() if code == kept["condition"])
    if kept["met"] == NOBODY:
        condition = FollowUp.Condition.NOT_FOUND
    return Visit(
        on=note.on,
        mode=FollowUp.Mode.VISIT,
        condition=condition,
        findings=kept.get("found") or "; ".join(f"{one.label}: {one.words}" for one in told),
        hours=note.hours,
        next_on=note.next_on,
        details=details,
    )
