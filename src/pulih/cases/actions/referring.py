"""Referrals on their way out: drafted, sent with a letter and a clock, sent again, withdrawn."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from pulih.access import audit
from pulih.access.changes import check_unchanged
from pulih.access.models import User
from pulih.access.numbering import next_numbers, sealed_number
from pulih.access.policy import Action
from pulih.access.rules import may
from pulih.cases.actions import reminding
from pulih.cases.actions.history import add_event
from pulih.cases.actions.moves import lock_case
from pulih.cases.facts import Asked
from pulih.cases.links import digest_of, token_for
from pulih.cases.models import Case, Referral
from pulih.cases.rules import check_day
from pulih.common.clock import today
from pulih.common.errors import RuleError

LINK_DAYS_AFTER_DUE = 30
"""How long the link of a letter still takes a late answer."""


@transaction.atomic
def draft_referral(*, case: Case, asked: Asked, by: User) -> Referral:
    """Write a referral that nobody has been sent yet.

    Args:
        asked: who, for what, what is told.

    Raises:
        PermissionDenied: `by` does not work on the case.
        RuleError: the case has ended, nobody is named, there is no purpose, or it goes to the
            case's own section.

    Source: R-CASE-36, docs/rules/cases.md (PP 39/2012 art. 7(1)k).
    """
    case = lock_case(case)
    may(by, Action.CASE_WORK, case).require()
    if case.is_ended:
        raise RuleError(_("The case has ended; nobody is referred from it."), rule="R-CASE-36")
    _check_asked(case, asked)
    referral = Referral(case=case, number=_number(case), created_by=by)
    _write(referral, asked)
    referral.save(force_insert=True)
    audit.record("referral.drafted", actor=by, subject=case, detail={"number": referral.number})
    return referral


@transaction.atomic
def edit_referral(
    *, referral: Referral, asked: Asked, seen: str | None = None, by: User
) -> Referral:
    """Change a referral that was not sent yet.

    Args:
        seen: the stamp of the form it was typed into (R-ACC-162).

    Raises:
        PermissionDenied: `by` does not work on the case.
        RuleError: it was sent already, or what is asked is not whole.

    Source: R-CASE-36, docs/rules/cases.md.
    """
    referral = _lock(referral, by)
    _check_state(referral, Referral.State.DRAFT)
    check_unchanged(referral, seen, trail_of=referral.case)
    _check_asked(referral.case, asked)
    _write(referral, asked)
    referral.save()
    audit.record(
        "referral.edited", actor=by, subject=referral.case, detail={"number": referral.number}
    )
    return referral


@transaction.atomic
def send_referral(*, referral: Referral, on: dt.date, due_on: dt.date, by: User) -> Referral:
    """Send a draft: its clock starts and the link of its letter lives.

    Args:
        on: the day it was sent.
        due_on: the day by which an answer is due.

    Raises:
        PermissionDenied: `by` does not work on the case.
        RuleError: it was sent already, or the days are out of order.

    Source: R-CASE-37, docs/rules/cases.md.
    """
    referral = _lock(referral, by)
    _check_state(referral, Referral.State.DRAFT)
    _start_clock(referral, on, due_on)
    _tell_sent(referral, "referral_sent", on, due_on, by)
    reminding.referral_is_sent(referral, by)
    audit.record(
        "referral.sent", actor=by, subject=referral.case, detail={"number": referral.number}
    )
    return referral


@transaction.atomic
def send_referral_again(*, referral: Referral, on: dt.date, due_on: dt.date, by: User) -> Referral:
    """Send it once more: a new clock and a new link; the link of the earlier letter dies.

    Args:
        referral: one that waits for its answer, or was answered “full until”.

    Raises:
        PermissionDenied: `by` does not work on the case.
        RuleError: it neither waits nor was full, or the days are out of order.

    Source: R-CASE-37, docs/rules/cases.md.
    """
    referral = _lock(referral, by)
    _check_state(referral, Referral.State.SENT, Referral.State.FULL)
    referral.answered_at = None
    referral.answered_by = ""
    referral.answer = ""
    referral.full_until = None
    _start_clock(referral, on, due_on)
    _tell_sent(referral, "referral_sent_again", on, due_on, by)
    reminding.referral_is_sent(referral, by)
    audit.record(
        "referral.sent_again", actor=by, subject=referral.case, detail={"number": referral.number}
    )
    return referral


@transaction.atomic
def withdraw_referral(*, referral: Referral, reason: str, by: User) -> Referral:
    """Take a referral back; its link dies.

    Raises:
        PermissionDenied: `by` does not work on the case.
        RuleError: it was answered already, or no reason is given.

    Source: R-CASE-41, docs/rules/cases.md.
    """
    referral = _lock(referral, by)
    _check_state(referral, Referral.State.DRAFT, Referral.State.SENT)
    if not reason.strip():
        raise RuleError(_("Say why the referral is withdrawn."), rule="R-CASE-41")
    referral.state = Referral.State.WITHDRAWN
    referral.withdrawn_on = today()
    referral.withdraw_reason = reason.strip()
    referral.save()
    add_event(
        referral.case,
        "referral_withdrawn",
        on=today(),
        by=by,
        number=referral.number,
        to=referral.asked_name,
        reason=reason.strip(),
    )
    reminding.referral_is_withdrawn(referral, by)
    audit.record(
        "referral.withdrawn",
        actor=by,
        subject=referral.case,
        reason=reason,
        detail={"number": referral.number},
    )
    return referral


def _number(case: Case) -> str:
    # A sealed case leaves no gap and no place in the series of its office.
    if case.compartment_id is not None:
        return sealed_number()
    return next_numbers(case.office, "R", today().year)[0]


def _check_asked(case: Case, asked: Asked) -> None:
    if not asked.purpose.strip():
        raise RuleError(_("Say what the referral is for."), rule="R-CASE-36")
    if asked.target == Referral.Target.SECTION:
        if asked.to_section is None or asked.to_section.office_id != case.office_id:
            raise RuleError(_("Choose the section that is asked."), rule="R-CASE-36")
        if asked.to_section.pk == case.section_id:
            raise RuleError(
                _("The case is in this section already; choose another."), rule="R-CASE-36"
            )
    elif not asked.to_name.strip():
        raise RuleError(_("Name the institution or office that is asked."), rule="R-CASE-36")


def _write(referral: Referral, asked: Asked) -> None:
    inside = asked.target == Referral.Target.SECTION
    referral.target = asked.target
    referral.to_section = asked.to_section if inside else None
    referral.to_name = "" if inside else asked.to_name.strip()
    referral.to_contact = "" if inside else asked.to_contact.strip()
    referral.purpose = asked.purpose.strip()
    referral.told = asked.told.strip()
    referral.names_client = asked.names_client


def _start_clock(referral: Referral, on: dt.date, due_on: dt.date) -> None:
    check_day(on)
    if due_on < on:
        raise RuleError(_("An answer is not due before the referral is sent."), rule="R-CASE-37")
    referral.state = Referral.State.SENT
    referral.sent_on = on
    referral.answer_due_on = due_on
    referral.escalated_on = None
    referral.link_round += 1
    if referral.is_inside:
        referral.token_digest, referral.link_expires_on = "", None
    else:
        referral.token_digest = digest_of(token_for(referral))
        referral.link_expires_on = due_on + dt.timedelta(days=LINK_DAYS_AFTER_DUE)
    referral.save()


def _tell_sent(referral: Referral, kind: str, on: dt.date, due_on: dt.date, by: User) -> None:
    add_event(
        referral.case,
        kind,
        on=on,
        by=by,
        number=referral.number,
        to=referral.asked_name,
        due=due_on.isoformat(),
    )


def _lock(referral: Referral, by: User) -> Referral:
    case = lock_case(referral.case)
    may(by, Action.CASE_WORK, case).require()
    found = case.referrals.select_for_update(of=("self",)).get(pk=referral.pk)
    found.case = case
    return found


def _check_state(referral: Referral, *wanted: Referral.State) -> None:
    if referral.state not in wanted:
        raise RuleError(
            _("The referral is “%(state)s”; this step is not open any more.")
            % {"state": referral.get_state_display()},
            rule="R-CASE-37",
        )
