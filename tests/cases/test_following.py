"""R-CASE-47, R-CASE-48: follow-up after the end of a case."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from pulih.access.models import AuditEvent
from pulih.cases.actions.closing import close_case
from pulih.cases.actions.following import record_follow_up
from pulih.cases.facts import Ending, Visit
from pulih.cases.stages import Stage
from pulih.common.clock import today
from pulih.common.errors import RuleError
from pulih.inbox.models import Task


def visit(**values):
    return Visit(
        **{
            "on": today(),
            "mode": "visit",
            "condition": "kept",
            "findings": "Masih di rumah keluarga.",
            **values,
        }
    )


@pytest.fixture
def ended(make_case, lead):
    return make_case(lead=lead, stage="termination")


def test_the_first_follow_up_moves_the_case_to_its_last_stage(ended, lead):
    record_follow_up(case=ended, visit=visit(), by=lead)

    ended.refresh_from_db()
    assert ended.stage == Stage.FOLLOW_UP
    assert ended.ended_on == today()


def test_a_follow_up_leaves_one_line_in_the_trail_and_in_the_story(ended, lead):
    record_follow_up(case=ended, visit=visit(), by=lead)

    assert AuditEvent.objects.filter(verb="follow_up.recorded").count() == 1
    assert ended.events.filter(kind="followed_up").count() == 1


def test_a_second_follow_up_stays_in_the_stage(make_case, lead):
    case = make_case(lead=lead, stage="follow_up")

    record_follow_up(case=case, visit=visit(), by=lead)

    assert case.follow_ups.count() == 2


def test_hours_count_as_follow_up_guidance(ended, lead):
    before = ended.services.filter(kind="J").count()

    record_follow_up(case=ended, visit=visit(hours=Decimal(1)), by=lead)

    assert ended.services.filter(kind="J").count() == before + 1


def test_what_a_follow_up_says_is_not_typed_twice(ended, lead):
    record_follow_up(case=ended, visit=visit(hours=Decimal(1)), by=lead)

    assert ended.services.get(kind="J").details == {
        "condition": "same",
        "found": "Masih di rumah keluarga.",
    }


def test_nobody_found_counts_as_no_service(ended, lead):
    record_follow_up(case=ended, visit=visit(hours=Decimal(1), condition="not_found"), by=lead)

    assert not ended.services.filter(kind="J").exists()


def test_worse_asks_the_section_head_whether_to_open_it_again(ended, lead):
    record_follow_up(case=ended, visit=visit(condition="worse"), by=lead)

    task = Task.objects.unscoped(reason="test").get(subject_id=ended.pk, kind="reopen_case")
    assert task.queue_role == "section_head"


def test_a_follow_up_completes_the_task_that_was_due_and_opens_the_next(make_case, lead):
    case = make_case(lead=lead, stage="approach")
    long_ago = today() - dt.timedelta(days=20)
    end = Ending("died", "unknown", "Surat kematian.", long_ago, (today(),))
    close_case(case=case, ending=end, by=lead)

    record_follow_up(case=case, visit=visit(next_on=today() + dt.timedelta(days=30)), by=lead)

    tasks = Task.objects.unscoped(reason="test").filter(subject_id=case.pk, kind="follow_up")
    assert [task.due_on for task in tasks.filter(done_at=None)] == [today() + dt.timedelta(days=30)]
    assert tasks.get(ending="done").due_on == today()


def test_a_colleague_who_follows_up_leaves_the_follow_ups_to_come(make_case, make_user, lead):
    helper = make_user()
    case = make_case(lead=lead, team=[helper], stage="approach")
    long_ago, later = today() - dt.timedelta(days=20), today() + dt.timedelta(days=60)
    end = Ending("died", "unknown", "Surat kematian.", long_ago, (today(), later))
    close_case(case=case, ending=end, by=lead)

    record_follow_up(case=case, visit=visit(), by=helper)

    tasks = Task.objects.unscoped(reason="test").filter(subject_id=case.pk, kind="follow_up")
    assert tasks.get(done_at=None).due_on == later


def test_a_running_case_takes_no_follow_up(make_case, lead):
    with pytest.raises(RuleError) as refusal:
        record_follow_up(case=make_case(lead=lead, stage="intervention"), visit=visit(), by=lead)

    assert refusal.value.rule == "R-CASE-47"


@pytest.mark.parametrize(
    "fact",
    [
        {"findings": " "},
        {"on": dt.date(2020, 1, 1)},
        {"next_on": dt.date(2020, 1, 1)},
    ],
    ids=["nothing found", "before the end", "next in the past"],
)
def test_facts_that_cannot_be_are_refused(ended, lead, fact):
    with pytest.raises(RuleError) as refusal:
        record_follow_up(case=ended, visit=visit(**fact), by=lead)

    assert refusal.value.rule == "R-CASE-47"


def test_a_colleague_follows_up_no_case_of_others(ended, make_user):
    with pytest.raises(PermissionDenied):
        record_follow_up(case=ended, visit=visit(), by=make_user())


def test_the_page_asks_whether_to_open_it_again_when_it_is_worse(client, ended, lead):
    client.force_login(lead)

    response = client.post(
        reverse("cases:follow_up", args=[ended.number]),
        {"on": today(), "mode": "visit", "condition": "worse", "findings": "Kambuh."},
        follow=True,
    )

    assert response.context["is_worse"]


def test_the_page_names_the_field_that_is_missing(client, ended, lead):
    client.force_login(lead)

    response = client.post(reverse("cases:follow_up", args=[ended.number]), {"mode": "visit"})

    assert response.status_code == 422
    assert response.context["form"].errors.keys() == {"on", "condition", "findings"}
