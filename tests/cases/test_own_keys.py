"""R-CONF-40, R-CONF-41: a sealed case lies under a key of its own, which goes with it."""

import datetime as dt

import pytest
from django.db import connection

from pulih.access.models import Compartment
from pulih.cases.actions.resealing import reseal
from pulih.cases.actions.shredding import shred_case
from pulih.cases.models import Case, CaseNote
from pulih.common import datakeys, ledger
from pulih.common.errors import KeyGoneError
from pulih.common.key_shredding import KIND
from pulih.files import store
from pulih.files.actions.attaching import keep_made
from pulih.files.models import Attachment, Owner
from pulih.inbox.actions import open_task
from pulih.inbox.models import Subject, Task


def stored(row, column):
    key = row.pk.hex if connection.vendor == "sqlite" else str(row.pk)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM {row._meta.db_table} WHERE id = %s", [key])
        return cursor.fetchone()[0]


@pytest.fixture
def note(make_case, make_user):
    """Writes a note into a case."""

    def write(case):
        return CaseNote.objects.create(
            case=case, written_on=dt.date(2021, 1, 11), shared="kenari", by=make_user()
        )

    return write


def test_what_hangs_on_a_sealed_case_lies_under_the_key_of_the_case(make_case, note):
    case = make_case(sealed=True)

    assert stored(note(case), "shared").startswith(f"v2.{case.pk.hex}.")


def test_what_hangs_on_an_open_case_lies_under_the_key_of_the_key_file(make_case, note):
    assert stored(note(make_case()), "shared").startswith("v1.k1.")


def test_a_sealed_person_lies_under_a_key_that_outlives_the_case(make_case):
    case = make_case(sealed=True)

    assert stored(case.person, "full_name_sealed").startswith(f"v2.{case.person.pk.hex}.")


def test_a_task_about_a_sealed_case_lies_under_the_key_of_the_case(make_case, make_user):
    case, worker = make_case(sealed=True), make_user()

    task = open_task(
        kind="x", title="x", body="kenari", about=Subject.of(case), to=worker, by=worker
    )

    assert stored(task, "body").startswith(f"v2.{case.pk.hex}.")


def test_a_copy_of_a_destroyed_case_can_no_longer_be_read(
    make_case, note, django_capture_on_commit_callbacks
):
    case = make_case(sealed=True)
    written = note(case)
    copied = CaseNote.objects.get(pk=written.pk)

    with django_capture_on_commit_callbacks(execute=True):
        shred_case(case=case, by=None)

    with pytest.raises(KeyGoneError):
        copied.shared  # noqa: B018
    assert not datakeys.exists(case.pk)
    assert (KIND, str(case.pk)) in {(entry.kind, entry.key) for entry in ledger.entries()}


def test_the_person_of_a_destroyed_case_can_still_be_read(
    make_case, django_capture_on_commit_callbacks
):
    case = make_case(sealed=True)
    person, name = case.person, case.person.full_name_sealed

    with django_capture_on_commit_callbacks(execute=True):
        shred_case(case=case, by=None)

    person.refresh_from_db()
    assert person.full_name_sealed == name != ""


def test_a_case_that_is_not_destroyed_after_all_keeps_its_key(make_case, note):
    case = make_case(sealed=True)
    written = note(case)

    # The transaction of this test never commits.
    shred_case(case=case, by=None)

    assert datakeys.exists(case.pk)
    assert written.shared == "kenari"


def seal(case):
    """What an action that raises the class does before it seals anew."""
    case.compartment = Compartment.objects.create(office=case.office)
    case.save()
    for model in (Attachment, Task):
        keys = {"owner_id": case.pk} if model is Attachment else {"subject_id": case.pk}
        model._base_manager.filter(**keys).update(compartment=case.compartment)


def test_a_case_that_is_sealed_later_takes_its_words_and_files_under_its_own_key(
    make_case, make_user, note, settings, tmp_path, django_capture_on_commit_callbacks
):
    settings.MEDIA_ROOT = tmp_path
    case, worker = make_case(), make_user()
    written = note(case)
    task = open_task(
        kind="x", title="x", body="kenari", about=Subject.of(case), to=worker, by=worker
    )
    file = keep_made(owner=Owner.of(case), content=b"%PDF kenari", name="surat.pdf", by=worker)
    seal(case)

    with django_capture_on_commit_callbacks(execute=True):
        assert reseal(Case.objects.unscoped(reason="test").get(pk=case.pk)) > 0

    file.refresh_from_db()
    own = f"v2.{case.pk.hex}."
    assert stored(written, "shared").startswith(own)
    assert stored(task, "body").startswith(own)
    assert stored(file, "original_name").startswith(own)
    assert store.is_under(file.storage_path, case.pk)
    assert store.read(file.storage_path, key=file.pk) == b"%PDF kenari"
    assert CaseNote.objects.get(pk=written.pk).shared == "kenari"
    assert sum(one.is_file() for one in tmp_path.rglob("*")) == 1


def test_sealing_anew_a_second_time_changes_nothing(make_case, note):
    case = make_case()
    note(case)
    seal(case)
    reseal(case)

    assert reseal(case) == 0


def test_a_report_that_becomes_a_sealed_case_is_sealed_with_it(make_case, make_report):
    report = make_report()
    case = make_case(report=report)
    report.compartment = Compartment.objects.create(office=report.office)
    report.save(update_fields=["compartment"])

    reseal(case)

    assert stored(report, "description").startswith(f"v2.{report.pk.hex}.")
