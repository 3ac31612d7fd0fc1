"""R-CASE-39: the page behind the link of a letter, for whoever holds it."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.urls import reverse

from pulih.access.models import AuditEvent
from pulih.cases.actions.referring import draft_referral, send_referral, withdraw_referral
from pulih.cases.facts import Asked
from pulih.cases.links import token_for
from pulih.common.clock import today

YES = {"state": "accepted", "name": "Perawat Contoh", "office": "RSJ Contoh", "note": "Bawa KTP."}


@pytest.fixture
def sent(make_case, lead):
    def make(days_ago=0, **case):
        case = make_case(lead=lead, stage="intervention", **case)
        asked = Asked(
            target="hospital",
            to_name="RSJ Contoh",
            purpose="Perawatan lanjutan",
            told="Riwayat rawat inap.",
            names_client=True,
        )
        draft = draft_referral(case=case, asked=asked, by=lead)
        day = today() - dt.timedelta(days=days_ago)
        return send_referral(referral=draft, on=day, due_on=day + dt.timedelta(days=7), by=lead)

    return make


def link(referral):
    return reverse("cases:answer_by_link", args=[token_for(referral)])


def plain(response):
    return re.sub(r'value="\w{64}"|"X-CSRFToken": "\w{64}"', "", response.text)


def test_the_page_shows_what_the_letter_told_and_nothing_of_the_case(client, sent):
    referral = sent()

    response = client.get(link(referral))

    assert "Perawatan lanjutan" in response.text
    for secret in (referral.case.number, referral.case.person.name, "Riwayat rawat inap."):
        assert secret not in response.text


@pytest.mark.parametrize("kind", ["restricted", "sealed"])
def test_a_letter_of_a_hidden_case_can_be_answered_too(client, sent, kind):
    referral = sent(**{kind: True})

    response = client.post(link(referral), YES, follow=True)

    assert response.status_code == 200
    assert "Perawat Contoh" in response.text


def test_the_link_works_once_and_shows_afterwards_what_was_answered(client, sent):
    referral = sent()
    client.post(link(referral), YES)

    again = client.post(link(referral), {**YES, "state": "refused"})

    referral.refresh_from_db()
    assert referral.state == "accepted"
    assert "Bawa KTP." in again.text


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({**YES, "name": ""}, "name"),
        ({**YES, "office": ""}, "office"),
        ({**YES, "state": "maybe"}, "state"),
        ({**YES, "state": "full"}, "full_until"),
        ({**YES, "state": "full", "full_until": "2020-01-01"}, "full_until"),
    ],
)
def test_an_answer_that_is_not_whole_names_its_field(client, sent, values, field):
    response = client.post(link(sent()), values)

    assert response.status_code == 422
    assert field in response.context["form"].errors


def test_full_until_a_day_is_kept(client, sent):
    referral = sent()
    until = today() + dt.timedelta(days=30)

    client.post(link(referral), {**YES, "state": "full", "full_until": until})

    referral.refresh_from_db()
    assert (referral.state, referral.full_until) == ("full", until)


def test_unknown_withdrawn_and_replaced_links_answer_alike(client, sent, lead):
    withdrawn = sent()
    dead = link(withdrawn)
    withdraw_referral(referral=withdrawn, reason="Tidak perlu.", by=lead)
    unknown = reverse("cases:answer_by_link", args=["0" * 32])
    long = reverse("cases:answer_by_link", args=["x" * 300])

    answers = [client.get(url) for url in (dead, unknown, long)]

    assert {answer.status_code for answer in answers} == {404}
    assert (
        len(
            {
                plain(answer).replace(url, "")
                for answer, url in zip(answers, (dead, unknown, long), strict=True)
            }
        )
        == 1
    )


def test_an_expired_link_says_so_and_takes_nothing(client, sent):
    referral = sent(days_ago=60)

    response = client.post(link(referral), YES)

    referral.refresh_from_db()
    assert response.status_code == 410
    assert referral.state == "sent"


def test_a_forged_form_is_refused(client, sent):
    client.handler.enforce_csrf_checks = True

    assert client.post(link(sent()), YES).status_code == 403


def test_who_holds_the_link_of_a_closed_case_leaves_a_line_without_a_name(client, sent):
    referral = sent(restricted=True)

    client.get(link(referral))

    lines = AuditEvent.objects.filter(verb__in=["case.read", "case.listed"], actor=None)
    assert [line.subject_id for line in lines] == [str(referral.case_id)]
