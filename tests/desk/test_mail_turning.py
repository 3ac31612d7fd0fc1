"""R-DESK-45: a letter becomes a report, an incoming referral, an appointment or a task."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from pulih.access.models import AuditEvent
from pulih.access.policy import RecordClass
from pulih.cases.models import Report
from pulih.common.clock import today
from pulih.common.errors import RuleError
from pulih.desk.actions.turning import turn_into_event, turn_into_report, turn_into_task
from pulih.desk.letter_facts import EventFacts, ReportFacts
from pulih.desk.mail_queries import outcomes_of
from pulih.inbox.actions import Slot
from pulih.inbox.models import CalendarEntry, Task

WEEK = today() + dt.timedelta(days=7)
CHILD_VICTIM = 6


@pytest.fixture
def handed(make_letter, chief, head, worker, hand_on):
    """A letter in the hands of the worker."""
    letter = make_letter()
    hand_on(hand_on(letter, head, chief), worker, head)
    return letter


def test_a_letter_becomes_a_report_that_says_what_it_says(handed, worker, section):
    report = turn_into_report(letter=handed, facts=ReportFacts(section=section), by=worker)

    assert report.channel == Report.Channel.LETTER
    assert "Warga terlantar" in report.description
    assert report.reporter_name == "Kepala Desa Grudo"


def test_the_report_links_back_and_the_letter_shows_what_it_became(client, handed, worker):
    report = turn_into_report(letter=handed, facts=ReportFacts(ppks_kind=11), by=worker)
    client.force_login(worker)

    page = client.get(reverse("cases:report", args=[report.pk])).content.decode()
    (became,) = outcomes_of(handed, user=worker)
    assert reverse("mail:letter", args=[handed.pk]) in page
    assert became.url == reverse("cases:report", args=[report.pk])


def test_the_report_answers_the_disposition(handed, worker, head):
    report = turn_into_report(letter=handed, facts=ReportFacts(ppks_kind=11), by=worker)

    step = handed.dispositions.get(receiver=worker)
    assert report.number in step.answer


def test_a_letter_becomes_a_report_once(handed, worker):
    turn_into_report(letter=handed, facts=ReportFacts(ppks_kind=11), by=worker)

    with pytest.raises(RuleError) as refusal:
        turn_into_report(letter=handed, facts=ReportFacts(is_referral=True), by=worker)

    assert refusal.value.rule == "R-DESK-45"


def test_a_referral_asks_the_section_to_answer_the_institution(handed, worker, head, section):
    facts = ReportFacts(section=section, is_referral=True, answer_due_on=WEEK)

    report = turn_into_report(letter=handed, facts=facts, by=worker)

    task = Task.objects.visible_to(head).get(kind="reply_to_referral")
    assert report.channel == Report.Channel.REFERRAL
    assert (task.subject_id, task.due_on) == (report.pk, WEEK)


def test_a_secret_letter_becomes_a_report_that_is_at_least_restricted(
    make_letter, chief, head, hand_on
):
    letter = make_letter(nature="secret")
    hand_on(letter, head, chief)

    assert turn_into_report(letter=letter, facts=ReportFacts(ppks_kind=11), by=head).restricted


def test_what_became_sealed_is_told_only_to_the_named(handed, worker, head, chief, clerk):
    facts = ReportFacts(ppks_kind=CHILD_VICTIM, held=RecordClass.SEALED)

    report = turn_into_report(letter=handed, facts=facts, by=worker)

    assert report.compartment is not None
    assert len(outcomes_of(handed, user=worker)) == len(outcomes_of(handed, user=head)) == 1
    assert outcomes_of(handed, user=chief) == outcomes_of(handed, user=clerk) == []


def test_the_trail_puts_no_letter_beside_a_sealed_report(handed, worker):
    facts = ReportFacts(ppks_kind=CHILD_VICTIM, held=RecordClass.SEALED)

    report = turn_into_report(letter=handed, facts=facts, by=worker)

    event = AuditEvent.objects.get(verb="mail.became_report")
    assert event.subject_label == ""
    assert event.compartment_id == report.compartment_id


def test_the_answer_of_a_sealed_report_names_no_number(handed, worker):
    facts = ReportFacts(ppks_kind=CHILD_VICTIM, held=RecordClass.SEALED)

    report = turn_into_report(letter=handed, facts=facts, by=worker)

    assert report.number not in handed.dispositions.get(receiver=worker).answer


def test_the_front_desk_turns_no_letter(handed, clerk):
    with pytest.raises(PermissionDenied):
        turn_into_report(letter=handed, facts=ReportFacts(), by=clerk)


def test_an_invitation_stands_in_the_calendars_of_those_who_go(handed, worker, head):
    facts = EventFacts(
        title="Rapat koordinasi",
        slot=Slot(WEEK, dt.time(9), None, "Pendopo"),
        attendants=(worker, head),
    )

    turn_into_event(letter=handed, facts=facts, by=worker)

    entry = CalendarEntry.objects.visible_to(head).get()
    assert entry.url_name == "mail:letter"
    assert entry.held_on == WEEK
    assert len(outcomes_of(handed, user=worker)) == 1


def test_a_task_is_only_for_who_can_open_the_letter(handed, worker, make_user):
    with pytest.raises(RuleError) as refusal:
        turn_into_task(letter=handed, title="Jawab surat", to=make_user(), by=worker)

    assert refusal.value.rule == "R-DESK-45"


def test_a_task_links_back_to_the_letter(handed, worker):
    task = turn_into_task(letter=handed, title="Jawab surat", to=worker, due_on=WEEK, by=worker)

    assert task.url_kwargs == {"pk": str(handed.pk)}
    assert [one.outcome.subject_id for one in outcomes_of(handed, user=worker)] == [task.pk]


@pytest.mark.parametrize("page", ["report", "event", "task"])
def test_each_way_has_its_page(client, handed, worker, page):
    client.force_login(worker)

    assert client.get(reverse(f"mail:{page}", args=[handed.pk])).status_code == 200


def test_a_report_is_made_from_its_page_in_one_step(client, handed, worker):
    client.force_login(worker)

    answer = client.post(reverse("mail:report", args=[handed.pk]), {"ppks_kind": "11"})

    report = Report.objects.visible_to(worker).get()
    assert answer.url == reverse("cases:report", args=[report.pk])


def test_a_task_is_made_from_its_page(client, handed, worker):
    client.force_login(worker)

    client.post(
        reverse("mail:task", args=[handed.pk]),
        {"title": "Siapkan jawaban", "to": str(worker.pk), "due_on": WEEK.isoformat()},
    )

    assert "Siapkan jawaban" in {task.title for task in Task.objects.visible_to(worker)}


def test_an_appointment_is_made_from_its_page(client, handed, worker):
    client.force_login(worker)

    client.post(
        reverse("mail:event", args=[handed.pk]),
        {"title": "Rapat", "held_on": WEEK.isoformat(), "attendants": [str(worker.pk)]},
    )

    assert CalendarEntry.objects.visible_to(worker).get().title == "Rapat"
