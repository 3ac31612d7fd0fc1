"""Who works on a case: naming the lead, joining, leaving; and who may know of a sealed one."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from pulih.access import audit
from pulih.access.actions.compartments import unname_member
from pulih.access.models import CompartmentMember, User
from pulih.access.policy import Action
from pulih.access.rules import may
from pulih.cases.actions import telling
from pulih.cases.actions.history import add_event
from pulih.cases.actions.moves import lock_case
from pulih.cases.actions.naming import name_in
from pulih.cases.models import Case, TeamMember
from pulih.cases.queries.staff import candidates_for, heads_of, readers_of
from pulih.cases.rules import check_day
from pulih.common.clock import today
from pulih.common.errors import RuleError


@transaction.atomic
def add_member(*, case: Case, user: User, on: dt.date | None = None, by: User) -> TeamMember:
    """Put somebody on the team; in a sealed case they are named in its compartment as well.

    Args:
        case: a case the user can see; it is locked and re-read here.
        user: somebody who works with cases.
        on: since when; default today.

    Raises:
        PermissionDenied: `by` neither leads the case nor heads the section or the office.
        RuleError: `user` does not work with cases, is on the team, or the day has not come.

    Source: R-CASE-15, docs/rules/cases.md.
    """
    case = lock_case(case)
    may(by, Action.CASE_ASSIGN, case).require()
    since = on or today()
    check_day(since)
    _check_worker(case, user)
    if case.team.filter(user=user, left_on=None).exists():
        raise RuleError(
            _("%(name)s is on the team already.") % {"name": user.full_name}, rule="R-CASE-15"
        )
    return _join(case, user, since, by)


@transaction.atomic
def name_lead(*, case: Case, user: User, reason: str = "", by: User) -> TeamMember:
    """Name who leads a case; the former lead stays on the team until they are taken off it.

    Args:
        case: a case the user can see; it is locked and re-read here.
        user: somebody who works with cases; joins the team when not on it yet.
        reason: why the lead changes; needed for a handover.

    Raises:
        PermissionDenied: `by` neither leads the case nor heads the section or the office.
        RuleError: `user` does not work with cases or leads already, or a handover has no reason.

    Source: R-CASE-15, R-CASE-16, docs/rules/cases.md.
    """
    case = lock_case(case)
    may(by, Action.CASE_ASSIGN, case).require()
    _check_worker(case, user)
    former = case.team.filter(is_lead=True, left_on=None).select_related("user").first()
    if former is not None:
        _check_handover(former, user, reason)
        former.is_lead = False
        former.save(update_fields=["is_lead"])
    member = case.team.filter(user=user, left_on=None).first() or _join(case, user, today(), by)
    member.is_lead = True
    member.save(update_fields=["is_lead"])
    parts = {"who": user.full_name, "reason": reason.strip()}
    if former is None:
        add_event(case, "lead_named", on=today(), by=by, **parts)
    else:
        add_event(case, "lead_changed", on=today(), by=by, former=former.user.full_name, **parts)
    audit.record(
        "case.lead_named", actor=by, subject=case, reason=reason, detail={"user": str(user.pk)}
    )
    telling.lead_is_named(case, user, by)
    return member


@transaction.atomic
def remove_member(
    *, case: Case, user: User, reason: str, on: dt.date | None = None, by: User
) -> TeamMember:
    """Take somebody off the team; what the team alone may see closes to them at once.

    Args:
        case: a case the user can see; it is locked and re-read here.
        user: a member who does not lead; a lead hands over first.
        reason: why.
        on: their last day, not after today; default today.

    Raises:
        PermissionDenied: `by` neither leads the case nor heads the section or the office.
        RuleError: `user` is not on the team or leads, no reason is given, or the day is wrong.

    Source: R-CASE-16, R-CASE-17, docs/rules/cases.md.
    """
    case = lock_case(case)
    may(by, Action.CASE_ASSIGN, case).require()
    last = on or today()
    check_day(last)
    _need_reason(reason)
    member = case.team.filter(user=user, left_on=None).first()
    if member is None:
        raise RuleError(_("This person is not on the team."), rule="R-CASE-16")
    _check_leaving(member, last)
    member.left_on = last
    member.save(update_fields=["left_on"])
    close_door(case, user, reason, by)
    add_event(case, "member_left", on=last, by=by, who=user.full_name, reason=reason.strip())
    audit.record(
        "case.member_left", actor=by, subject=case, reason=reason, detail={"user": str(user.pk)}
    )
    return member


@transaction.atomic
def name_reader(*, case: Case, user: User, purpose: str, by: User) -> None:
    """Let somebody know of a sealed case without being on its team.

    Args:
        case: a sealed case; it is locked and re-read here.
        user: a worker, a section head or the head of office.
        purpose: why they need to know; kept with the name.

    Raises:
        PermissionDenied: `by` neither leads the case nor heads the section or the office.
        RuleError: the case is not sealed, no purpose is given, or `user` cannot be named.

    Source: R-CASE-14, docs/rules/cases.md.
    """
    case = lock_case(case)
    may(by, Action.CASE_ASSIGN, case).require()
    if case.compartment is None:
        raise RuleError(_("Only a sealed case has people named in it."), rule="R-CASE-14")
    if not readers_of(case.office).filter(pk=user.pk).exists():
        raise RuleError(
            _("Only workers, section heads and the head of office can be named."),
            rule="R-CASE-14",
        )
    check_not_shut_out(case, user)
    name_in(record=case, user=user, purpose=purpose, by=by)
    add_event(case, "reader_named", on=today(), by=by, who=user.full_name, reason=purpose.strip())
    audit.record(
        "case.reader_named", actor=by, subject=case, reason=purpose, detail={"user": str(user.pk)}
    )


@transaction.atomic
def remove_reader(*, case: Case, user: User, reason: str, by: User) -> None:
    """End somebody's knowing of a sealed case at once.

    Args:
        case: a sealed case; it is locked and re-read here.
        user: somebody named who is not on the team.

    Raises:
        PermissionDenied: `by` neither leads the case nor heads the section or the office.
        RuleError: no reason is given, `user` is on the team, or nobody in charge would be left.

    Source: R-CASE-14, R-CASE-17, docs/rules/cases.md.
    """
    case = lock_case(case)
    may(by, Action.CASE_ASSIGN, case).require()
    _need_reason(reason)
    if case.compartment is None or case.team.filter(user=user, left_on=None).exists():
        raise RuleError(_("Take a member off the team first."), rule="R-CASE-14")
    others = heads_of(case.section, case.unit).exclude(pk=user.pk).values("pk")
    lasting = case.compartment.members.filter(CompartmentMember.lasting())
    if not lasting.filter(user__in=others).exists():
        raise RuleError(
            _("A sealed case keeps at least one section head who may know."), rule="R-CASE-14"
        )
    unname_member(compartment=case.compartment, user=user, reason=reason, by=by)
    add_event(case, "reader_left", on=today(), by=by, who=user.full_name, reason=reason.strip())
    audit.record(
        "case.reader_left", actor=by, subject=case, reason=reason, detail={"user": str(user.pk)}
    )


def _join(case: Case, user: User, since: dt.date, by: User) -> TeamMember:
    member = case.team.create(user=user, joined_on=since)
    name_in(record=case, user=user, purpose=_("On the team of the case"), by=by)
    add_event(case, "member_added", on=since, by=by, who=user.full_name)
    audit.record("case.member_added", actor=by, subject=case, detail={"user": str(user.pk)})
    telling.member_is_added(case, user, by)
    return member


def close_door(case: Case, user: User, reason: str, by: User) -> None:
    """A former member leaves the compartment too, unless they head the section or unit."""
    if (
        case.compartment is not None
        and not heads_of(case.section, case.unit).filter(pk=user.pk).exists()
    ):
        unname_member(compartment=case.compartment, user=user, reason=reason, by=by)


def check_not_shut_out(case: Case, user: User) -> None:
    """Nobody is brought to a case from which a conflict of interest keeps them (R-CASE-320)."""
    if case.exclusions.filter(user=user, ended_at=None).exists():
        raise RuleError(
            _("%(name)s is shut out of this case for a conflict of interest.")
            % {"name": user.full_name},
            rule="R-CASE-320",
        )


def _check_worker(case: Case, user: User) -> None:
    check_not_shut_out(case, user)
    if not candidates_for(case.section).filter(pk=user.pk).exists():
        raise RuleError(
            _("On the team are social workers and the head of the section."),
            rule="R-CASE-15",
        )


def _check_handover(former: TeamMember, user: User, reason: str) -> None:
    if former.user_id == user.pk:
        raise RuleError(
            _("%(name)s leads this case already.") % {"name": user.full_name}, rule="R-CASE-16"
        )
    if not reason.strip():
        raise RuleError(_("Say why the case is handed over."), rule="R-CASE-16")


def _check_leaving(member: TeamMember, last: dt.date) -> None:
    if member.is_lead:
        raise RuleError(_("Name another lead first."), rule="R-CASE-16")
    if last < member.joined_on:
        raise RuleError(_("Nobody leaves a team before joining it."), rule="R-CASE-17")


def _need_reason(reason: str) -> None:
    if not reason.strip():
        raise RuleError(_("Say why."), rule="R-CASE-17")
