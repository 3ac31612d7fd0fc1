"""R-EXC-13, R-ACC-22: accounts that an import made go again while nobody has used them."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from pulih.access.models import RoleGrant, StudentRecord, User
from pulih.common.clock import now
from pulih.exchange.actions.progressing import start_undo
from pulih.exchange.models import ImportBatch
from pulih.exchange.tasks import work_on_batch
from pulih.inbox.actions import open_task
from pulih.inbox.models import Subject

STAFF = ("Nama", "NIP", "Jabatan")
RARA = ("Rara Contoh", "198001012005012001", "Pekerja Sosial")
DIMAS = ("Dimas Contoh", "198512122010011002", "Penyuluh Sosial")
STUDENTS = ("NIM", "Nama", "Universitas")
AYU = ("D0320001", "Ayu Contoh", "Universitas Contoh")


@pytest.fixture
def imported(make_sheet, import_file):
    """Walk a list of accounts to its end."""

    def walk(rows, titles=STAFF, kind="staff"):
        return import_file(make_sheet(rows, titles), kind=kind)

    return walk


def undo(batch, by):
    start_undo(batch=batch, by=by)
    work_on_batch.enqueue(str(batch.pk))
    return ImportBatch.objects.unscoped(reason="test").get(pk=batch.pk)


def named(name):
    return User.objects.get(full_name=name)


def test_accounts_that_nobody_used_are_removed(imported, data_officer):
    batch = undo(imported([RARA, DIMAS]), data_officer)

    assert batch.state == ImportBatch.State.UNDONE
    assert batch.counts["removed"] == 2
    assert not User.objects.filter(full_name__endswith="Contoh").exists()


def test_students_are_removed_with_what_was_known_of_them(imported, data_officer):
    undo(imported([AYU], STUDENTS, "students"), data_officer)

    assert not StudentRecord.objects.exists()


def _login(user, _by):
    user.last_login = now()
    user.save()


def _grant(user, _by):
    RoleGrant.objects.create(user=user, role="front_desk", valid_from=dt.date(2026, 1, 1))


def _task(user, by):
    open_task(kind="own", title="Hubungi desa", about=Subject(office=user.office), to=user, by=by)


@pytest.mark.parametrize("use", [_login, _grant, _task])
def test_an_account_that_was_used_stays_and_is_reported(use, imported, data_officer):
    batch = imported([RARA, DIMAS])
    use(named("Rara Contoh"), data_officer)

    batch = undo(batch, data_officer)

    assert (batch.counts["removed"], batch.counts["stayed"]) == (1, 1)
    assert batch.users.get(user=named("Rara Contoh")).stayed


def test_what_an_import_changed_is_put_back(imported, data_officer):
    imported([RARA])
    again = imported([("Rara Contoh, S.Sos.", RARA[1], "Kepala Seksi")])

    undo(again, data_officer)

    assert named("Rara Contoh").position == "Pekerja Sosial"


def test_what_was_changed_again_since_stays(imported, data_officer):
    imported([RARA])
    again = imported([("Rara Contoh", RARA[1], "Kepala Seksi")])
    User.objects.filter(full_name="Rara Contoh").update(position="Kepala Bidang")

    batch = undo(again, data_officer)

    assert named("Rara Contoh").position == "Kepala Bidang"
    assert batch.counts["stayed"] == 1


def test_the_page_says_beforehand_what_stays(imported, data_officer, client):
    batch = imported([RARA, DIMAS])
    _grant(named("Rara Contoh"), data_officer)
    client.force_login(data_officer)

    page = client.get(reverse("exchange:batch", args=[batch.pk]))

    assert page.context["outlook"].removable == 1
    assert page.context["outlook"].staying[0][0].full_name == "Rara Contoh"


def test_the_page_says_afterwards_what_stayed(imported, data_officer, client):
    batch = imported([RARA])
    _login(named("Rara Contoh"), data_officer)
    undo(batch, data_officer)
    client.force_login(data_officer)

    page = client.get(reverse("exchange:batch", args=[batch.pk])).content.decode()

    assert "Rara Contoh" in page


@pytest.mark.parametrize("used", [False, True])
def test_the_page_asks_no_more_for_a_long_list_than_for_a_short_one(
    imported, data_officer, client, make_user, used
):
    client.force_login(data_officer)

    def questions(count, start):
        rows = [
            (f"D03{start + n:05}", f"Mahasiswa {start + n} Contoh", "Universitas Contoh")
            for n in range(count)
        ]
        batch = imported(rows, STUDENTS, "students")
        if used:
            for row in batch.users.select_related("user"):
                _login(row.user, None)
        with CaptureQueriesContext(connection) as asked:
            client.get(reverse("exchange:batch", args=[batch.pk]))
        return len(asked)

    questions(1, 0)
    assert questions(10, 100) == questions(1, 50)


def test_a_list_of_students_is_checked_with_as_many_questions_however_long_it_is(make_sheet, check):
    def questions(count):
        rows = [(f"D03{n:05}", f"Nama {n} Contoh", "Universitas Contoh") for n in range(count)]
        with CaptureQueriesContext(connection) as asked:
            check(make_sheet(rows, STUDENTS), kind="students")
        return sum("access_studentrecord" in one["sql"] for one in asked.captured_queries)

    assert questions(40) == questions(1) == 1
