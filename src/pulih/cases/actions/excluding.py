"""Shutting a user out of a case for a conflict of interest, and letting them in again."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from pulih.access import audit
from pulih.access.actions.compartments import unname_member
from pulih.access.models import CompartmentMember, User
from pulih.access.policy import Action
from pulih.access.rules import may
from pulih.cases.actions.granting import close_grant
from pulih.cases.actions.history import add_event
from pulih.cases.actions.moves import lock_case
from pulih.cases.models import Case, Exclusion
from pulih.cases.queries.staff import heads_of
from pulih.common.clock import now, today
from pulih.common.errors import RuleError
from pulih.inbox.actions import drop_tasks, pass_on
from pulih.inbox.models import Task

HELD = "what the excluded user holds about the case goes to its lead"


@transaction.atomic
def exclude_user(*, case: Case, user: User, reason: str, by: User) -> Exclusion:
    """Shut a user out of a case at once, however they would reach it: lists, search, files, tasks.

    Who leads the case hands it over first; a member leaves the team with this. The reason is read
    by those who may exclude; the excluded user sees nothing, not even that.

    Raises:
        PermissionDenied: `by` heads neither the section nor the office.
        RuleError: no reason, `user` leads the case or is of another office, or is shut out already.

    Source: R-CASE-320, docs/rules/cases.md.
    """
    case = lock_case(case)
    may(by, Action.CASE_EXCLUDE, case).require()
    if not reason.strip():
        raise RuleError(_("Write what the conflict of interest is."), rule="R-CASE-320")
    if user.office_id != case.office_id:
        raise RuleError(_("Only people of this office can be shut out."), rule="R-CASE-321")
    if case.exclusions.filter(user=user, ended_at=None).exists():
        raise RuleError(_("This person is shut out already."), rule="R-CASE-321")
    member = case.team.filter(user=user, left_on=None).first()
    if member is not None and member.is_lead:
        raise RuleError(_("Name another lead first."), rule="R-CASE-321")
    if member is not None:
        member.left_on = today()
        member.save(update_fields=["left_on"])
        add_event(case, "member_left", on=today(), by=by, who=user.full_name, reason="")
    case.broken.filter(user=user, until_at__gt=now()).update(until_at=now())
    if case.grants.filter(user=user, ended_at=None).exists():
        close_grant(case=case, user=user, reason=reason, by=by)
    if case.compartment is not None:
        _require_somebody_in_charge(case, user)
        unname_member(compartment=case.compartment, user=user, reason=reason, by=by)
    _take_tasks(case, user, by)
    made = Exclusion.objects.create(
        case=case, user=user, reason=reason.strip(), excluded_at=now(), excluded_by=by
    )
    audit.record(
        "case.user_excluded", actor=by, subject=case, reason=reason, detail={"user": str(user.pk)}
    )
    return made


@transaction.atomic
def end_exclusion(*, exclusion: Exclusion, reason: str, by: User) -> None:
    """Let a user in again; what they were before, such as a member, they are not by this.

    Raises:
        PermissionDenied: `by` heads neither the section nor the office, or it is about themselves.
        RuleError: no reason, or it has ended.

    Source: R-CASE-320, docs/rules/cases.md.
    """
    case = lock_case(exclusion.case)
    may(by, Action.CASE_EXCLUDE, case).require()
    if not reason.strip():
        raise RuleError(_("Write why the conflict is over."), rule="R-CASE-320")
    ended = case.exclusions.filter(pk=exclusion.pk, ended_at=None).update(
        ended_at=now(), ended_by=by
    )
    if not ended:
        raise RuleError(_("This has ended already."), rule="R-CASE-321")
    audit.record(
        "case.user_admitted",
        actor=by,
        subject=case,
        reason=reason,
        detail={"user": str(exclusion.user_id)},
    )


def _require_somebody_in_charge(case: Case, user: User) -> None:
    """A sealed case keeps a head who may know: another one is named before this one is shut out."""
    heads = heads_of(case.section, case.unit)
    lasting = CompartmentMember.lasting()
    named = case.compartment.members.filter(lasting) if case.compartment else None
    if named is None or not named.filter(user=user, user__in=heads.values("pk")).exists():
        return
    if not named.filter(user__in=heads.exclude(pk=user.pk).values("pk")).exists():
        raise RuleError(
            _("A sealed case keeps at least one section head who may know."), rule="R-CASE-321"
        )


def _take_tasks(case: Case, user: User, by: User) -> None:
    """What the user holds about the case goes to its lead; without one it is no longer asked."""
    lead = case.team.filter(is_lead=True, left_on=None).select_related("user").first()
    if lead is not None:
        reason = str(_("Conflict of interest"))
        pass_on(subject_ids=[case.pk], holder=user, to=lead.user, reason=reason, by=by)
        return
    rows = Task.objects.unscoped(reason=HELD)
    for task in rows.filter(owner=user, subject_id=case.pk, done_at=None):
        drop_tasks(subject_id=case.pk, kind=task.kind, by=by)
