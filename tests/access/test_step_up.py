"""Before grave work Pulih asks once more who sits there."""

import pytest
import time_machine
from django.core.cache import cache
from django.urls import reverse

from pulih.access.models import AuditEvent, User
from pulih.access.policy import STEP_UP, Action

PASSWORD = "kopi hitam di teras sore"
NOW = 1_790_000_000


@pytest.fixture(autouse=True)
def _asked(settings):
    cache.clear()
    settings.PULIH_STEP_UP = True


@pytest.fixture
def admin(client, make_user):
    """An administrator who logged in now."""
    user = make_user("administrator", username="admin", password=PASSWORD)
    with time_machine.travel(NOW, tick=False):
        client.post(reverse("login"), {"login": "admin", "password": PASSWORD})
        client.get(reverse("access:users"))
    return user


def alive(client, minutes):
    """Keep the session alive until some minutes later."""
    for minute in range(5, minutes, 5):
        with time_machine.travel(NOW + minute * 60, tick=False):
            client.get(reverse("access:users"))


def test_a_login_of_a_moment_ago_is_proof(client, admin):
    with time_machine.travel(NOW + 9 * 60, tick=False):
        assert client.get(reverse("access:add_user")).status_code == 200


def test_after_ten_minutes_the_page_asks_and_then_opens(client, admin):
    with time_machine.travel(NOW + 11 * 60, tick=False):
        asked = client.get(reverse("access:add_user"))
        proof = client.post(asked.url, {"password": PASSWORD, "next": reverse("access:add_user")})
        opened = client.get(reverse("access:add_user"))

    assert asked.url.startswith(reverse("account_reauthenticate"))
    assert proof.url == reverse("access:add_user")
    assert opened.status_code == 200
    assert AuditEvent.objects.filter(verb="identity.proven", actor=admin).count() == 1


def test_a_wrong_password_proves_nothing(client, admin):
    with time_machine.travel(NOW + 11 * 60, tick=False):
        client.post(reverse("account_reauthenticate"), {"password": "salah"})
        assert client.get(reverse("access:add_user")).status_code == 302


def test_a_form_that_stood_open_for_long_changes_nothing_and_says_what_to_do(client, admin):
    alive(client, 25)
    with time_machine.travel(NOW + 25 * 60, tick=False):
        answer = client.post(
            reverse("access:add_user"), {"full_name": "Budi Baru", "username": "budi-baru"}
        )

    assert answer.status_code == 403
    assert "belum ada yang berubah" in answer.content.decode().lower()
    assert not User.objects.filter(username="budi-baru").exists()


def test_a_form_has_ten_minutes_more_than_the_page(client, admin):
    alive(client, 15)
    with time_machine.travel(NOW + 19 * 60, tick=False):
        answer = client.post(
            reverse("access:add_user"), {"full_name": "Budi Baru", "username": "budi-baru"}
        )

    assert answer.status_code != 403
    assert User.objects.filter(username="budi-baru").exists()


def test_lists_are_read_without(client, admin):
    with time_machine.travel(NOW + 14 * 60, tick=False):
        assert client.get(reverse("access:users")).status_code == 200


def test_user_work_and_destruction_ask():
    assert {Action.USER_CHANGE, Action.DESTRUCTION_DECIDE} <= STEP_UP
