"""R-CASE-82, R-CASE-83: a service at the counter, from the asking to its end."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from pulih.access.models import AuditEvent, Compartment
from pulih.cases.actions.countering import (
    bring_papers,
    cancel_service,
    finish_service,
    start_service,
)
from pulih.cases.counter_facts import Visit
from pulih.cases.models import CounterService
from pulih.common.clock import today
from pulih.common.errors import RuleError
from pulih.inbox.models import Task

ALL_PAPERS = frozenset({"ktp", "kk", "sktm"})


@pytest.fixture
def desk(make_user):
    return make_user("front_desk")


@pytest.fixture
def proposal(offers):
    return offers["pbi-jk-usul"]


@pytest.fixture
def begin(desk, make_person, proposal):
    def start(brought=ALL_PAPERS, offer=proposal, person=None, by=desk, **more):
        visit = Visit(person=person or make_person(), offer=offer, brought=brought, **more)
        return start_service(visit=visit, by=by)

    return start


def tasks_of(service):
    return Task.objects.unscoped(reason="test").filter(subject_id=service.pk)


def test_a_service_with_all_its_papers_is_in_hand(begin, proposal):
    service = begin(answers={"peserta": "4"})

    assert service.state == CounterService.State.OPEN
    assert service.due_on == today() + dt.timedelta(days=proposal.promised_days)
    assert service.answers[0]["value"] == "4"


def test_missing_papers_are_recorded_and_do_not_stop_the_visit(begin):
    service = begin(brought=frozenset({"ktp"}))

    assert service.state == CounterService.State.WAITING
    assert [paper["key"] for paper in service.missing] == ["kk", "sktm"]


def test_a_paper_that_is_not_needed_is_never_missing(begin):
    assert "foto-rumah" not in {paper["key"] for paper in begin(brought=frozenset()).missing}


def test_papers_brought_later_put_it_in_hand(begin, desk):
    service = begin(brought=frozenset({"ktp"}))

    service = bring_papers(service=service, brought=ALL_PAPERS, by=desk)

    assert service.state == CounterService.State.OPEN
    assert service.events.filter(kind="papers").exists()


def test_an_answer_is_given_later(begin, desk):
    service = begin()

    service = bring_papers(service=service, brought=ALL_PAPERS, answers={"peserta": "3"}, by=desk)

    assert service.answers[0]["value"] == "3"


def test_it_is_not_finished_while_a_paper_is_missing(begin, desk):
    service = begin(brought=frozenset({"ktp"}))

    with pytest.raises(RuleError, match="Still missing"):
        finish_service(service=service, by=desk)


def test_it_is_finished_once(begin, desk):
    service = finish_service(service=begin(), by=desk)

    assert service.state == CounterService.State.DONE
    with pytest.raises(RuleError, match="has ended"):
        finish_service(service=service, by=desk)


def test_it_is_cancelled_with_a_reason(begin, desk):
    with pytest.raises(RuleError, match="why"):
        cancel_service(service=begin(), reason=" ", by=desk)


def test_a_cancelled_service_keeps_its_reason(begin, desk):
    service = cancel_service(service=begin(), reason="Pemohon pindah.", by=desk)

    assert service.state == CounterService.State.CANCELLED
    assert service.outcome == "Pemohon pindah."


def test_the_promised_day_is_a_task_until_the_end(begin, desk):
    service = begin()
    assert tasks_of(service).get(done_at=None).due_on == service.due_on

    finish_service(service=service, by=desk)

    assert not tasks_of(service).filter(done_at=None).exists()


def test_a_service_of_one_visit_leaves_no_task(begin, offers):
    service = begin(offer=offers["dtsen-cek"], brought=frozenset({"ktp"}))

    assert not tasks_of(service).exists()


def test_the_same_service_does_not_run_twice_for_a_person(begin, make_person):
    person = make_person()
    begin(person=person)

    with pytest.raises(RuleError, match="runs for this person already"):
        begin(person=person)


@pytest.mark.parametrize("code", ["anak-korban", "perdagangan-orang", "anak-terlantar"])
def test_what_begins_with_a_report_is_not_served_at_the_counter(begin, offers, code):
    with pytest.raises(RuleError, match="take a report"):
        begin(offer=offers[code])


def test_a_sealed_person_is_not_served_at_the_counter(begin, make_user, make_person, office):
    worker = make_user()
    room = Compartment.objects.create(office=office)
    room.members.create(user=worker, valid_from=dt.date(2020, 1, 1), purpose="test")
    person = make_person(by=worker)
    person.compartment = room
    person.full_name, person.sort_name, person.full_name_sealed = "", "", "Rahasia"
    person.save()

    with pytest.raises(RuleError, match="never at the counter"):
        begin(person=person, by=worker)


def test_a_data_officer_does_not_serve(begin, make_user):
    with pytest.raises(PermissionDenied):
        begin(by=make_user("data_officer"))


def test_each_step_leaves_a_line_in_the_trail(begin, desk):
    service = finish_service(service=begin(), by=desk)

    verbs = AuditEvent.objects.filter(subject_id=str(service.pk)).values_list("verb", flat=True)
    assert list(verbs) == ["counter.started", "counter.finished"]


def test_terms_of_the_day_stay_when_the_catalogue_changes(begin, proposal, desk):
    service = begin(brought=frozenset({"ktp"}))
    proposal.requirements = [{"key": "ktp", "label": "KTP", "needed": True}]
    proposal.save()

    service.refresh_from_db()
    assert [paper["key"] for paper in service.missing] == ["kk", "sktm"]
