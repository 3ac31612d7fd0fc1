"""R-CASE-30 to R-CASE-33: services asked for, given, and not given."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError

from pulih.access.models import AuditEvent
from pulih.cases.actions.serving import (
    drop_request,
    fulfil_request,
    provide_service,
    request_service,
)
from pulih.cases.facts import Given
from pulih.cases.models import ServiceRecord
from pulih.common.clock import today
from pulih.common.errors import RuleError

State = ServiceRecord.State


def given(**values):
    return Given(**{"kind": "F", "on": today(), "hours": Decimal("1.5"), **values})


@pytest.fixture
def waiting(case, lead):
    return request_service(case=case, kind="H", on=today(), text="Kursi roda", by=lead)


def test_a_service_given_outside_the_plan_is_kept(case, lead):
    record = provide_service(case=case, given=given(place="Rumah"), by=lead)

    assert (record.state, record.provider, record.place) == (State.PROVIDED, lead, "Rumah")
    assert case.events.get(kind="service_provided").detail["hours"] == "1.5"


def test_giving_a_service_leaves_one_line_in_the_trail(case, lead):
    provide_service(case=case, given=given(), by=lead)

    event = AuditEvent.objects.get(verb="service.provided")
    assert (event.actor, event.subject_id) == (lead, str(case.pk))


def test_a_service_fulfils_one_of_the_approved_plan(case, lead):
    planned = case.plans.get().services.get()

    record = provide_service(case=case, given=given(), planned=planned, by=lead)

    assert record.planned == planned


def test_a_planned_service_of_another_case_is_refused(case, lead, make_case):
    foreign = make_case(stage="intervention").plans.get().services.get()

    with pytest.raises(RuleError) as refusal:
        provide_service(case=case, given=given(), planned=foreign, by=lead)

    assert refusal.value.rule == "R-CASE-33"


@pytest.mark.parametrize(
    "fact", [{"kind": "Z"}, {"hours": Decimal(0)}, {"hours": Decimal("24.5")}], ids=str
)
def test_facts_that_cannot_be_are_refused(case, lead, fact):
    with pytest.raises(RuleError) as refusal:
        provide_service(case=case, given=given(**fact), by=lead)

    assert refusal.value.rule == "R-CASE-30"


def test_a_day_to_come_is_refused(case, lead):
    with pytest.raises(RuleError) as refusal:
        provide_service(case=case, given=given(on=today() + dt.timedelta(days=1)), by=lead)

    assert refusal.value.rule == "R-CASE-50"


def test_an_ended_case_takes_no_later_service(make_case, lead):
    case = make_case(lead=lead, stage="termination", ended_on=today() - dt.timedelta(days=2))

    with pytest.raises(RuleError) as refusal:
        provide_service(case=case, given=given(), by=lead)

    assert refusal.value.rule == "R-CASE-31"


def test_a_service_given_before_the_end_is_written_down_late(make_case, lead):
    case = make_case(lead=lead, stage="termination", ended_on=today() - dt.timedelta(days=2))

    record = provide_service(case=case, given=given(on=case.ended_on), by=lead)

    assert record.provided_on == case.ended_on


@pytest.mark.parametrize("role", ["social_worker", "front_desk", "student", "head_of_office"])
def test_who_does_not_work_on_the_case_records_nothing(case, make_user, role):
    with pytest.raises(PermissionDenied):
        provide_service(case=case, given=given(), by=make_user(role))

    assert not AuditEvent.objects.filter(verb="service.provided").exists()


def test_what_is_asked_for_is_not_counted_as_given(waiting):
    assert waiting.state == State.REQUESTED
    assert waiting.provided_on is None


def test_a_request_is_fulfilled_and_stays_a_request_too(waiting, lead):
    record = fulfil_request(record=waiting, given=given(kind="H"), by=lead)

    assert record.state == State.PROVIDED
    assert (record.requested_on, record.request) == (today(), "Kursi roda")


def test_another_kind_does_not_fulfil_a_request(waiting, lead):
    with pytest.raises(RuleError) as refusal:
        fulfil_request(record=waiting, given=given(kind="F"), by=lead)

    assert refusal.value.rule == "R-CASE-32"


@pytest.mark.parametrize(("declined", "state"), [(True, State.DECLINED), (False, State.CANCELLED)])
def test_a_request_is_dropped_with_its_reason(waiting, lead, declined, state):
    record = drop_request(
        record=waiting, declined=declined, reason="Sudah punya.", on=today(), by=lead
    )

    assert (record.state, record.reason) == (state, "Sudah punya.")
    assert AuditEvent.objects.filter(verb=f"service.{state}").count() == 1


def test_a_request_is_not_dropped_without_a_reason(waiting, lead):
    with pytest.raises(RuleError, match="."):
        drop_request(record=waiting, declined=True, reason=" ", on=today(), by=lead)

    waiting.refresh_from_db()
    assert waiting.state == State.REQUESTED


def test_a_request_is_settled_once(waiting, lead):
    fulfil_request(record=waiting, given=given(kind="H"), by=lead)

    with pytest.raises(RuleError) as refusal:
        drop_request(record=waiting, declined=True, reason="Tidak jadi.", on=today(), by=lead)

    assert refusal.value.rule == "R-CASE-32"


def test_a_colleague_asks_for_nothing_in_a_case_of_others(case, make_user):
    with pytest.raises(PermissionDenied):
        request_service(case=case, kind="H", on=today(), by=make_user())


def test_the_database_refuses_a_given_service_without_a_day(case, lead):
    with pytest.raises(IntegrityError):
        case.services.create(kind="F", state=State.PROVIDED, recorded_by=lead)
