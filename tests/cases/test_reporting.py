"""R-CASE-3 to R-CASE-7: incoming reports, from the counter to the decision."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from pulih.access.models import AuditEvent, Section
from pulih.access.policy import RecordClass
from pulih.cases.actions.reporting import (
    answer_report,
    forward_report,
    hand_over_report,
    link_person,
    receive_report,
    repeat_report,
)
from pulih.cases.intake_facts import Received
from pulih.cases.models import Report
from pulih.common.clock import now
from pulih.common.errors import RuleError
from pulih.inbox.models import Notice, Task

ABUSED_CHILD, TRAFFICKED, HOMELESS, FACING_THE_LAW, DISASTER = 6, 18, 11, 3, 21


def told(**values):
    return Received(
        **{
            "channel": "village",
            "description": "Tidur di emperan pasar.",
            "ppks_kind": 11,
            **values,
        }
    )


def verbs(*wanted):
    return list(AuditEvent.objects.filter(verb__in=wanted).values_list("verb", flat=True))


def tasks():
    return Task.objects.unscoped(reason="test")


def test_the_front_desk_receives_a_report(make_user):
    desk = make_user("front_desk")

    report = receive_report(facts=told(about="Pardi"), by=desk)

    assert report.number.startswith("L-")
    assert report.state == Report.State.NEW
    assert verbs("report.received") == ["report.received"]


@pytest.mark.parametrize("role", ["auditor", "head_of_office", "student", "administrator"])
def test_other_roles_receive_no_reports(make_user, role):
    with pytest.raises(PermissionDenied, match="does not receive"):
        receive_report(facts=told(), by=make_user(role))


@pytest.mark.parametrize(
    ("kind", "section"),
    [
        (HOMELESS, Section.Kind.REHABILITATION),
        (DISASTER, Section.Kind.PROTECTION),
        (None, "rehabilitation"),
    ],
)
def test_the_kind_proposes_the_section(make_user, kind, section):
    report = receive_report(facts=told(ppks_kind=kind), by=make_user("front_desk"))

    assert report.section.kind == section


def test_a_report_without_a_word_is_not_taken(make_user):
    with pytest.raises(RuleError) as refusal:
        receive_report(facts=told(description="  "), by=make_user("front_desk"))

    assert refusal.value.rule == "R-CASE-3"


def test_a_report_is_not_received_tomorrow(make_user):
    tomorrow = now() + dt.timedelta(days=1)

    with pytest.raises(RuleError, match="not come"):
        receive_report(facts=told(received_at=tomorrow), by=make_user("front_desk"))


def test_an_urgent_report_asks_the_section_head_for_today(make_user, section):
    receive_report(facts=told(urgent=True), by=make_user("front_desk"))

    task = tasks().get()
    assert task.priority == Task.Priority.URGENT
    assert (task.queue_role, task.queue_section) == ("section_head", section)


@pytest.mark.parametrize("kind", [ABUSED_CHILD, TRAFFICKED])
def test_a_report_of_a_sealed_kind_leaves_the_front_desk_with_a_number_alone(make_user, kind):
    head, desk = make_user("section_head"), make_user("front_desk")

    report = receive_report(facts=told(ppks_kind=kind), by=desk)

    assert report.number.startswith("S-")
    assert not Report.objects.visible_to(desk).exists()
    assert Report.objects.visible_to(head).get() == report


def test_a_sealed_report_is_known_to_those_named_and_to_no_colleague(make_user):
    make_user("section_head")
    named, colleague = make_user(), make_user()

    receive_report(
        facts=told(held=RecordClass.SEALED, workers=(named,)), by=make_user("front_desk")
    )

    assert Report.objects.visible_to(named).exists()
    assert not Report.objects.visible_to(colleague).exists()


def test_a_worker_who_receives_a_sealed_report_stays_in_it(make_user):
    make_user("section_head")
    worker = make_user()

    receive_report(facts=told(ppks_kind=ABUSED_CHILD), by=worker)

    assert Report.objects.visible_to(worker).exists()


def test_a_sealed_report_that_nobody_could_open_is_not_taken(make_user):
    with pytest.raises(RuleError) as refusal:
        receive_report(facts=told(ppks_kind=ABUSED_CHILD), by=make_user("front_desk"))

    assert refusal.value.rule == "R-ACC-6"
    assert not verbs("report.received")


def test_nobody_is_named_in_a_sealed_report_who_does_not_work_with_cases(make_user):
    make_user("section_head")

    with pytest.raises(RuleError) as refusal:
        receive_report(
            facts=told(held=RecordClass.SEALED, workers=(make_user("data_officer"),)),
            by=make_user("front_desk"),
        )

    assert refusal.value.rule == "R-CASE-4"


def test_the_task_of_a_sealed_report_is_seen_by_nobody_outside(make_user, section, office):
    head = make_user("section_head")
    receive_report(facts=told(ppks_kind=ABUSED_CHILD), by=make_user("front_desk"))
    late_head = make_user("section_head")

    assert Task.objects.visible_to(head).count() == 1
    assert Task.objects.visible_to(late_head).count() == 0


def test_a_kind_held_closely_makes_the_report_restricted(make_user):
    report = receive_report(facts=told(ppks_kind=FACING_THE_LAW), by=make_user("front_desk"))

    assert report.restricted
    other = Section.objects.get(kind="security")
    assert not Report.objects.visible_to(make_user(section=other)).exists()


def test_a_worker_of_the_section_links_the_person(make_user, make_report, make_person):
    report, person = make_report(), make_person()

    linked = link_person(report=report, person=person, by=make_user())

    assert linked.person == person
    assert verbs("report.person_linked") == ["report.person_linked"]


def test_an_open_report_is_not_linked_to_a_sealed_person(make_user, make_report, make_case):
    worker = make_user()
    sealed = make_case(sealed=True, lead=worker).person

    with pytest.raises(RuleError) as refusal:
        link_person(report=make_report(), person=sealed, by=worker)

    assert refusal.value.rule == "R-CASE-6"


def test_a_person_whom_the_worker_cannot_see_is_no_choice(make_user, make_report, make_case):
    hidden = make_case(sealed=True).person

    with pytest.raises(RuleError, match="Choose an entry"):
        link_person(report=make_report(), person=hidden, by=make_user())


def test_an_answer_ends_the_task_and_is_told_to_the_receiver(make_user):
    desk, worker = make_user("front_desk"), make_user()
    report = receive_report(facts=told(), by=desk)

    answered = answer_report(report=report, outcome="Sudah pulang.", by=worker)

    assert answered.state == Report.State.ANSWERED
    assert tasks().get().done_at is not None
    assert Notice.objects.unscoped(reason="test").get().user == desk


def test_a_decision_leaves_one_line_in_the_trail(make_user, make_report):
    answer_report(report=make_report(), outcome="Sudah pulang.", by=make_user())

    assert verbs("report.answered") == ["report.answered"]


def test_a_report_is_decided_once(make_user, make_report):
    worker, report = make_user(), make_report()
    answer_report(report=report, outcome="Sudah pulang.", by=worker)

    with pytest.raises(RuleError) as refusal:
        answer_report(report=report, outcome="Lagi.", by=worker)

    assert refusal.value.rule == "R-CASE-5"


@pytest.mark.parametrize("role", ["front_desk", "data_officer", "auditor"])
def test_who_does_not_decide_is_refused(make_user, make_report, role):
    with pytest.raises(PermissionDenied):
        answer_report(report=make_report(), outcome="Tidak.", by=make_user(role))


def test_a_worker_of_another_section_does_not_decide(make_user, make_report):
    other = Section.objects.get(kind="security")

    with pytest.raises(PermissionDenied):
        answer_report(report=make_report(), outcome="Tidak.", by=make_user(section=other))


def test_forwarding_says_to_whom_and_why(make_user, make_report):
    worker, report = make_user(), make_report()

    with pytest.raises(RuleError, match="to whom"):
        forward_report(report=report, to="", outcome="Bukan warga Ngawi.", by=worker)
    done = forward_report(report=report, to="Dinsos Madiun", outcome="Warga sana.", by=worker)

    assert done.state == Report.State.FORWARDED
    assert done.outcome == "Dinsos Madiun: Warga sana."


def test_a_report_handed_to_another_section_waits_there(make_user, make_report):
    other = Section.objects.get(kind="security")

    report = hand_over_report(
        report=make_report(), section=other, reason="Bantuan langsung.", by=make_user()
    )

    assert (report.state, report.section) == (Report.State.NEW, other)
    assert tasks().get(done_at=None).queue_section == other


def test_a_sealed_report_handed_over_names_the_other_head(make_user, make_report):
    other = Section.objects.get(kind="protection")
    head, worker = make_user("section_head", section=other), make_user()
    report = make_report(sealed=True, members=[worker])

    hand_over_report(report=report, section=other, reason="Perlindungan.", by=worker)

    assert Report.objects.visible_to(head).get() == report


def test_a_repeated_report_is_told_in_the_case_of_the_first(make_user, make_report, make_case):
    worker = make_user()
    first = make_report(state="case", decided_at=now(), decided_by=worker)
    case = make_case(report=first, lead=worker)

    repeated = repeat_report(report=make_report(), earlier=first, outcome="Sama.", by=worker)

    assert repeated.earlier == first
    assert case.events.get().kind == "report_repeated"


def test_a_report_is_not_the_repeat_of_a_later_one(make_user, make_report):
    report, later = make_report(), make_report()

    with pytest.raises(RuleError) as refusal:
        repeat_report(report=report, earlier=later, outcome="Sama.", by=make_user())

    assert refusal.value.rule == "R-CASE-7"


def test_an_open_report_does_not_point_at_a_sealed_one(make_user, make_report):
    worker = make_user()
    sealed = make_report(sealed=True, members=[worker])

    with pytest.raises(RuleError, match="more closely"):
        repeat_report(report=make_report(), earlier=sealed, outcome="Sama.", by=worker)
