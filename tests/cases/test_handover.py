"""R-CASE-110 to R-CASE-114: a whole caseload changes hands, or nothing does."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from pulih.access.models import AuditEvent, RoleGrant
from pulih.cases.actions.handing_over import (
    accept_handover,
    countersign_handover,
    propose_handover,
    refuse_handover,
    remark_on_case,
    withdraw_handover,
)
from pulih.cases.facts import Caseload
from pulih.cases.models import CaseloadHandover, HandoverLine, Need
from pulih.cases.queries.caseload import lines_of, list_handovers, loads
from pulih.common.clock import today
from pulih.common.errors import RuleError
from pulih.inbox.actions import Slot, When, add_entry, open_task
from pulih.inbox.models import CalendarEntry, Subject, Task


@pytest.fixture
def worker(make_user):
    return make_user(full_name="Hesti")


@pytest.fixture
def successor(make_user):
    return make_user(full_name="Bagas")


@pytest.fixture
def head(make_user):
    return make_user("section_head", full_name="Sekar")


@pytest.fixture
def cases(make_case, worker):
    return [make_case(lead=worker, stage="intervention") for _ in range(3)]


def caseload(worker, section, to, **values):
    return Caseload(
        **{"worker": worker, "section": section, "to": to, "reason": "Pindah", **values}
    )


@pytest.fixture
def propose(worker, successor, section, cases):
    def make(by=None, **values):
        to = values.pop("to", {case.pk: successor for case in cases})
        return propose_handover(caseload=caseload(worker, section, to, **values), by=by or worker)

    return make


def lead_of(case):
    return case.team.get(is_lead=True, left_on=None).user


def lines(handover):
    return HandoverLine.objects.unscoped(reason="test").filter(handover=handover)


def tasks_about(key):
    return Task.objects.unscoped(reason="test").filter(subject_id=key, done_at=None)


def test_nothing_changes_hands_before_every_signature_is_there(propose, cases, worker, successor):
    handover = propose()
    accept_handover(handover=handover, by=successor)

    assert {lead_of(case) for case in cases} == {worker}
    handover.refresh_from_db()
    assert handover.is_waiting


def test_with_the_last_signature_everything_changes_hands(propose, cases, successor, head):
    handover = propose()
    accept_handover(handover=handover, by=successor)
    done = countersign_handover(handover=handover, by=head)

    assert {lead_of(case) for case in cases} == {successor}
    assert done.state == CaseloadHandover.State.DONE
    assert set(lines(done).values_list("state", flat=True)) == {HandoverLine.State.MOVED}


def test_what_a_head_starts_is_countersigned_with_that(propose, cases, successor, head):
    done = accept_handover(handover=propose(by=head), by=successor)

    assert (done.state, done.signed_by) == (CaseloadHandover.State.DONE, head)
    assert lead_of(cases[0]) == successor


def test_a_caseload_is_split_among_several(propose, cases, make_user, head):
    first, second = make_user(), make_user()
    handover = propose(by=head, to={cases[0].pk: first, cases[1].pk: second, cases[2].pk: second})
    accept_handover(handover=handover, by=second)
    accept_handover(handover=handover, by=first)

    assert [lead_of(case) for case in cases] == [first, second, second]


def test_every_case_has_a_line_in_the_trail(propose, cases, successor, head):
    accept_handover(handover=propose(by=head), by=successor)

    events = AuditEvent.objects.filter(verb="case.handed_over")
    assert set(events.values_list("subject_label", flat=True)) == {case.number for case in cases}
    assert AuditEvent.objects.filter(verb="handover.handed_over").count() == 1


def test_the_story_of_the_case_tells_who_handed_it_over(propose, cases, successor, head):
    handover = propose(by=head)
    accept_handover(handover=handover, by=successor)

    event = cases[0].events.get(kind="lead_changed")
    assert event.detail == {"former": "Hesti", "who": "Bagas", "reason": handover.number}


def test_open_tasks_appointments_and_needs_go_along(propose, cases, worker, successor, head):
    case = cases[0]
    about = Subject.of(case, "cases:detail", number=case.number)
    task = open_task(kind="visit", title="Kunjungan", about=about, to=worker, by=worker)
    entry = add_entry(title="Temu", about=about, to=worker, slot=Slot(today()), by=worker)
    need = case.needs.create(kind=Need.Kind.FOOD, owner=worker, recorded_by=worker)

    accept_handover(handover=propose(by=head), by=successor)

    task = Task.objects.unscoped(reason="test").get(pk=task.pk)
    entry = CalendarEntry.objects.unscoped(reason="test").get(pk=entry.pk)
    need.refresh_from_db()
    assert (task.owner, entry.owner, need.owner) == (successor, successor, successor)


def test_the_tasks_of_others_stay_theirs(propose, cases, worker, successor, head, make_user):
    other = make_user()
    about = Subject.of(cases[0], "cases:detail", number=cases[0].number)
    task = open_task(kind="visit", title="Kunjungan", about=about, to=other, by=worker)

    accept_handover(handover=propose(by=head), by=successor)

    assert tasks_about(cases[0].pk).get(pk=task.pk).owner == other


def test_the_worker_leaves_the_teams(propose, cases, worker, successor, head):
    accept_handover(handover=propose(by=head), by=successor)

    assert not cases[0].team.filter(user=worker, left_on=None).exists()


def test_the_worker_may_stay_on_the_teams(propose, cases, worker, successor, head):
    accept_handover(handover=propose(by=head, worker_leaves=False), by=successor)

    assert cases[0].team.get(user=worker, left_on=None).is_lead is False


def test_the_summary_is_made_from_the_data_and_kept(propose, cases, worker, successor, head):
    case = cases[0]
    about = Subject.of(case, "cases:detail", number=case.number)
    when = When(today() + dt.timedelta(days=2))
    open_task(kind="visit", title="Kunjungan rumah", about=about, to=worker, when=when, by=worker)
    case.needs.create(kind=Need.Kind.FOOD, text="Beras", recorded_by=worker)

    done = accept_handover(handover=propose(by=head), by=successor)

    summary = lines(done).get(case=case).summary
    assert (summary["stage"], summary["tasks"]) == (4, [[str(when.due_on), "Kunjungan rumah"]])
    assert summary["needs"] == ["Beras"]


def test_who_must_sign_is_asked_by_a_task_and_the_tasks_end(propose, successor, head):
    handover = propose()
    asked = tasks_about(handover.pk)
    assert set(asked.values_list("kind", flat=True)) == {"accept_handover", "countersign_handover"}

    accept_handover(handover=handover, by=successor)
    countersign_handover(handover=handover, by=head)

    assert not tasks_about(handover.pk).exists()


def test_all_or_nothing_when_a_successor_no_longer_works_with_cases(
    propose, cases, worker, successor, head, make_user
):
    other = make_user()
    handover = propose(to={cases[0].pk: successor, cases[1].pk: other, cases[2].pk: other})
    accept_handover(handover=handover, by=successor)
    accept_handover(handover=handover, by=other)
    other.grants.update(valid_until=today() - dt.timedelta(days=1))

    with pytest.raises(RuleError, match="nothing changes hands"):
        countersign_handover(handover=handover, by=head)

    assert {lead_of(case) for case in cases} == {worker}


def test_a_case_that_changed_its_lead_meanwhile_stays_behind(
    propose, cases, successor, head, make_user
):
    handover = propose(by=head)
    third = make_user()
    cases[0].team.filter(is_lead=True).update(user=third)

    done = accept_handover(handover=handover, by=successor)

    assert lead_of(cases[0]) == third
    assert lines(done).get(case=cases[0]).state == HandoverLine.State.LEFT


def test_nobody_but_the_worker_or_the_head_hands_over(propose, make_user):
    with pytest.raises(RuleError, match="by its worker or by the head"):
        propose(by=make_user())


def test_a_handover_has_a_reason_and_a_successor_for_each_case(propose, cases, successor):
    with pytest.raises(RuleError, match="Say why"):
        propose(reason=" ")
    with pytest.raises(RuleError, match="each case"):
        propose(to={cases[0].pk: successor})


def test_nobody_takes_over_from_themself_and_only_workers_do(propose, cases, worker, make_user):
    for unfit in (worker, make_user("front_desk")):
        with pytest.raises(RuleError, match="taken over by other social workers"):
            propose(to={case.pk: unfit for case in cases})


def test_one_handover_of_a_caseload_waits_at_a_time(propose):
    propose()

    with pytest.raises(RuleError, match="waits for signatures already"):
        propose()


def test_without_a_case_there_is_nothing_to_hand_over(section, worker, successor):
    with pytest.raises(RuleError, match="no case"):
        propose_handover(caseload=caseload(worker, section, {}), by=worker)


def test_the_worker_never_countersigns(propose, worker, successor):
    with pytest.raises(PermissionDenied):
        countersign_handover(handover=propose(), by=worker)


def test_a_head_who_hands_over_needs_the_head_of_office(make_case, make_user, section, successor):
    head = make_user("section_head")
    case = make_case(lead=head)
    handover = propose_handover(caseload=caseload(head, section, {case.pk: successor}), by=head)
    accept_handover(handover=handover, by=successor)
    assert handover.signed_by is None

    countersign_handover(handover=handover, by=make_user("head_of_office"))

    assert lead_of(case) == successor


def test_who_is_not_asked_does_not_accept(propose, make_user):
    with pytest.raises(RuleError, match="Nothing here waits"):
        accept_handover(handover=propose(), by=make_user())


def test_one_who_refuses_stops_the_whole(propose, cases, worker, successor, make_user, head):
    other = make_user()
    handover = propose(by=head, to={cases[0].pk: successor, cases[1].pk: other, cases[2].pk: other})
    accept_handover(handover=handover, by=successor)
    refused = refuse_handover(handover=handover, reason="Beban penuh", by=other)

    assert refused.state == CaseloadHandover.State.REFUSED
    assert {lead_of(case) for case in cases} == {worker}
    with pytest.raises(RuleError, match="does not wait"):
        accept_handover(handover=handover, by=other)


def test_a_refusal_has_a_reason_and_comes_from_who_signs(propose, successor, make_user):
    handover = propose()

    with pytest.raises(RuleError, match="Say why"):
        refuse_handover(handover=handover, reason="", by=successor)
    with pytest.raises(RuleError, match="Only who takes over"):
        refuse_handover(handover=handover, reason="x", by=make_user())


def test_whoever_started_takes_it_back(propose, worker, successor):
    handover = propose()
    with pytest.raises(RuleError, match="Only who hands over"):
        withdraw_handover(handover=handover, reason="x", by=successor)

    taken = withdraw_handover(handover=handover, reason="Batal pindah", by=worker)

    assert taken.state == CaseloadHandover.State.WITHDRAWN


def test_remarks_are_those_of_whoever_hands_over(propose, worker, successor):
    line = lines(propose())[0]

    with pytest.raises(RuleError, match="Remarks"):
        remark_on_case(line=line, remarks="x", by=successor)
    assert remark_on_case(line=line, remarks=" Kabari RT ", by=worker).remarks == "Kabari RT"


def test_an_ended_case_is_part_of_the_caseload_while_a_task_of_the_worker_waits_in_it(
    make_case, propose, worker, successor, cases
):
    done, waits = (make_case(lead=worker, stage="follow_up") for _ in range(2))
    about = Subject.of(waits, "cases:detail", number=waits.number)
    open_task(kind="follow_up", title="Kunjungan", about=about, to=worker, by=worker)
    handover = propose(to={case.pk: successor for case in (*cases, waits)})

    handed = {line.case_id for line in lines(handover)}
    assert waits.pk in handed
    assert done.pk not in handed


def test_a_handover_is_known_to_who_signs_it_and_to_nobody_else(
    propose, worker, successor, head, make_user
):
    propose()

    knows = [len(list_handovers(user=user)) for user in (worker, successor, head, make_user())]
    assert knows == [1, 1, 1, 0]


def test_the_successor_reads_a_restricted_case_only_through_its_line(
    make_case, worker, section, successor
):
    case = make_case(lead=worker, restricted=True)
    handover = propose_handover(caseload=caseload(worker, section, {case.pk: successor}), by=worker)

    assert [line.case for line in lines_of(handover, user=successor)] == [case]
    assert not type(case).objects.visible_to(successor).filter(pk=case.pk).exists()


def test_loads_count_what_the_reader_may_hand_over(cases, worker, head, make_user):
    assert [(load.worker, load.count) for load in loads(user=head)] == [(worker, 3)]
    assert [(load.worker, load.count) for load in loads(user=worker)] == [(worker, 3)]
    assert loads(user=make_user()) == []


@pytest.fixture
def unit_head(make_user, section):
    user = make_user("section_head")
    RoleGrant.objects.filter(user=user).update(unit=section.units.first())
    return user


def test_the_head_of_a_unit_does_not_countersign_for_the_section(propose, unit_head):
    handover = propose()

    assert not list_handovers(user=unit_head)
    with pytest.raises(PermissionDenied):
        countersign_handover(handover=handover, by=unit_head)


def test_the_head_of_a_unit_hands_nobody_elses_caseload_over(propose, unit_head):
    with pytest.raises(RuleError, match="by its worker or by the head"):
        propose(by=unit_head)


def test_the_head_of_a_unit_hands_over_an_own_caseload(
    make_case, unit_head, successor, section, head
):
    case = make_case(lead=unit_head, unit=section.units.first())
    handover = propose_handover(
        caseload=caseload(unit_head, section, {case.pk: successor}), by=unit_head
    )
    accept_handover(handover=handover, by=successor)
    countersign_handover(handover=handover, by=head)

    assert lead_of(case) == successor
    assert list(list_handovers(user=unit_head)) == [handover]
