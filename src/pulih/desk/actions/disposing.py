"""The chain of dispositions: handing a letter on, answering, taking a step back, filing."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from pulih.access import audit
from pulih.access.models import User
from pulih.common.clock import now, today
from pulih.common.errors import RuleError
from pulih.desk import mail_rules
from pulih.desk.actions import asking
from pulih.desk.actions.registering import lock_letter
from pulih.desk.letter_facts import Handing
from pulih.desk.models import Disposition, IncomingLetter, Instruction

LOCK = "re-read under the lock of its letter; the rule is asked on the row that is read"


@transaction.atomic
def dispose(*, letter: IncomingLetter, handing: Handing, by: User) -> list[Disposition]:
    """The head of office hands a letter on, to one or several at once.

    Args:
        letter: it is locked and re-read here.
        handing: to whom, with what to do, until when.

    Raises:
        PermissionDenied: `by` is not the head of the office.
        RuleError: nobody is named, somebody is not below `by` or holds it already, nothing is
            asked, or the day is past.

    Source: R-DESK-42, R-DESK-43, docs/rules/desk.md.
    """
    letter = lock_letter(letter)
    mail_rules.may_begin(by, letter).require()
    steps = _hand_on(letter, None, handing, by)
    _set_state(letter, IncomingLetter.State.IN_HAND)
    asking.letter_is_handed_on(letter, by)
    return steps


@transaction.atomic
def forward(*, step: Disposition, handing: Handing, by: User) -> list[Disposition]:
    """Whoever holds a disposition hands the letter further down; the own task waits meanwhile.

    Args:
        step: a waiting disposition whose receiver is `by`.
        handing: to whom, with what to do, until when.

    Raises:
        PermissionDenied: `by` does not hold it, or has nobody below.
        RuleError: as for `dispose`, or it would be due after the own answer is.

    Source: R-DESK-42, R-DESK-43, docs/rules/desk.md.
    """
    step = _lock_step(step)
    mail_rules.may_forward(by, step).require()
    if step.due_on and handing.due_on and handing.due_on > step.due_on:
        raise RuleError(_("Your own answer is due earlier than this day."), rule="R-DESK-43")
    steps = _hand_on(step.letter, step, handing, by)
    asking.step_waits_below(step, ", ".join(one.receiver.full_name for one in steps), by)
    return steps


@transaction.atomic
def answer(*, step: Disposition, text: str, by: User) -> Disposition:
    """Answer a disposition: it goes back up to whoever sent it.

    Args:
        step: a waiting disposition whose receiver is `by`.
        text: what was done or found.

    Raises:
        PermissionDenied: `by` does not hold it.
        RuleError: nothing is said, or somebody below has not answered yet.

    Source: R-DESK-44, docs/rules/desk.md.
    """
    step = _lock_step(step)
    mail_rules.may_answer(by, step).require()
    if not text.strip():
        raise RuleError(_("Say what was done with the letter."), rule="R-DESK-44")
    below = [one.receiver.full_name for one in _waiting_below(step)]
    if below:
        raise RuleError(
            _("%(names)s has not answered yet; wait, or take that disposition back.")
            % {"names": ", ".join(below)},
            rule="R-DESK-44",
        )
    step.state, step.answered_at, step.answer = Disposition.State.ANSWERED, now(), text.strip()
    step.save(update_fields=["state", "answered_at", "answer"])
    audit.record("disposition.answered", actor=by, subject=step.letter, detail=_trail(step))
    asking.step_is_answered(step, by)
    _after_end_of(step, by)
    return step


@transaction.atomic
def take_back(*, step: Disposition, reason: str, by: User) -> Disposition:
    """Take a disposition back that nobody has answered, with everything handed on below it.

    Args:
        step: a waiting disposition that `by` sent.
        reason: why; the receiver is told.

    Raises:
        PermissionDenied: somebody else sent it.
        RuleError: no reason is given.

    Source: R-DESK-43, docs/rules/desk.md.
    """
    step = _lock_step(step)
    mail_rules.may_take_back(by, step).require()
    if not reason.strip():
        raise RuleError(_("Say why it is taken back."), rule="R-DESK-43")
    _withdraw(step, reason.strip(), by)
    _after_end_of(step, by)
    return step


@transaction.atomic
def file_letter(*, letter: IncomingLetter, note: str, by: User) -> IncomingLetter:
    """File a letter that needs nothing, or nothing more.

    Args:
        letter: it is locked and re-read here.
        note: why, or what was done.

    Raises:
        PermissionDenied: `by` is not the head of the office.
        RuleError: somebody still has it, or it is done already.

    Source: R-DESK-46, docs/rules/desk.md.
    """
    letter = lock_letter(letter)
    mail_rules.may_begin(by, letter).require()
    if letter.state == IncomingLetter.State.DONE:
        raise RuleError(_("This letter is done already."), rule="R-DESK-46")
    if letter.dispositions.filter(state=Disposition.State.WAITING).exists():
        raise RuleError(
            _("Somebody still has this letter; wait for the answer, or take it back."),
            rule="R-DESK-46",
        )
    letter.settling_note = note.strip()
    _set_state(letter, IncomingLetter.State.DONE)
    audit.record("mail.filed", actor=by, subject=letter, reason=note)
    asking.letter_is_handed_on(letter, by)
    return letter


def _hand_on(
    letter: IncomingLetter, parent: Disposition | None, handing: Handing, by: User
) -> list[Disposition]:
    _check(letter, handing, by)
    steps = []
    for receiver in handing.receivers:
        step = Disposition(
            letter=letter,
            parent=parent,
            sender=by,
            receiver=receiver,
            instructions=list(handing.instructions),
            note=handing.note.strip(),
            sent_at=now(),
            due_on=handing.due_on,
        )
        step.save(force_insert=True)
        audit.record("disposition.sent", actor=by, subject=letter, detail=_trail(step))
        asking.step_waits(step, by)
        steps.append(step)
    return steps


def _check(letter: IncomingLetter, handing: Handing, by: User) -> None:
    if not handing.receivers:
        raise RuleError(_("Choose to whom the letter is handed on."), rule="R-DESK-42")
    keys = {receiver.pk for receiver in handing.receivers}
    if mail_rules.receivers_for(by).filter(pk__in=keys).count() != len(keys):
        raise RuleError(_("You hand letters on to people of your own line."), rule="R-DESK-42")
    holding = letter.dispositions.filter(state=Disposition.State.WAITING, receiver__in=keys)
    if found := holding.select_related("receiver").first():
        raise RuleError(
            _("%(name)s has this letter already.") % {"name": found.receiver.full_name},
            rule="R-DESK-42",
        )
    if not handing.instructions and not handing.note.strip():
        raise RuleError(_("Say what is to be done."), rule="R-DESK-43")
    if not set(handing.instructions) <= set(Instruction.values):
        raise RuleError(_("Choose among the ready phrases."), rule="R-DESK-43")
    if handing.due_on is not None and handing.due_on < today():
        raise RuleError(_("Choose today or a later day."), rule="R-DESK-43")


def _after_end_of(step: Disposition, by: User) -> None:
    """When nobody beside it waits any more, the one above goes on, or the letter is done."""
    if step.parent is not None:
        if not _waiting_below(step.parent):
            asking.step_goes_on(step.parent, by)
        return
    letter = step.letter
    roots = letter.dispositions.filter(parent=None)
    if roots.filter(state=Disposition.State.WAITING).exists():
        return
    if roots.filter(state=Disposition.State.ANSWERED).exists():
        _set_state(letter, IncomingLetter.State.DONE)
    else:
        _set_state(letter, IncomingLetter.State.NEW)
        asking.letter_waits(letter, by)


def _withdraw(step: Disposition, reason: str, by: User) -> None:
    for below in _waiting_below(step):
        _withdraw(below, reason, by)
    step.state, step.withdrawn_at = Disposition.State.WITHDRAWN, now()
    step.withdraw_reason = reason
    step.save(update_fields=["state", "withdrawn_at", "withdraw_reason"])
    audit.record(
        "disposition.taken_back", actor=by, subject=step.letter, reason=reason, detail=_trail(step)
    )
    asking.step_is_withdrawn(step, by)


def _waiting_below(step: Disposition) -> list[Disposition]:
    rows = step.forwarded.filter(state=Disposition.State.WAITING)
    return list(rows.select_related("receiver", "letter__office"))


def _set_state(letter: IncomingLetter, state: IncomingLetter.State) -> None:
    letter.state = state
    letter.settled_on = today() if state == IncomingLetter.State.DONE else None
    letter.save(update_fields=["state", "settled_on", "settling_note"])


def _lock_step(step: Disposition) -> Disposition:
    letter = lock_letter(step.letter)
    rows = Disposition.objects.unscoped(reason=LOCK).select_related("parent", "sender", "receiver")
    found = rows.get(pk=step.pk)
    found.letter = letter
    if found.parent is not None:
        found.parent.letter = letter
    return found


def _trail(step: Disposition) -> dict[str, str]:
    return {"disposition": str(step.pk), "receiver": str(step.receiver_id)}
