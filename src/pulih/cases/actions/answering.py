"""What comes back on a referral: from a section head, or by the link of the letter; and silence."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from pulih.access import audit
from pulih.access.models import User
from pulih.cases.actions import reminding
from pulih.cases.actions.history import add_event
from pulih.cases.actions.moves import lock_case
from pulih.cases.facts import Reply
from pulih.cases.links import find_by_token
from pulih.cases.models import Referral
from pulih.cases.rules import may_answer_inside
from pulih.common.clock import now, today
from pulih.common.errors import RuleError

ANSWERS = (Referral.State.ACCEPTED, Referral.State.FULL, Referral.State.REFUSED)


@transaction.atomic
def answer_inside(*, referral: Referral, reply: Reply, by: User) -> Referral:
    """Answer a referral that was sent to a section of the office.

    Args:
        referral: one that `by` can see; it is locked and re-read here.
        reply: the answer; the name is that of `by`.
        by: the head of the section that was asked.

    Raises:
        PermissionDenied: `by` does not head that section.
        RuleError: it was answered already, or “full” names no day to come.

    Source: R-CASE-38, docs/rules/cases.md.
    """
    found = _lock(referral)
    may_answer_inside(by, found).require()
    if not found.is_waiting:
        raise RuleError(_("This referral was answered already."), rule="R-CASE-38")
    own = Reply(reply.state, by.full_name, found.asked_name, reply.note, reply.full_until)
    _write_answer(found, own, by)
    audit.record(
        "referral.answered",
        actor=by,
        subject=found.case,
        detail={"number": found.number, "answer": found.state},
    )
    return found


@transaction.atomic
def answer_from_outside(*, token: str, reply: Reply, by: None = None) -> Referral:
    """Answer a referral by the link of its letter; it takes one answer, until it expires.

    Args:
        token: the secret of the letter.
        reply: the answer, with name and office of whoever gives it.
        by: nobody: the holder of the letter has no account, the trail names none.

    Raises:
        RuleError: the link is not in use, has expired or was used; or the answer is not whole.

    Source: R-CASE-39, docs/rules/cases.md.
    """
    known = find_by_token(token)
    if known is None:
        raise RuleError(_("This link is not in use."), rule="R-CASE-39")
    found = _lock(known)
    # Asked again under the lock: the letter may have been replaced or answered meanwhile.
    if found.token_digest != known.token_digest or not found.is_waiting:
        raise RuleError(_("This letter was answered already."), rule="R-CASE-39")
    if found.link_expires_on is not None and today() > found.link_expires_on:
        raise RuleError(_("This link has expired; call the office."), rule="R-CASE-39")
    if not reply.name.strip() or not reply.office.strip():
        raise RuleError(_("Write your name and your office."), rule="R-CASE-39")
    _write_answer(found, reply, by)
    audit.record(
        "referral.answered_by_link",
        actor=by,
        subject=found.case,
        detail={"number": found.number, "answer": found.state},
        office=found.case.office,
    )
    return found


@transaction.atomic
def escalate_referral(*, referral: Referral, on: dt.date, by: None = None) -> bool:
    """Tell the section head, once, that a referral has had no answer by its day.

    Args:
        referral: it is locked and re-read here; nothing happens if it was answered meanwhile.
        on: today.
        by: nobody: the clock does it.

    Returns:
        Whether the head was told now.

    Source: R-CASE-40, docs/rules/cases.md.
    """
    found = _lock(referral)
    due = found.answer_due_on
    if not found.is_waiting or found.escalated_on is not None or due is None or due >= on:
        return False
    found.escalated_on = on
    found.save(update_fields=["escalated_on"])
    add_event(
        found.case,
        "referral_overdue",
        on=on,
        by=by,
        number=found.number,
        to=found.asked_name,
        due=due.isoformat(),
    )
    reminding.referral_is_overdue(found, by)
    audit.record(
        "referral.escalated",
        actor=by,
        subject=found.case,
        detail={"number": found.number},
        office=found.case.office,
    )
    return True


def _write_answer(referral: Referral, reply: Reply, by: User | None) -> None:
    if reply.state not in ANSWERS:
        raise RuleError(_("Choose one of the three answers."), rule="R-CASE-39")
    if reply.state == Referral.State.FULL and (
        reply.full_until is None or reply.full_until < today()
    ):
        raise RuleError(_("Say until which day you are full."), rule="R-CASE-39")
    who = [part.strip() for part in (reply.name, reply.office) if part.strip()]
    referral.state = reply.state
    referral.answered_at = now()
    referral.answered_by = ", ".join(who)
    referral.answer = reply.note.strip()
    referral.full_until = reply.full_until if reply.state == Referral.State.FULL else None
    referral.save()
    add_event(
        referral.case,
        "referral_answered",
        on=today(),
        by=by,
        number=referral.number,
        to=referral.asked_name,
        answer=reply.state,
        note=reply.note.strip(),
    )
    reminding.referral_is_answered(referral, by)


def _lock(referral: Referral) -> Referral:
    case = lock_case(referral.case)
    found = case.referrals.select_for_update(of=("self",)).get(pk=referral.pk)
    found.case = case
    return found
