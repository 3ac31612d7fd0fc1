"""The way in: name and password, limits that lock nobody out, uniform answers, the trail."""

import threading

import pytest
from django.contrib.auth.hashers import make_password
from django.core.cache import cache
from django.urls import reverse

from pulih.access import backend
from pulih.access.models import AuditEvent
from pulih.config.server import Address

PASSWORD = "kopi hitam di teras sore"


@pytest.fixture(autouse=True)
def _no_attempts_yet():
    cache.clear()


@pytest.fixture
def user(make_user):
    """Somebody with a password."""
    return make_user(username="siti", password=PASSWORD)


def log_in(client, name="siti", password=PASSWORD, **extra):
    return client.post(reverse("login"), {"login": name, "password": password}, **extra)


def plain(answer):
    """The page without what differs at every answer."""
    import re

    text = answer.content.decode()
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", text)


def test_name_and_password_open_the_day_and_leave_a_line(client, user):
    answer = log_in(client)

    assert answer.status_code == 302
    assert answer.url == reverse("day")
    event = AuditEvent.objects.get(verb="login.succeeded")
    assert event.actor == user
    assert event.detail["address"] == "127.0.0.1"


def test_the_page_that_was_asked_for_opens_after_the_login(client, user):
    answer = client.post(
        reverse("login"),
        {"login": "siti", "password": PASSWORD, "next": reverse("access:profile")},
    )

    assert answer.url == reverse("access:profile")


def test_another_site_is_no_next_page(client, user):
    answer = client.post(
        reverse("login"), {"login": "siti", "password": PASSWORD, "next": "https://evil.example/"}
    )

    assert answer.url == reverse("day")


def test_a_wrong_password_an_unknown_name_and_a_closed_account_answer_the_same(client, user):
    user.username = "lama"
    user.is_active = False
    user.save()
    wrong = plain(log_in(client, "lama", "salah sekali lagi"))
    closed = plain(log_in(client, "lama", PASSWORD))
    unknown = plain(log_in(client, "lama", "apa saja boleh"))
    user.delete()
    gone = plain(log_in(client, "lama", PASSWORD))

    assert wrong == closed == unknown == gone


def test_a_failure_is_told_of_a_known_account_and_never_what_was_typed(client, user):
    log_in(client, "siti", "salah")
    log_in(client, "rahasia-saya-123", "salah")

    [event] = AuditEvent.objects.filter(verb="login.failed")
    assert event.subject_id == str(user.pk)
    assert event.actor is None
    assert "salah" not in str(event.detail)


def test_the_sixth_attempt_from_one_address_is_refused_before_hashing(client, user, monkeypatch):
    for _number in range(5):
        log_in(client, password="salah")
    hashed = []
    monkeypatch.setattr(
        "django.contrib.auth.base_user.check_password", lambda *a, **k: hashed.append(1)
    )

    answer = log_in(client)

    assert "lima menit" in answer.content.decode()
    assert hashed == []


def test_a_stranger_locks_nobody_out(client, user):
    for _number in range(8):
        log_in(client, password="salah", REMOTE_ADDR="203.0.113.9")

    assert log_in(client, REMOTE_ADDR="198.51.100.7").status_code == 302


def test_an_address_that_a_stranger_writes_into_a_header_is_not_believed(client, user):
    for number in range(6):
        log_in(client, password="salah", HTTP_X_FORWARDED_FOR=f"198.51.100.{number}")

    answer = log_in(client, HTTP_X_FORWARDED_FOR="198.51.100.99")

    assert "lima menit" in answer.content.decode()


def test_nobody_signs_up(client):
    assert client.get(reverse("account_signup")).status_code == 404
    assert client.post(reverse("account_signup"), {"username": "x"}).status_code == 404


def test_a_logout_is_no_link(client, user):
    log_in(client)

    assert client.get(reverse("logout")).status_code == 405
    assert client.post(reverse("logout")).status_code == 302
    assert AuditEvent.objects.filter(verb="login.ended").count() == 1


def test_the_session_has_another_key_after_the_login(client, user):
    client.get(reverse("login"))
    before = client.session.session_key
    log_in(client)

    assert client.session.session_key != before


def test_argon2_comes_first():
    from pulih.config.settings import base

    assert base.PASSWORD_HASHERS[0].endswith("Argon2PasswordHasher")
    assert make_password("x").startswith("md5")  # the tests' own, for speed


def test_logins_that_succeed_are_not_counted(client, user):
    for _number in range(12):
        answer = log_in(client)
        assert answer.status_code == 302
        assert answer.url == reverse("day")
        client.post(reverse("logout"))


def test_a_whole_office_behind_one_address_logs_in_at_eight(client, user):
    answers = {log_in(client, password="salah", REMOTE_ADDR="203.0.113.9").status_code}
    for _number in range(120):
        answers.add(log_in(client).status_code)
        client.post(reverse("logout"))

    assert answers == {200, 302}


def test_a_flood_from_one_address_is_told_to_wait_in_words(client, user, settings):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "login": "2/m/ip"}

    answers = [log_in(client, password="salah") for _number in range(3)]

    assert answers[2].status_code == 429
    assert "Tunggu semenit" in answers[2].content.decode()


def test_when_too_many_wait_for_a_hash_the_next_is_put_off_at_once(client, user, monkeypatch):
    monkeypatch.setattr(backend, "_queue", threading.BoundedSemaphore(1))
    backend._queue.acquire()

    answer = log_in(client)

    assert answer.status_code == 429
    backend._queue.release()
    assert log_in(client).status_code == 302


def test_waiting_logins_never_hold_all_threads_of_the_server():
    command = Address().server_command()
    threads = int(command[command.index("--blocking-threads") + 1])

    assert threads // 2 >= backend.AT_ONCE + backend.WAITING
