"""Letting somebody outside the team read one case for a time, and ending it."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from pulih.access import audit
from pulih.access.actions.compartments import unname_member
from pulih.access.models import User
from pulih.access.policy import Action
from pulih.access.roles import Role
from pulih.access.rules import may
from pulih.cases.actions import telling
from pulih.cases.actions.history import add_event
from pulih.cases.actions.moves import lock_case
from pulih.cases.actions.naming import name_in
from pulih.cases.actions.team import check_not_shut_out
from pulih.cases.intake_facts import GrantFacts
from pulih.cases.models import Case, CaseGrant
from pulih.cases.queries.staff import GRANTABLE, holders
from pulih.common.clock import now, today
from pulih.common.errors import RuleError

LONGEST = dt.timedelta(days=366)


@transaction.atomic
def grant_case(*, case: Case, facts: GrantFacts, by: User) -> CaseGrant:
    """Let a student, field supervisor or colleague read one case between two days.

    A student reads under the eyes of somebody of the team: while that person is not on the team,
    the grant opens nothing. In a sealed case a second officer confirms it.

    Raises:
        PermissionDenied: `by` neither leads the case nor heads the section or the office.
        RuleError: no purpose, wrong days, a student without a supervisor of the team, somebody who
            cannot be granted, is on the team, is shut out, or has a grant already.

    Source: R-CASE-331, R-CASE-332, docs/rules/cases.md.
    """
    case = lock_case(case)
    may(by, Action.CASE_GRANT, case).require()
    role = _capacity(case, facts.user)
    _check_days(facts)
    if not facts.purpose.strip():
        raise RuleError(_("Say why this person may know."), rule="R-CASE-331")
    check_not_shut_out(case, facts.user)
    _check_not_there(case, facts.user)
    _check_supervisor(case, facts, role)
    member = name_in(
        record=case, user=facts.user, purpose=facts.purpose, valid_until=facts.valid_until, by=by
    )
    grant = CaseGrant.objects.create(
        case=case,
        user=facts.user,
        role=role,
        supervisor=facts.supervisor,
        purpose=facts.purpose.strip(),
        valid_from=facts.valid_from,
        valid_until=facts.valid_until,
        member=member,
        granted_at=now(),
        granted_by=by,
    )
    add_event(
        case,
        "grant_given",
        on=today(),
        by=by,
        who=facts.user.full_name,
        until=facts.valid_until.isoformat(),
        purpose=facts.purpose.strip(),
    )
    audit.record(
        "case.grant_given",
        actor=by,
        subject=case,
        reason=facts.purpose,
        detail={
            "user": str(facts.user.pk),
            "from": facts.valid_from.isoformat(),
            "until": facts.valid_until.isoformat(),
        },
    )
    telling.grant_given(grant, by)
    return grant


@transaction.atomic
def end_grant(*, grant: CaseGrant, reason: str, by: User) -> CaseGrant:
    """End a grant at once: the next request of its holder finds nothing.

    Raises:
        PermissionDenied: `by` neither leads the case nor heads the section or the office.
        RuleError: no reason is given, or it has ended.

    Source: R-CASE-331, docs/rules/cases.md.
    """
    case = lock_case(grant.case)
    may(by, Action.CASE_GRANT, case).require()
    if not reason.strip():
        raise RuleError(_("Say why."), rule="R-CASE-331")
    return close_grant(case=case, user=grant.user, reason=reason, by=by)


@transaction.atomic
def close_grant(*, case: Case, user: User, reason: str, by: User) -> CaseGrant:
    """End the grant of a user on a locked case; part of an action that has asked its rule.

    Raises:
        RuleError: the user has none.

    Source: R-CASE-331, docs/rules/cases.md.
    """
    found = case.grants.filter(user=user, ended_at=None).first()
    if found is None:
        raise RuleError(_("This grant has ended already."), rule="R-CASE-331")
    found.ended_at, found.ended_by, found.end_reason = now(), by, reason.strip()
    found.save(update_fields=["ended_at", "ended_by", "end_reason"])
    if case.compartment is not None:
        unname_member(compartment=case.compartment, user=user, reason=reason, by=by)
    add_event(case, "grant_ended", on=today(), by=by, who=user.full_name, reason=reason.strip())
    audit.record(
        "case.grant_ended", actor=by, subject=case, reason=reason, detail={"user": str(user.pk)}
    )
    return found


def _capacity(case: Case, user: User) -> Role:
    """In which of the roles that can be granted the user reads."""
    for role in GRANTABLE:
        if holders(case.office, role).filter(pk=user.pk).exists():
            return role
    raise RuleError(
        _("A case is opened by name to students, field supervisors and social workers."),
        rule="R-CASE-331",
    )


def _check_days(facts: GrantFacts) -> None:
    if facts.valid_from < today():
        raise RuleError(_("The first day cannot lie in the past."), rule="R-CASE-331")
    if facts.valid_until < facts.valid_from:
        raise RuleError(_("The last day comes before the first."), rule="R-CASE-331")
    if facts.valid_until - facts.valid_from > LONGEST:
        raise RuleError(_("A grant lasts a year at most."), rule="R-CASE-331")


def _check_not_there(case: Case, user: User) -> None:
    if case.team.filter(user=user, left_on=None).exists():
        raise RuleError(
            _("%(name)s is on the team already.") % {"name": user.full_name}, rule="R-CASE-331"
        )
    standing = case.grants.filter(user=user, ended_at=None).first()
    if standing is None:
        return
    if standing.valid_until >= today():
        raise RuleError(_("This person has a grant on this case already."), rule="R-CASE-331")
    # The days of the earlier one are over; it is closed so that the new one stands alone.
    standing.ended_at = now()
    standing.save(update_fields=["ended_at"])


def _check_supervisor(case: Case, facts: GrantFacts, role: Role) -> None:
    if role is not Role.STUDENT and facts.supervisor is None:
        return
    if facts.supervisor is None or facts.supervisor.pk == facts.user.pk:
        raise RuleError(_("Say who of the team guides the student."), rule="R-CASE-332")
    if not case.team.filter(user=facts.supervisor, left_on=None).exists():
        raise RuleError(
            _("Whoever guides the student is on the team of the case."), rule="R-CASE-332"
        )
