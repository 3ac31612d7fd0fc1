"""R-CASE-35, R-CASE-42 to R-CASE-44: goal ratings, conferences and notes."""

from __future__ import annotations

import datetime as dt
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.urls import reverse

from pulih.access.models import AuditEvent
from pulih.cases.actions.conferring import record_conference
from pulih.cases.actions.noting import write_note
from pulih.cases.actions.rating import rate_goals
from pulih.cases.facts import Level
from pulih.cases.queries.delivery import baseline_score, goals_of, scores_over_time
from pulih.common.clock import today
from pulih.common.errors import RuleError

MINUTES = {"present": "Tim dan keluarga", "minutes": "Dibahas.", "decisions": "Lanjut."}


@pytest.fixture
def goal(case):
    return case.plans.get().goals.get()


def test_a_rating_is_kept_with_its_day_and_its_score(case, goal, lead):
    rate_goals(case=case, levels={goal.pk: Level(2, "Menetap")}, on=today(), by=lead)

    assert goal.ratings.get().level == 2
    assert case.events.get(kind="goals_rated").detail["score"] == "70.0"


def test_rating_leaves_one_line_in_the_trail(case, goal, lead):
    rate_goals(case=case, levels={goal.pk: Level(0)}, on=today(), by=lead)

    assert AuditEvent.objects.filter(verb="goals.rated").count() == 1


@pytest.mark.parametrize("level", [-3, 3])
def test_a_level_off_the_scale_is_refused(case, goal, lead, level):
    with pytest.raises(RuleError) as refusal:
        rate_goals(case=case, levels={goal.pk: Level(level)}, on=today(), by=lead)

    assert refusal.value.rule == "R-CASE-35"


def test_only_goals_of_the_approved_plan_are_rated(case, lead):
    for levels in ({}, {uuid4(): Level(0)}):
        with pytest.raises(RuleError) as refusal:
            rate_goals(case=case, levels=levels, on=today(), by=lead)

        assert refusal.value.rule == "R-CASE-35"


def test_a_colleague_rates_nothing(case, goal, make_user):
    with pytest.raises(PermissionDenied):
        rate_goals(case=case, levels={goal.pk: Level(0)}, on=today(), by=make_user())


def test_the_database_refuses_a_level_off_the_scale(goal, lead):
    with pytest.raises(IntegrityError):
        goal.ratings.create(rated_on=today(), level=5, by=lead)


def test_the_score_is_shown_over_time_from_the_baseline(case, goal, lead):
    week_ago = today() - dt.timedelta(days=7)
    rate_goals(case=case, levels={goal.pk: Level(0)}, on=week_ago, by=lead)
    rate_goals(case=case, levels={goal.pk: Level(1)}, on=today(), by=lead)

    goals = goals_of(case)

    assert baseline_score(goals) == pytest.approx(40)
    assert [point.score for point in scores_over_time(goals)] == pytest.approx([50, 60])


def test_the_page_shows_the_anchors_and_keeps_the_rating(client, case, goal, lead):
    client.force_login(lead)
    url = reverse("cases:rate", args=[case.number])

    shown = client.get(url)
    sent = client.post(url, {"on": today(), f"level_{goal.pk}": "1"})

    assert "Rumah singgah" in shown.text
    assert sent.status_code == 302
    assert goal.ratings.get().level == 1


def test_the_page_asks_for_a_rating(client, case, lead):
    client.force_login(lead)

    response = client.post(reverse("cases:rate", args=[case.number]), {"on": today()})

    assert response.status_code == 422


def test_a_conference_is_kept_with_its_decisions(case, lead):
    record_conference(case=case, on=today(), **MINUTES, by=lead)

    assert case.conferences.get().decisions == "Lanjut."
    assert AuditEvent.objects.filter(verb="conference.recorded").count() == 1


@pytest.mark.parametrize("missing", MINUTES)
def test_a_conference_without_a_part_is_refused(case, lead, missing):
    with pytest.raises(RuleError) as refusal:
        record_conference(case=case, on=today(), **{**MINUTES, missing: " "}, by=lead)

    assert refusal.value.rule == "R-CASE-42"


def test_a_colleague_records_no_conference(case, make_user):
    with pytest.raises(PermissionDenied):
        record_conference(case=case, on=today(), **MINUTES, by=make_user())


def test_a_note_leaves_one_line_in_the_trail(case, lead):
    write_note(case=case, on=today(), shared="Sehat.", by=lead)

    assert AuditEvent.objects.filter(verb="note.written").count() == 1


def test_an_empty_note_is_refused(case, lead):
    with pytest.raises(RuleError) as refusal:
        write_note(case=case, on=today(), by=lead)

    assert refusal.value.rule == "R-CASE-43"


def test_the_private_part_is_shown_to_the_team_alone(client, case, lead, make_user):
    write_note(case=case, on=today(), shared="Untuk semua.", private="Untuk tim.", by=lead)
    url = reverse("cases:detail", args=[case.number])

    client.force_login(lead)
    seen_by_lead = client.get(url).text
    client.force_login(make_user("section_head"))
    seen_by_head = client.get(url).text

    assert "Untuk tim." in seen_by_lead
    assert "Untuk tim." not in seen_by_head
    assert "Untuk semua." in seen_by_head


def test_who_is_not_on_the_team_writes_no_private_part(case, make_user):
    with pytest.raises(PermissionDenied):
        write_note(case=case, on=today(), private="Rahasia.", by=make_user("section_head"))
