"""Sessions end when nobody uses them, at the end of the day, and when their owner says so."""

import pytest
import time_machine
from allauth.usersessions.models import UserSession
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from pulih.access.models import AuditEvent
from pulih.access.sitting import SEEN

PASSWORD = "kopi hitam di teras sore"
NOW = 1_790_000_000


@pytest.fixture(autouse=True)
def _no_attempts_yet():
    cache.clear()


@pytest.fixture
def user(make_user):
    """Somebody with a password."""
    return make_user(username="siti", password=PASSWORD)


def log_in(client):
    return client.post(reverse("login"), {"login": "siti", "password": PASSWORD})


def test_fifteen_minutes_without_use_end_a_session_and_say_why(client, user):
    with time_machine.travel(NOW, tick=False):
        log_in(client)
        client.get(reverse("day"))
    with time_machine.travel(NOW + 15 * 60 - 1, tick=False):
        assert client.get(reverse("day")).status_code == 200
    with time_machine.travel(NOW + 31 * 60, tick=False):
        answer = client.get(reverse("day"), follow=True)

    assert answer.redirect_chain
    assert "berakhir" in answer.content.decode()


def test_a_session_lasts_eight_hours_at_most(client, user):
    with time_machine.travel(NOW, tick=False):
        log_in(client)
    for step in range(1, 48):
        with time_machine.travel(NOW + step * 10 * 60, tick=False):
            assert client.get(reverse("day")).status_code == 200
    with time_machine.travel(NOW + 8 * 60 * 60 + 1, tick=False):
        assert client.get(reverse("day")).status_code == 302


def test_what_a_page_asks_by_itself_keeps_nothing_alive(client, user):
    with time_machine.travel(NOW, tick=False):
        log_in(client)
        client.get(reverse("day"))
    for minute in range(2, 16):
        with time_machine.travel(NOW + minute * 60, tick=False):
            client.get(reverse("day"), headers={"X-Poll": "1"})
    with time_machine.travel(NOW + 15 * 60 + 1, tick=False):
        assert client.get(reverse("day")).status_code == 302


def test_a_session_is_written_at_most_once_a_minute(client, user):
    with time_machine.travel(NOW, tick=False):
        log_in(client)
        client.get(reverse("day"))
    with time_machine.travel(NOW + 59, tick=False):
        client.get(reverse("day"))
        assert client.session[SEEN] == NOW
    with time_machine.travel(NOW + 60, tick=False):
        client.get(reverse("day"))
        assert client.session[SEEN] == NOW + 60


def test_an_htmx_request_of_an_ended_session_reloads_the_page(client, user):
    with time_machine.travel(NOW, tick=False):
        log_in(client)
        client.get(reverse("day"))
    with time_machine.travel(NOW + 31 * 60, tick=False):
        answer = client.get(reverse("day"), headers={"HX-Request": "true"})

    assert answer.status_code == 401
    assert answer["HX-Refresh"] == "true"


def test_one_sees_where_one_is_logged_in_and_ends_the_others(client, user, make_user):
    elsewhere = Client(headers={"user-agent": "Laptop lama"})
    log_in(client)
    log_in(elsewhere)

    page = client.get(reverse("usersessions_list")).content.decode()
    client.post(reverse("end_sessions"))

    assert "Laptop lama" in page
    assert elsewhere.get(reverse("day")).status_code == 302
    assert client.get(reverse("day")).status_code == 200
    assert AuditEvent.objects.filter(verb="login.ended").count() == 1


def test_nobody_ends_the_session_of_somebody_else(client, user, make_user):
    other = make_user(username="budi", password=PASSWORD)
    elsewhere = Client()
    elsewhere.post(reverse("login"), {"login": "budi", "password": PASSWORD})
    row = UserSession.objects.get(user=other)
    log_in(client)

    client.post(reverse("end_sessions"), {"sesi": str(row.pk)})

    assert elsewhere.get(reverse("day")).status_code == 200
