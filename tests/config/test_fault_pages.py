"""What a person reads when the ground gave way (R-CONF-30)."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
import time_machine
from django.db import OperationalError, connection
from django.test import RequestFactory
from django.urls import reverse

from pulih.common.clock import now
from pulih.common.faults import Fault
from pulih.config import fault_pages
from pulih.inbox.actions import When, open_task
from pulih.inbox.models import Subject, Task

AUDIT = 'INSERT INTO "access_auditevent"'
NOTHING = "Tidak ada dari langkah ini yang tersimpan"
SAVED = "Langkahnya sendiri sudah tersimpan"
UNSURE = "Belum pasti apakah langkah ini tersimpan"


def error(code: int) -> OperationalError:
    """An error of SQLite as Django hands it on."""
    cause = sqlite3.OperationalError("database or disk is full")
    cause.sqlite_errorcode = code
    made = OperationalError("database or disk is full")
    made.__cause__ = cause
    return made


@pytest.fixture
def fail_at() -> Iterator[Callable[[str, Exception], None]]:
    """Makes every statement that begins with a text fail with an error."""
    with ExitStack() as stack:

        def arrange(beginning: str, failure: Exception) -> None:
            def fail(execute, sql, params, many, context):
                if sql.startswith(beginning):
                    raise failure
                return execute(sql, params, many, context)

            stack.enter_context(connection.execute_wrapper(fail))

        yield arrange


@pytest.fixture
def task(client, make_user) -> Task:
    """An open task of the one who is logged in; the client answers as a server does."""
    owner = make_user()
    client.force_login(owner)
    client.raise_request_exception = False
    return open_task(
        kind="follow_up",
        title="Menelepon",
        about=Subject(office=owner.office),
        to=owner,
        when=When(),
        by=None,
    )


def complete(client, task, **headers):
    return client.post(reverse("inbox:quick_done", args=[task.pk]), headers=headers)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("code", "words"),
    [
        (sqlite3.SQLITE_FULL, "Disk server penuh"),
        (sqlite3.SQLITE_BUSY, "Terlalu banyak yang ditulis"),
        (sqlite3.SQLITE_CANTOPEN, "Basis data tidak dapat dihubungi"),
        (sqlite3.SQLITE_IOERR, "Server tidak dapat menulis"),
    ],
)
def test_what_gave_way_is_told_in_words_and_with_503(client, task, fail_at, code, words):
    fail_at(AUDIT, error(code))

    answer = complete(client, task)

    assert (answer.status_code, answer["Cache-Control"]) == (503, "no-store")
    assert int(answer["Retry-After"]) > 0
    assert words in answer.text
    assert "Traceback" not in answer.text
    assert "disk is full" not in answer.text


@pytest.mark.django_db
def test_a_step_whose_trail_cannot_be_written_is_not_kept_and_the_page_says_so(
    client, task, fail_at
):
    fail_at(AUDIT, error(sqlite3.SQLITE_FULL))

    answer = complete(client, task)

    assert NOTHING in answer.text
    assert Task.objects.unscoped(reason="the test looks").get().ending == ""


@pytest.mark.django_db
def test_after_a_lost_connection_nobody_claims_that_nothing_was_saved(client, task, fail_at):
    fail_at(AUDIT, error(sqlite3.SQLITE_IOERR))

    assert UNSURE in complete(client, task).text


@pytest.mark.django_db(transaction=True)
def test_a_step_that_was_kept_before_its_session_failed_is_told_as_kept(client, task, fail_at):
    fail_at('UPDATE "django_session"', error(sqlite3.SQLITE_FULL))

    with time_machine.travel(now() + dt.timedelta(minutes=5), tick=False):
        answer = complete(client, task)

    assert (answer.status_code, SAVED in answer.text) == (503, True)
    assert Task.objects.unscoped(reason="the test looks").get().ending == "done"


@pytest.mark.django_db
def test_a_page_that_only_reads_speaks_of_no_step(client, task, fail_at):
    fail_at("SELECT", error(sqlite3.SQLITE_CANTOPEN))

    answer = client.get(reverse("inbox:list"))

    assert answer.status_code == 503
    assert "langkah" not in answer.text.lower()


@pytest.mark.django_db
def test_a_part_of_a_page_gets_a_notice_in_its_place(client, task, fail_at):
    fail_at(AUDIT, error(sqlite3.SQLITE_FULL))

    answer = complete(client, task, **{"HX-Request": "true"})

    assert answer.status_code == 503
    assert (answer["HX-Retarget"], answer["HX-Reswap"]) == ("#notices", "innerHTML")
    assert answer.text.startswith('<div class="notice notice-bad" role="alert">')


@pytest.mark.django_db
def test_an_error_of_our_own_stays_a_500(client, task, fail_at):
    fail_at(AUDIT, ValueError("a slip"))

    assert complete(client, task).status_code == 500


def test_the_page_asks_nothing_of_the_database():
    # Without the mark of a test with a database, any query fails here.
    for fault in Fault:
        answer = fault_pages.answer(RequestFactory().post("/"), fault)

        assert "<h1>" in answer.text


def test_a_browser_that_is_still_sending_is_heard_out():
    request = RequestFactory().post("/", {"text": "x" * 100_000})

    fault_pages.answer(request, Fault.FULL)

    assert request.read() == b""
