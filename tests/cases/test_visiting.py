"""R-CASE-61: the note of a visit, before and after the end of a case."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from pulih.access.models import AuditEvent
from pulih.cases.actions.serving import provide_service
from pulih.cases.actions.visiting import record_visit
from pulih.cases.facts import Given, VisitNote
from pulih.cases.models import FollowUp
from pulih.common.clock import today
from pulih.common.errors import RuleError
from pulih.inbox.models import Task

SEEN = {"met": "client", "condition": "better"}


def note(**values):
    return VisitNote(**{"on": today(), "details": SEEN, **values})


def tasks(kind):
    return Task.objects.unscoped(reason="test").filter(kind=kind, done_at=None)


@pytest.fixture
def ended(make_case, lead):
    return make_case(lead=lead, stage="termination")


def test_a_visit_to_a_running_case_is_a_service_of_kind_j(case, lead):
    record_visit(case=case, note=note(place="Rumah"), by=lead)

    record = case.services.get(kind="J")
    assert (record.details, record.place) == ({"met": "client", "condition": "better"}, "Rumah")
    assert AuditEvent.objects.filter(verb="service.provided").count() == 1


def test_the_next_visit_becomes_a_task_of_the_lead(case, lead):
    later = today() + dt.timedelta(days=14)

    record_visit(case=case, note=note(next_on=later), by=lead)

    task = tasks("visit").get()
    assert (task.owner, task.due_on) == (lead, later)
    assert case.services.get(kind="J").details["next_on"] == later.isoformat()


def test_a_visit_ends_the_task_that_was_due(case, lead):
    earlier = today() - dt.timedelta(days=3)
    record_visit(case=case, note=note(on=earlier, next_on=today()), by=lead)

    record_visit(case=case, note=note(), by=lead)

    assert not tasks("visit").exists()


def test_a_colleague_who_visits_leaves_the_visits_to_come(make_case, make_user, lead):
    helper = make_user()
    case = make_case(lead=lead, team=[helper], stage="intervention")
    later = today() + dt.timedelta(days=14)
    for day, next_on in ((-3, today()), (-2, later)):
        record_visit(
            case=case, note=note(on=today() + dt.timedelta(days=day), next_on=next_on), by=lead
        )

    record_visit(case=case, note=note(), by=helper)

    assert [task.due_on for task in tasks("visit")] == [later]


@pytest.mark.parametrize("days", [0, -1])
def test_the_next_visit_comes_after_this_one(case, lead, days):
    with pytest.raises(RuleError) as refusal:
        record_visit(case=case, note=note(next_on=today() + dt.timedelta(days=days)), by=lead)

    assert refusal.value.rule == "R-CASE-61"


def test_danger_told_with_a_service_asks_as_well(case, lead):
    given = Given("J", today(), details={**SEEN, "danger": "yes"}, hours=Decimal(1))

    provide_service(case=case, given=given, by=lead)

    assert tasks("safety_check").count() == 2


def test_danger_asks_the_lead_and_the_section_head_at_once(case, lead):
    record_visit(case=case, note=note(details={**SEEN, "danger": "yes"}), by=lead)

    assert {task.queue_role for task in tasks("safety_check")} == {"", "section_head"}


@pytest.mark.parametrize(
    ("seen", "condition"),
    [
        ({"condition": "better"}, FollowUp.Condition.BETTER),
        ({"condition": "same"}, FollowUp.Condition.KEPT),
        ({"condition": "worse"}, FollowUp.Condition.WORSE),
        ({"condition": "unknown"}, FollowUp.Condition.NOT_FOUND),
        ({"condition": "same", "met": "nobody"}, FollowUp.Condition.NOT_FOUND),
    ],
)
def test_after_the_end_a_visit_is_a_follow_up(ended, lead, seen, condition):
    record_visit(case=ended, note=note(details={**SEEN, **seen}), by=lead)

    follow_up = ended.follow_ups.get()
    assert (follow_up.mode, follow_up.condition) == (FollowUp.Mode.VISIT, condition)
    assert follow_up.findings


def test_after_the_end_a_visit_counts_as_a_service_with_its_form(ended, lead):
    details = {**SEEN, "found": "Rumah bersih."}

    record_visit(case=ended, note=note(details=details), by=lead)

    assert ended.services.get(kind="J").details["found"] == "Rumah bersih."
    assert ended.follow_ups.get().findings == "Rumah bersih."


def test_a_visit_that_says_nothing_is_refused(case, lead):
    with pytest.raises(RuleError) as refusal:
        record_visit(case=case, note=note(details={"met": "client"}), by=lead)

    assert refusal.value.rule == "R-CASE-60"


def test_who_does_not_work_on_the_case_writes_no_visit(case, make_user):
    with pytest.raises(PermissionDenied):
        record_visit(case=case, note=note(), by=make_user())


def test_the_page_needs_two_answers_and_counts_the_days(client, case, lead):
    client.force_login(lead)
    address = reverse("cases:visit", args=[case.number])

    refused = client.post(address, {"on": today(), "hours": "1"})
    kept = client.post(
        address,
        {"on": today(), "hours": "1", "d-met": "family", "d-condition": "same", "next_in": "14"},
    )

    assert refused.status_code == 422
    assert kept.status_code == 302
    assert tasks("visit").get().due_on == today() + dt.timedelta(days=14)


@pytest.mark.parametrize("role", ["front_desk", "administrator", "student"])
def test_the_page_is_for_who_works_with_cases(client, make_user, case, role):
    client.force_login(make_user(role))

    assert client.get(reverse("cases:visit", args=[case.number])).status_code == 403
