"""R-CASE-38: the pages of the section that was asked."""

from __future__ import annotations

import datetime as dt
from uuid import uuid4

import pytest
from django.urls import reverse

from pulih.access.models import Section
from pulih.cases.actions.referring import draft_referral, send_referral
from pulih.cases.facts import Asked
from pulih.cases.models import Case
from pulih.common.clock import today


@pytest.fixture
def protection(office):
    return office.sections.get(kind=Section.Kind.PROTECTION)


@pytest.fixture
def head(make_user, protection):
    return make_user("section_head", section=protection)


@pytest.fixture
def referral(make_case, lead, protection):
    case = make_case(lead=lead, stage="intervention")
    asked = Asked("section", "Pendampingan hukum", to_section=protection, names_client=True)
    draft = draft_referral(case=case, asked=asked, by=lead)
    due = today() + dt.timedelta(days=7)
    return send_referral(referral=draft, on=today(), due_on=due, by=lead)


def test_the_head_finds_what_was_asked_of_the_section(client, head, referral):
    client.force_login(head)

    response = client.get(reverse("cases:incoming"))

    assert referral.number in response.text
    assert reverse("cases:answer", args=[referral.pk]) in response.text


def test_another_head_finds_nothing(client, make_user, referral):
    client.force_login(make_user("section_head"))

    assert referral.number not in client.get(reverse("cases:incoming")).text


@pytest.mark.parametrize("role", ["social_worker", "front_desk", "student"])
def test_who_heads_no_section_gets_403(client, make_user, role):
    client.force_login(make_user(role))

    assert client.get(reverse("cases:incoming")).status_code == 403


def test_the_head_answers_and_opens_a_case(client, head, referral, protection):
    client.force_login(head)

    client.post(reverse("cases:answer", args=[referral.pk]), {"state": "accepted"})
    opened = client.post(
        reverse("cases:open_from_referral", args=[referral.pk]),
        {"problem": "Pendampingan hukum", "lead": str(head.pk)},
        follow=True,
    )

    made = Case.objects.unscoped(reason="test").get(section=protection)
    assert made.came_from == referral
    assert referral.number in opened.text


def test_an_answer_that_is_not_whole_names_its_field(client, head, referral):
    client.force_login(head)

    response = client.post(reverse("cases:answer", args=[referral.pk]), {"state": "full"})

    assert response.status_code == 422
    assert "full_until" in response.context["form"].errors


def test_a_case_is_not_opened_before_the_answer(client, head, referral):
    client.force_login(head)

    response = client.post(
        reverse("cases:open_from_referral", args=[referral.pk]), {"problem": "Pendampingan"}
    )

    assert response.status_code == 422
    assert response.context["form"].non_field_errors()


@pytest.mark.parametrize("page", ["answer", "open_from_referral"])
def test_the_asking_team_does_not_answer_itself(client, lead, referral, page):
    client.force_login(lead)

    assert client.get(reverse(f"cases:{page}", args=[referral.pk])).status_code == 403


@pytest.mark.parametrize("page", ["answer", "open_from_referral"])
def test_an_absent_referral_answers_404(client, head, page):
    client.force_login(head)

    assert client.get(reverse(f"cases:{page}", args=[uuid4()])).status_code == 404
