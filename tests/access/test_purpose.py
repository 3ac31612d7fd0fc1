"""R-ACC-183: what a sealed record is opened for is said before anything of it is shown."""

import datetime as dt

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from pulih.access.models import AuditEvent
from pulih.cases.actions.glass import break_glass
from pulih.common.clock import now, today

SAID = {"purpose": "work", "words": ""}


@pytest.fixture(autouse=True)
def _asked(settings):
    settings.PULIH_ASK_PURPOSE = True


@pytest.fixture
def lead(make_user):
    return make_user()


@pytest.fixture
def sealed(make_case, lead):
    return make_case(lead=lead, sealed=True, stage="intervention")


@pytest.fixture
def browser(client, lead):
    client.force_login(lead)
    return client


def page(case):
    return reverse("cases:detail", args=[case.number])


def ask(case):
    return reverse("access:purpose", args=[case.compartment_id])


def test_a_sealed_page_asks_first_and_then_leads_on(browser, sealed):
    asked = browser.get(page(sealed))
    form = browser.get(asked.url)
    answered = browser.post(asked.url, SAID)

    assert asked.status_code == 302
    assert asked.url.startswith(ask(sealed))
    assert sealed.person.own_name not in form.content.decode()
    assert answered.url == page(sealed)
    assert browser.get(page(sealed)).status_code == 200


def test_the_named_team_is_asked_once_in_a_session_and_case(browser, sealed, make_case, lead):
    other = make_case(lead=lead, sealed=True)
    with time_machine.travel(now(), tick=False) as clock:
        browser.post(ask(sealed), SAID)
        browser.post(ask(other), SAID)
        clock.shift(dt.timedelta(minutes=14))

        assert browser.get(page(sealed)).status_code == 200
        assert browser.get(page(other)).status_code == 200
    later = Client()
    later.force_login(lead)
    assert later.get(page(sealed)).status_code == 302


def test_who_broke_the_glass_is_asked_for_every_visit(client, sealed, make_case, make_user):
    reader, other = make_user(), make_case(sealed=True)
    for case in (sealed, other):
        break_glass(number=case.number, reason="Obat harus diketahui malam ini juga", by=reader)
    client.force_login(reader)

    client.post(ask(sealed), {"purpose": "emergency"})
    first = client.get(page(sealed)).status_code
    client.post(ask(other), {"purpose": "emergency"})

    assert first == 200
    assert client.get(page(sealed)).status_code == 302


def test_a_visit_ends_after_a_quarter_of_an_hour(client, sealed, make_user):
    reader = make_user()
    break_glass(number=sealed.number, reason="Obat harus diketahui malam ini juga", by=reader)
    client.force_login(reader)
    with time_machine.travel(now(), tick=False) as clock:
        client.post(ask(sealed), {"purpose": "emergency"})
        clock.shift(dt.timedelta(minutes=14))
        within = client.get(page(sealed)).status_code
        clock.shift(dt.timedelta(minutes=1, seconds=1))

        assert within == 200
        assert client.get(page(sealed)).status_code == 302


def test_what_was_said_stands_in_the_trail_and_with_each_look(browser, sealed, lead):
    browser.post(ask(sealed), {"purpose": "other", "words": "Panggilan saksi"})
    browser.get(page(sealed))

    line = AuditEvent.objects.get(verb="compartment.purpose_said")
    assert (line.actor, line.reason, line.detail) == (lead, "Panggilan saksi", {"purpose": "other"})
    assert AuditEvent.objects.get(verb="case.read").detail["purpose"] == "other"


def test_something_else_needs_words(browser, sealed):
    answer = browser.post(ask(sealed), {"purpose": "other", "words": " "})

    assert answer.status_code == 422
    assert browser.get(page(sealed)).status_code == 302


def test_for_who_is_not_named_the_question_is_absent(client, sealed, make_user):
    client.force_login(make_user())

    assert client.get(ask(sealed)).status_code == 404
    assert client.post(ask(sealed), SAID).status_code == 404
    assert client.get(page(sealed)).status_code == 404


def test_every_page_that_shows_something_sealed_asks(browser, sealed):
    service = sealed.services.create(
        kind="F", state="provided", provided_on=today(), recorded_by=sealed.opened_by
    )
    pages = [
        reverse(name, args=[sealed.number])
        for name in ("cases:documents", "cases:services", "cases:family", "cases:team")
    ]
    pages += [
        reverse("cases:service", args=[service.pk]),
        reverse("people:detail", args=[sealed.person_id]),
    ]

    assert {url for url in pages if browser.get(url).status_code != 302} == set()


def test_a_form_that_is_sent_without_it_is_kept_in_the_browser(browser, sealed):
    answer = browser.post(reverse("cases:note", args=[sealed.number]), {"facts": "x"})

    assert answer.status_code == 403
    assert ask(sealed) in answer.content.decode()
    assert not sealed.notes.exists()


def test_an_open_case_asks_nothing(browser, make_case, lead):
    assert browser.get(page(make_case(lead=lead))).status_code == 200


def test_the_way_on_never_leaves_the_office(browser, sealed):
    answer = browser.post(f"{ask(sealed)}?next=https://lain.example/x", SAID)

    assert answer.url == "/"
