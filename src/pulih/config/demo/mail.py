"""The mail of some weeks, in all states, with a full day today; and the year's work programme."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.utils import timezone

from pulih.access.actions.programme import add_activity, add_programme, copy_year
from pulih.access.models import Activity, Office, Section, User
from pulih.access.programme_facts import ActivityFacts, ProgrammeFacts
from pulih.cases.actions.reporting import answer_report
from pulih.cases.models import Report, ServiceRecord
from pulih.common.clock import today as clock_today
from pulih.config.demo.mail_texts import STORIES, Story
from pulih.config.demo.plans import PROGRAMMES, Planned
from pulih.desk.actions.disposing import answer, dispose, file_letter, forward
from pulih.desk.actions.registering import register_letter
from pulih.desk.actions.turning import turn_into_event, turn_into_report
from pulih.desk.letter_facts import EventFacts, Handing, LetterFacts, ReportFacts
from pulih.desk.models import Disposition, IncomingLetter
from pulih.inbox.actions import Slot
from pulih.inbox.models import Notice, Task

WHY = "the demonstration places its letters in the past"
MORNING, NOON, AFTERNOON = dt.time(8, 20), dt.time(10, 5), dt.time(14, 40)
LATE_DAYS = 3
LONG_AGO = 8
"""Days after which what a letter became is settled, and what was told of it has been read."""
TURNED = ("report", "referral", "event")


def fill_the_mail(office: Office, users: dict[str, User], *, today: dt.date) -> None:
    """Write the letters with their dispositions, and the work programme with what was given."""
    for story in STORIES:
        _letter(story, users, today)
    _programme(office, users, today)


def _close_old(story: Story, steps: Sequence[Disposition], users: dict[str, User]) -> None:
    """The heads pass on what became of letters of some time ago."""
    if story.end not in TURNED or story.ago <= LONG_AGO:
        return
    if story.end == "event":
        answer(step=steps[1], text="Sudah dihadiri; catatan ada.", by=users[story.worker])
    answer(step=steps[0], text="Sudah ditindaklanjuti.", by=users[story.head])


def _letter(story: Story, users: dict[str, User], today: dt.date) -> None:
    day = today - dt.timedelta(days=story.ago)
    letter = register_letter(
        facts=LetterFacts(
            sender=story.sender,
            subject=story.subject,
            # The action knows only the real day; the day of the story is written after it.
            received_on=min(day, clock_today()),
            nature=story.nature,
            number=f"{story.number}/{day.year}",
            dated_on=day - dt.timedelta(days=2),
            summary=story.summary,
        ),
        by=users["loket"],
    )
    steps = _chain(story, letter, users)
    _turn(story, letter, users, today)
    _close_old(story, steps, users)
    _place(story, letter, steps, day, today)


def _chain(story: Story, letter: IncomingLetter, users: dict[str, User]) -> list[Disposition]:
    chief, head, worker = users["kadis"], users[story.head], users[story.worker]
    if story.end == "new":
        return []
    if story.end == "filed":
        file_letter(letter=letter, note="Hanya pemberitahuan; jadwal sudah lewat.", by=chief)
        return []
    handing = Handing((head,), ("follow_up", "report_back"), "Mohon segera dipelajari.")
    (first,) = dispose(letter=letter, handing=handing, by=chief)
    if story.end == "head":
        return [first]
    below = Handing((worker,), ("follow_up",), "Kunjungi dan laporkan hasilnya.")
    (second,) = forward(step=first, handing=below, by=head)
    if story.end in ("back", "done"):
        answer(step=second, text=story.answer, by=worker)
    if story.end == "done":
        answer(step=first, text=story.answer, by=head)
    return [first, second]


def _turn(story: Story, letter: IncomingLetter, users: dict[str, User], today: dt.date) -> None:
    if story.end not in TURNED:
        return
    head, worker = users[story.head], users[story.worker]
    if story.end == "event":
        slot = Slot(today + dt.timedelta(days=story.ago // 3), dt.time(9), None, "Ruang rapat")
        facts = EventFacts(f"Undangan, surat {letter.number}", slot, (worker, head))
        turn_into_event(letter=letter, facts=facts, by=worker)
        return
    is_referral = story.end == "referral"
    report = turn_into_report(
        letter=letter,
        facts=ReportFacts(
            section=head.current_grants[0].section,
            ppks_kind=9 if not is_referral else 8,
            urgent=story.nature == "urgent" and story.ago < 12,
            is_referral=is_referral,
            answer_due_on=today + dt.timedelta(days=2) if is_referral else None,
        ),
        by=worker,
    )
    if story.ago > LONG_AGO:
        answer_report(report=report, outcome="Ditangani bersama puskesmas dan desa.", by=head)


def _place(
    story: Story,
    letter: IncomingLetter,
    steps: Sequence[Disposition],
    day: dt.date,
    today: dt.date,
) -> None:
    """Move a letter and its chain to the days of its story."""
    rows = IncomingLetter.objects.unscoped(reason=WHY).filter(pk=letter.pk)
    rows.update(received_on=day, received_at=_moment(day, MORNING))
    done_on = min(day + dt.timedelta(days=4), today)
    rows.filter(state=IncomingLetter.State.DONE).update(settled_on=done_on)
    for number, step in enumerate(steps):
        due_on = day + dt.timedelta(days=7 - 2 * number)
        if story.end == "late":
            due_on = today - dt.timedelta(days=LATE_DAYS - number)
        elif story.end not in ("done", *TURNED):
            due_on = max(due_on, today + dt.timedelta(days=2 - number))
        chain = Disposition.objects.unscoped(reason=WHY).filter(pk=step.pk)
        chain.update(sent_at=_moment(day, NOON if number == 0 else AFTERNOON), due_on=due_on)
        chain.filter(state=Disposition.State.ANSWERED).update(
            answered_at=_moment(done_on, AFTERNOON)
        )
        Task.objects.unscoped(reason=WHY).filter(subject_id=step.pk).update(due_on=due_on)
    came_at = _moment(day, AFTERNOON)
    Report.objects.unscoped(reason=WHY).filter(origin_id=letter.pk).update(received_at=came_at)
    if story.ago > LONG_AGO:
        told_at = _moment(done_on, AFTERNOON)
        told = Notice.objects.unscoped(reason=WHY).filter(subject_label=letter.number)
        told.update(created_at=told_at, read_at=told_at)


def _moment(day: dt.date, time: dt.time) -> dt.datetime:
    """A time of a working day, never later than now."""
    return min(timezone.make_aware(dt.datetime.combine(day, time)), timezone.now())


def _programme(office: Office, users: dict[str, User], today: dt.date) -> None:
    """The programme of last year, taken over into this one, and the services that count for it."""
    for section in office.sections.all():
        head = users[PROGRAMMES[section.kind].head]
        written = PROGRAMMES[section.kind]
        programme = add_programme(
            facts=ProgrammeFacts(section, today.year - 1, written.name, written.code), by=head
        )
        for top in written.activities:
            facts = ActivityFacts(top.name, top.code)
            parent = add_activity(programme=programme, facts=facts, by=head)
            for line in top.parts:
                facts = _facts_of(line, section)
                add_activity(programme=programme, parent=parent, facts=facts, by=head)
        copy_year(section=section, year=today.year, by=head)
        _count(section.kind, [line for top in written.activities for line in top.parts], today)


def _facts_of(line: Planned, section: Section) -> ActivityFacts:
    return ActivityFacts(
        name=line.name,
        code=line.code,
        target=line.target,
        measure=line.measure,
        months=tuple(range(line.months[0], line.months[1] + 1)),
        unit=section.units.filter(code=line.unit).first(),
        budget=line.budget,
    )


def _count(kind: str, lines: Sequence[Planned], today: dt.date) -> None:
    """Let the services of this year count for the lines that name their kind."""
    activities = {
        one.name: one
        for one in Activity.objects.filter(
            programme__section__kind=kind, programme__year=today.year
        )
    }
    for line in lines:
        if not line.kinds:
            continue
        services = ServiceRecord.objects.unscoped(reason=WHY).filter(
            state=ServiceRecord.State.PROVIDED,
            kind__in=list(line.kinds),
            provided_on__year=today.year,
            case__section__kind=kind,
            activity=None,
        )
        if line.unit:
            services = services.filter(case__unit__code=line.unit)
        services.update(activity=activities[line.name])
