"""R-EXC-12 and R-EXC-61: a finished export is asked again before it leaves, and never outlives."""

import datetime as dt
import os
import time
import uuid

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from pulih.access.lists import declared
from pulih.access.models import AuditEvent, Compartment, RoleGrant
from pulih.common.clock import now, today
from pulih.exchange.actions import exporting
from pulih.exchange.export_tasks import expire_exports, write_export
from pulih.exchange.exports import keeping
from pulih.exchange.models import ExportRun
from pulih.people.models import Person

State = ExportRun.State


@pytest.fixture
def ready(client, make_person, data_officer):
    """An export of two people, which lies ready."""
    for name in ("Siti Aminah", "Slamet Riyanto"):
        make_person(name)
    client.force_login(data_officer)
    return written(client, data_officer, "orang")


def written(client, user, code):
    run = exporting.request_export(
        export=declared()[code],
        query="",
        purpose="Verifikasi bersama desa",
        session=client.session.session_key,
        by=user,
    )
    write_export.func(str(run.pk))
    return again(run)


def again(run):
    return ExportRun.objects.unscoped(reason="test").get(pk=run.pk)


def fetch(client, run):
    return client.post(reverse("export:fetch", args=[run.pk]))


@pytest.fixture(autouse=True)
def _commits(django_capture_on_commit_callbacks, monkeypatch):
    """Files go once it is certain; in a test that is at once."""
    monkeypatch.setattr(exporting.transaction, "on_commit", lambda deed: deed())


def test_nothing_changed_and_the_file_is_fetched(client, ready):
    assert fetch(client, ready).status_code == 200


def test_a_row_that_was_sealed_meanwhile_keeps_the_whole_file_here(client, ready, office):
    room = Compartment.objects.create(office=office)
    rows = Person.objects.unscoped(reason="test")
    rows.filter(pk=ready.keys[0]).update(compartment=room, full_name="", sort_name="")

    answer = fetch(client, ready)

    assert answer.status_code == 302
    assert again(ready).state == State.REVOKED
    assert not keeping.is_kept(ready.pk)
    assert AuditEvent.objects.filter(verb="export.withdrawn").count() == 1


def test_the_page_says_why_the_file_is_gone(client, ready):
    exporting.revoke_export(run=ready, by=ready.created_by)

    page = client.get(reverse("export:run", args=[ready.pk])).text

    assert "tidak boleh dilihat lagi" in page


def test_a_person_registered_meanwhile_changes_nothing(client, ready, make_person):
    make_person("Wagiman")

    assert fetch(client, ready).status_code == 200


def test_a_case_that_left_its_team_keeps_the_file_here(client, make_case, make_user):
    worker = make_user("social_worker")
    case = make_case(lead=make_user("social_worker"), team=[worker], restricted=True)
    client.force_login(worker)
    run = written(client, worker, "kasus")
    assert run.keys == [case.pk]

    case.team.filter(user=worker).update(left_on=today() - dt.timedelta(days=1))

    assert fetch(client, run).status_code == 302
    assert again(run).state == State.REVOKED


def test_another_session_of_the_same_user_fetches_nothing(ready):
    other = Client()
    other.force_login(ready.created_by)

    assert fetch(other, ready).status_code == 302
    assert again(ready).state == State.READY


def test_another_session_is_told_so_and_sees_no_password(ready):
    other = Client()
    other.force_login(ready.created_by)

    page = other.get(reverse("export:run", args=[ready.pk]))

    assert "password" not in page.context
    assert "sesi" in page.text


def test_who_lost_the_role_fetches_nothing_and_the_worker_throws_it_away(client, ready):
    ready.created_by.grants.all().delete()

    assert fetch(client, ready).status_code == 403
    expire_exports()

    assert again(ready).state == State.REVOKED
    assert not keeping.is_kept(ready.pk)


def test_the_file_of_a_user_who_expired_is_thrown_away(ready):
    RoleGrant.objects.filter(user=ready.created_by).update(
        valid_until=today() - dt.timedelta(days=1)
    )

    expire_exports()

    assert not keeping.is_kept(ready.pk)


def test_the_file_of_a_user_who_was_shut_out_is_thrown_away(ready):
    type(ready.created_by).objects.filter(pk=ready.created_by_id).update(is_active=False)

    expire_exports()

    assert not keeping.is_kept(ready.pk)


def test_a_late_file_of_a_user_who_may_nothing_any_more_goes_as_well(ready):
    ready.created_by.grants.all().delete()

    with time_machine.travel(now() + dt.timedelta(minutes=20)):
        expire_exports()

    assert again(ready).state == State.EXPIRED
    assert not keeping.is_kept(ready.pk)


def test_what_a_killed_worker_left_goes_by_its_age(db):
    key = uuid.uuid4()
    keeping.keep(key, b"PK sisa")
    assert expire_exports() == 0

    path = keeping._file_of(key)
    os.utime(path, (time.time() - 1000,) * 2)

    assert expire_exports() == 1
    assert not path.exists()


def test_a_file_that_vanished_is_told_as_gone(client, ready):
    keeping.drop(ready.pk)

    assert fetch(client, ready).status_code == 302


@pytest.mark.parametrize("code", ["tugas", "impor"])
def test_a_list_with_free_text_is_one_of_people(code):
    assert declared()[code].personal
