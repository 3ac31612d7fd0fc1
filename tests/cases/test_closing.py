"""R-CASE-45, R-CASE-46, R-CASE-49: the end of a case, and opening it again."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from pulih.access.models import AuditEvent
from pulih.cases.actions.closing import close_case, reopen_case
from pulih.cases.facts import Ending
from pulih.cases.stages import Stage
from pulih.common.clock import today
from pulih.common.errors import RuleError
from pulih.inbox.models import Task


def ending(**values):
    return Ending(
        **{
            "reason": "goals_met",
            "outcome": "restored",
            "evidence": "Tinggal bersama keluarga.",
            "on": today(),
            **values,
        }
    )


@pytest.fixture
def ready(make_case, lead):
    """A case that has all an end needs."""
    case = make_case(lead=lead, stage="resocialisation")
    case.services.create(kind="I", state="provided", provided_on=today(), recorded_by=lead)
    for goal in case.plans.get().goals.all():
        goal.ratings.create(rated_on=today(), level=1, by=lead)
    return case


@pytest.fixture
def ended(make_case, lead):
    return make_case(lead=lead, stage="termination")


def test_the_lead_ends_a_case_that_has_all_it_needs(ready, lead):
    close_case(case=ready, ending=ending(), by=lead)

    ready.refresh_from_db()
    assert ready.stage == Stage.TERMINATION
    assert ready.ended_on == today()


def test_ending_leaves_one_line_in_the_trail_and_in_the_story(ready, lead):
    close_case(case=ready, ending=ending(), by=lead)

    event = AuditEvent.objects.get(verb="case.closed")
    assert (event.actor, event.subject_id) == (lead, str(ready.pk))
    assert ready.events.filter(kind="closed").count() == 1


def test_the_section_head_ends_a_case_too(ready, make_user):
    assert close_case(case=ready, ending=ending(), by=make_user("section_head")).pk


@pytest.mark.parametrize("role", ["social_worker", "head_of_office", "student", "front_desk"])
def test_nobody_else_ends_it(ready, make_user, role):
    with pytest.raises(PermissionDenied):
        close_case(case=ready, ending=ending(), by=make_user(role))


def test_a_case_with_unrated_goals_does_not_end_as_reached(make_case, lead):
    case = make_case(lead=lead, stage="resocialisation")

    with pytest.raises(RuleError, match=".") as refusal:
        close_case(case=case, ending=ending(), by=lead)

    assert refusal.value.rule == "R-CASE-45"
    assert not case.closures.exists()


def test_in_the_first_stages_a_case_ends_only_early(make_case, lead):
    case = make_case(lead=lead, stage="assessment")

    with pytest.raises(RuleError) as refusal:
        close_case(case=case, ending=ending(), by=lead)

    assert refusal.value.rule == "R-CASE-46"


@pytest.mark.parametrize(
    "reason", ["transferred", "refused", "moved", "lost", "died", "no_problem"]
)
def test_a_case_ends_early_from_any_stage(make_case, lead, reason):
    case = make_case(lead=lead, stage="approach")

    close_case(case=case, ending=ending(reason=reason, outcome="unknown"), by=lead)

    case.refresh_from_db()
    assert case.stage == Stage.TERMINATION


def test_an_end_without_evidence_is_refused(ready, lead):
    with pytest.raises(RuleError) as refusal:
        close_case(case=ready, ending=ending(evidence="  "), by=lead)

    assert refusal.value.rule == "R-CASE-45"


@pytest.mark.parametrize("days", [1, -3650])
def test_an_end_out_of_order_is_refused(ready, lead, days):
    with pytest.raises(RuleError):
        close_case(case=ready, ending=ending(on=today() + dt.timedelta(days=days)), by=lead)


def test_a_case_ends_once(ended, lead):
    with pytest.raises(RuleError) as refusal:
        close_case(case=ended, ending=ending(reason="died"), by=lead)

    assert refusal.value.rule == "R-CASE-45"


def test_every_follow_up_that_was_planned_becomes_a_task(ready, lead):
    days = (today() + dt.timedelta(days=30), today() + dt.timedelta(days=90))

    close_case(case=ready, ending=ending(follow_up_on=days), by=lead)

    tasks = Task.objects.unscoped(reason="test").filter(subject_id=ready.pk, kind="follow_up")
    assert {task.due_on for task in tasks} == set(days)
    ready.refresh_from_db()
    assert ready.review_on == days[0]


def test_the_section_head_opens_an_ended_case_again(ended, make_user):
    head = make_user("section_head")

    reopen_case(case=ended, to=Stage.INTERVENTION, reason="Kambuh.", by=head)

    ended.refresh_from_db()
    assert (ended.stage, ended.ended_on) == (Stage.INTERVENTION, None)
    assert AuditEvent.objects.filter(verb="case.reopened").count() == 1


def test_the_earlier_end_stays_on_record(ended, make_user):
    head = make_user("section_head")

    reopen_case(case=ended, to=Stage.ASSESSMENT, reason="Kambuh.", by=head)

    closure = ended.closures.get()
    assert (closure.reopened_by, closure.reopen_reason) == (head, "Kambuh.")


def test_a_reopened_case_ends_again(ended, lead, make_user):
    reopen_case(case=ended, to=Stage.INTERVENTION, reason="Kambuh.", by=make_user("section_head"))

    close_case(case=ended, ending=ending(), by=lead)

    assert ended.closures.count() == 2


def test_the_lead_alone_opens_nothing_again(ended, lead):
    with pytest.raises(PermissionDenied):
        reopen_case(case=ended, to=Stage.ASSESSMENT, reason="Kambuh.", by=lead)


@pytest.mark.parametrize(
    ("to", "reason"), [(Stage.PLANNING, "Kambuh."), (Stage.ASSESSMENT, " ")], ids=str
)
def test_a_wrong_stage_or_no_reason_is_refused(ended, make_user, to, reason):
    with pytest.raises(RuleError) as refusal:
        reopen_case(case=ended, to=to, reason=reason, by=make_user("section_head"))

    assert refusal.value.rule == "R-CASE-49"


def test_a_running_case_is_not_opened_again(ready, make_user):
    with pytest.raises(RuleError) as refusal:
        reopen_case(case=ready, to=Stage.ASSESSMENT, reason="Kambuh.", by=make_user("section_head"))

    assert refusal.value.rule == "R-CASE-49"
