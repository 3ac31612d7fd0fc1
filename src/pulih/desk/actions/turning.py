"""A letter becomes a report, an incoming referral, an appointment or a task, in one step."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db import transaction
from django.utils import formats
from django.utils.translation import gettext as _

from pulih.access import audit
from pulih.access.models import Compartment, User
from pulih.access.policy import RecordClass
from pulih.access.roles import Role
from pulih.cases.actions.reporting import receive_report
from pulih.cases.intake_facts import Origin, Received
from pulih.cases.models import Report
from pulih.common.clock import now
from pulih.common.errors import RuleError
from pulih.desk import mail_rules
from pulih.desk.actions import asking
from pulih.desk.actions.disposing import answer
from pulih.desk.actions.registering import lock_letter
from pulih.desk.letter_facts import EventFacts, ReportFacts
from pulih.desk.models import Disposition, IncomingLetter, LetterOutcome
from pulih.inbox.actions import When, add_entry, open_task
from pulih.inbox.models import CalendarEntry, Queue, Subject, Task

_CLOSENESS = (RecordClass.OPEN, RecordClass.RESTRICTED, RecordClass.SEALED)
Kind = LetterOutcome.Kind


@transaction.atomic
def turn_into_report(*, letter: IncomingLetter, facts: ReportFacts, by: User) -> Report:
    """Make a letter into a report, or into an incoming referral that waits for our answer.

    What the letter says is the report; the two link to each other. What becomes of a sealed
    report is told on the letter's page only to those named in it.

    Args:
        letter: it is locked and re-read here.
        facts: section, kind of PPKS and how closely to hold it.

    Raises:
        PermissionDenied: the letter is not in the hands of `by`, or they receive no reports.
        RuleError: the letter became a report already, or nobody could open a sealed one.

    Source: R-DESK-45, docs/rules/desk.md.
    """
    letter = lock_letter(letter)
    mail_rules.may_turn(by, letter).require()
    kind = Kind.REFERRAL if facts.is_referral else Kind.REPORT
    _check_first(letter, {Kind.REFERRAL, Kind.REPORT}, by)
    floor = RecordClass.RESTRICTED if letter.is_secret else RecordClass.OPEN
    report = receive_report(
        facts=Received(
            channel=Report.Channel.REFERRAL if facts.is_referral else Report.Channel.LETTER,
            description=_story(letter),
            section=facts.section,
            ppks_kind=facts.ppks_kind,
            urgent=facts.urgent,
            reporter_name=letter.sender[:120],
            held=max(facts.held, floor, key=_CLOSENESS.index),
            workers=facts.workers,
            origin=Origin(letter.number, asking.PAGE, letter.pk),
        ),
        by=by,
    )
    _record(letter, kind, report.pk, report.number, report.compartment, by)
    if facts.is_referral and facts.answer_due_on is not None:
        _ask_for_reply(report, facts.answer_due_on, by)
    _answer_own_step(letter, _("Became report %(number)s.") % {"number": report.number}, report, by)
    return report


@transaction.atomic
def turn_into_event(*, letter: IncomingLetter, facts: EventFacts, by: User) -> list[CalendarEntry]:
    """Put what a letter invites to into the calendars of those who go there.

    Args:
        letter: it is locked and re-read here.
        facts: title (words, never a client's name), day, time, place, and who goes.

    Raises:
        PermissionDenied: the letter is not in the hands of `by`.
        RuleError: nobody goes, somebody cannot open the letter, or the times cannot be.

    Source: R-DESK-45, docs/rules/desk.md.
    """
    letter = lock_letter(letter)
    mail_rules.may_turn(by, letter).require()
    _check_readers(letter, facts.attendants, by)
    entries = [
        add_entry(
            title=facts.title.strip(),
            about=asking.about_letter(letter),
            to=user,
            slot=facts.slot,
            kind="invitation",
            note=letter.subject,
            key=f"letter:{letter.pk}:{facts.slot.held_on}",
            by=by,
        )
        for user in facts.attendants
    ]
    day = formats.date_format(facts.slot.held_on, "j F Y")
    _record(letter, Kind.EVENT, entries[0].pk, f"{facts.title.strip()} · {day}"[:200], None, by)
    return entries


@transaction.atomic
def turn_into_task(
    *, letter: IncomingLetter, title: str, to: User, due_on: dt.date | None = None, by: User
) -> Task:
    """Make a task from a letter, for oneself or for somebody through whose hands it went.

    Args:
        letter: it is locked and re-read here.
        title: what is to be done, without a client's name.

    Raises:
        PermissionDenied: the letter is not in the hands of `by`.
        RuleError: there is no title, or the receiver cannot open the letter.

    Source: R-DESK-45, docs/rules/desk.md.
    """
    letter = lock_letter(letter)
    mail_rules.may_turn(by, letter).require()
    if not title.strip():
        raise RuleError(_("Say what is to be done."), rule="R-DESK-45")
    _check_readers(letter, (to,), by)
    task = open_task(
        kind="letter_task",
        title=title.strip(),
        about=asking.about_letter(letter),
        to=to,
        when=When(due_on),
        by=by,
    )
    _record(letter, Kind.TASK, task.pk, f"{title.strip()} · {to.full_name}"[:200], None, by)
    return task


def _story(letter: IncomingLetter) -> str:
    parts = [letter.subject, letter.summary]
    if letter.their_number:
        parts.append(_("Letter number %(number)s") % {"number": letter.their_number})
    return "\n".join(part for part in parts if part)


def _record(
    letter: IncomingLetter,
    kind: LetterOutcome.Kind,
    subject_id: UUID,
    label: str,
    compartment: Compartment | None,
    by: User,
) -> None:
    outcome = LetterOutcome.objects.create(
        letter=letter,
        compartment=compartment,
        kind=kind,
        subject_id=subject_id,
        label=label,
        made_by=by,
        made_at=now(),
    )
    audit.record(f"mail.became_{kind}", actor=by, subject=outcome)


def _check_first(letter: IncomingLetter, kinds: set[LetterOutcome.Kind], by: User) -> None:
    # Of a sealed report only the named are told, so the others may receive one of their own.
    found = LetterOutcome.objects.visible_to(by).filter(letter=letter, kind__in=kinds).first()
    if found is not None:
        raise RuleError(
            _("This letter became %(number)s already.") % {"number": found.label},
            rule="R-DESK-45",
        )


def _check_readers(letter: IncomingLetter, users: tuple[User, ...], by: User) -> None:
    if not users:
        raise RuleError(_("Choose who goes there."), rule="R-DESK-45")
    for user in users:
        if user != by and not mail_rules.in_chain(user, letter):
            raise RuleError(
                _("%(name)s has not had this letter: hand it on first.") % {"name": user.full_name},
                rule="R-DESK-45",
            )


def _ask_for_reply(report: Report, due_on: dt.date, by: User) -> None:
    open_task(
        kind="reply_to_referral",
        title=_("Answer the institution that referred: %(number)s") % {"number": report.number},
        about=Subject.of(report, "cases:report", pk=report.pk),
        to=Queue(Role.SECTION_HEAD, report.section),
        when=When(due_on),
        by=by,
    )


def _answer_own_step(letter: IncomingLetter, text: str, report: Report, by: User) -> None:
    """The report is the answer to the disposition, unless somebody below is still at work.

    Of a sealed report not even its number goes back up.
    """
    steps = letter.dispositions.filter(receiver=by, state=Disposition.State.WAITING)
    step = steps.first()
    if step is None or step.forwarded.filter(state=Disposition.State.WAITING).exists():
        return
    answer(step=step, text=_("Followed up.") if report.compartment_id else text, by=by)
