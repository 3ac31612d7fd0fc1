"""Writing letters into the agenda, and mending a slip of the pen."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from pulih.access import audit
from pulih.access.changes import check_unchanged
from pulih.access.models import User
from pulih.access.numbering import next_numbers
from pulih.common.clock import today
from pulih.common.errors import RuleError
from pulih.desk import mail_rules
from pulih.desk.actions import asking
from pulih.desk.letter_facts import LetterFacts, Scan
from pulih.desk.models import IncomingLetter
from pulih.files.actions import attach
from pulih.files.models import Attachment, Owner

SERIES = "SM"
SERIES_HELD_CLOSELY = "SR"
"""Secret letters have an agenda of their own, so that no gap in the other one tells of them."""


@transaction.atomic
def register_letter(*, facts: LetterFacts, scan: Scan | None = None, by: User) -> IncomingLetter:
    """Write a letter into the agenda; the head of office is asked to hand it on.

    Args:
        facts: what stands on the letter.
        scan: the letter as a file, where the office scans.

    Raises:
        PermissionDenied: `by` does not keep the agenda.
        RuleError: sender or subject is missing, a date cannot be, or the file may not come in.

    Source: R-DESK-40, docs/rules/desk.md.
    """
    mail_rules.may_register(by).require()
    _check(facts)
    secret = facts.nature == IncomingLetter.Nature.SECRET
    series = SERIES_HELD_CLOSELY if secret else SERIES
    letter = IncomingLetter(
        office=by.office,
        number=next_numbers(by.office, series, facts.received_on.year)[0],
        received_by=by,
    )
    _fill(letter, facts)
    letter.save(force_insert=True)
    audit.record("mail.received", actor=by, subject=letter)
    asking.letter_waits(letter, by)
    if scan is not None:
        attach(
            owner=Owner.of(letter),
            content=scan.content,
            name=scan.name,
            kind=Attachment.Kind.SCAN,
            dated_on=facts.dated_on,
            by=by,
        )
    return letter


@transaction.atomic
def correct_letter(
    *, letter: IncomingLetter, facts: LetterFacts, seen: str | None = None, by: User
) -> IncomingLetter:
    """Mend what was written down of a letter that nobody has handed on yet.

    Args:
        letter: it is locked and re-read here.
        facts: what stands on the letter; whether it is secret cannot change here.
        seen: the stamp of the form it was typed into (R-ACC-162).

    Raises:
        PermissionDenied: it has been handed on, or `by` does not keep the agenda.
        RuleError: sender or subject is missing, a date cannot be, or it would become secret.

    Source: R-DESK-40, docs/rules/desk.md.
    """
    letter = lock_letter(letter)
    mail_rules.may_correct(by, letter).require()
    check_unchanged(letter, seen)
    _check(facts)
    if letter.is_secret != (facts.nature == IncomingLetter.Nature.SECRET):
        raise RuleError(
            _("A secret letter has an agenda of its own: make it secret on its page."),
            rule="R-DESK-41",
        )
    before = {"sender": letter.sender, "subject": letter.subject, "nature": letter.nature}
    _fill(letter, facts)
    letter.save()
    audit.record("mail.edited", actor=by, subject=letter, detail=before)
    return letter


@transaction.atomic
def make_secret(*, letter: IncomingLetter, reason: str, by: User) -> IncomingLetter:
    """Hold a letter secret from now on: its sender and subject leave the readable columns.

    Args:
        letter: it is locked and re-read here.
        reason: why; kept in the trail.

    Raises:
        PermissionDenied: the letter is not in the hands of `by`.
        RuleError: it is secret already, or no reason is given.

    Source: R-DESK-41, docs/rules/desk.md.
    """
    letter = lock_letter(letter)
    mail_rules.may_make_secret(by, letter).require()
    if letter.is_secret:
        raise RuleError(_("This letter is secret already."), rule="R-DESK-41")
    if not reason.strip():
        raise RuleError(_("Say why it must be secret."), rule="R-DESK-41")
    letter.secret_facts = {
        "sender": letter.sender_open,
        "subject": letter.subject_open,
        "letter_number": letter.letter_number,
    }
    letter.sender_open = letter.subject_open = letter.letter_number = ""
    letter.nature = IncomingLetter.Nature.SECRET
    letter.save()
    audit.record("mail.made_secret", actor=by, subject=letter, reason=reason)
    return letter


def lock_letter(letter: IncomingLetter) -> IncomingLetter:
    """The letter, locked: whoever hands it on or answers comes one after the other."""
    rows = IncomingLetter._base_manager.select_for_update(of=("self",))
    return rows.select_related("office").get(pk=letter.pk)


def _fill(letter: IncomingLetter, facts: LetterFacts) -> None:
    told = {
        "sender": facts.sender.strip(),
        "subject": facts.subject.strip(),
        "letter_number": facts.number.strip(),
    }
    secret = facts.nature == IncomingLetter.Nature.SECRET
    letter.nature = facts.nature
    letter.secret_facts = told if secret else {}
    letter.sender_open = "" if secret else told["sender"]
    letter.subject_open = "" if secret else told["subject"]
    letter.letter_number = "" if secret else told["letter_number"]
    letter.dated_on = facts.dated_on
    letter.received_on = facts.received_on
    letter.summary = facts.summary.strip()


def _check(facts: LetterFacts) -> None:
    if not facts.sender.strip() or not facts.subject.strip():
        raise RuleError(_("Write down who sent it and what it is about."), rule="R-DESK-40")
    if facts.received_on > today():
        raise RuleError(_("A letter is not received before it comes."), rule="R-DESK-40")
    if facts.dated_on is not None and facts.dated_on > facts.received_on:
        raise RuleError(_("A letter is not dated after the day it came."), rule="R-DESK-40")
