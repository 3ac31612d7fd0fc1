"""R-FILE-1, R-FILE-2, R-FILE-4: who adds, reads and removes the files of a record."""

import uuid

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from pulih.access.models import AuditEvent, Compartment
from pulih.common.clock import today
from pulih.common.errors import CipherError, RuleError
from pulih.files import rules, store
from pulih.files.actions import attach, open_file, open_thumbnail, remove
from pulih.files.models import Attachment, Owner
from pulih.files.queries import get_attachment, list_attachments
from tests.files.makers import pdf, picture


def test_a_file_is_kept_and_read_again(shelf, writer, make_file):
    attachment = make_file(pdf(), title="Surat desa", document_kind="village_letter")

    assert open_file(attachment=attachment, by=writer) == pdf()
    assert list_attachments(shelf.owner, user=writer) == [attachment]


def test_attaching_leaves_one_line_in_the_trail(writer, make_file):
    attachment = make_file()

    event = AuditEvent.objects.get(verb="file.attached")
    assert event.actor == writer
    assert event.subject_id == str(attachment.pk)


def test_who_may_only_read_adds_nothing(shelf, make_user):
    reader = make_user()
    shelf.readers.add(reader)

    with pytest.raises(PermissionDenied):
        attach(owner=shelf.owner, content=pdf(), name="a.pdf", by=reader)


def test_an_owner_that_nobody_registered_is_closed(make_user):
    unknown = Owner("nobody.knows", uuid.uuid4())
    user = make_user("head_of_office")

    assert not rules.may_read(user, unknown)
    assert list_attachments(unknown, user=user) == []
    with pytest.raises(PermissionDenied):
        attach(owner=unknown, content=pdf(), name="a.pdf", by=user)


def test_a_stranger_finds_no_file(shelf, make_user, make_file):
    attachment, stranger = make_file(), make_user()

    assert list_attachments(shelf.owner, user=stranger) == []
    with pytest.raises(Http404):
        get_attachment(attachment.pk, user=stranger)
    with pytest.raises(PermissionDenied):
        open_file(attachment=attachment, by=stranger)


def test_a_file_of_a_sealed_record_is_closed_even_to_a_reader(office, shelf, writer, make_file):
    shelf.compartment = Compartment.objects.create(office=office)
    shelf.compartment.members.create(user=writer, valid_from=today(), purpose="kasus")
    attachment = make_file()
    assert open_file(attachment=attachment, by=writer) == pdf()

    shelf.compartment.members.all().delete()

    assert attachment.compartment == shelf.compartment
    with pytest.raises(Http404):
        get_attachment(attachment.pk, user=writer)


def test_raising_a_record_closes_the_files_it_had(office, shelf, writer, make_file):
    attachment = make_file()

    shelf.compartment = Compartment.objects.create(office=office)

    assert list_attachments(shelf.owner, user=writer) == []
    with pytest.raises(Http404):
        get_attachment(attachment.pk, user=writer)


@pytest.mark.parametrize(("restricted", "lines"), [(False, 0), (True, 1)])
def test_reads_of_a_restricted_record_are_in_the_trail(shelf, writer, make_file, restricted, lines):
    attachment = make_file()
    shelf.restricted = restricted

    open_file(attachment=attachment, by=writer)

    assert AuditEvent.objects.filter(verb="file.opened").count() == lines


def test_without_a_trail_a_restricted_file_does_not_open(shelf, writer, make_file, monkeypatch):
    def fail(*args, **values):
        raise RuntimeError("no trail, no read")

    attachment = make_file()
    shelf.restricted = True
    monkeypatch.setattr("pulih.access.audit.record", fail)

    with pytest.raises(RuntimeError, match="no read"):
        open_file(attachment=attachment, by=writer)


def test_a_photo_has_a_small_picture(writer, make_file):
    attachment = make_file(picture(size=(900, 600)), name="foto.jpg", kind="photo")

    small = open_thumbnail(attachment=attachment, by=writer)

    assert attachment.has_thumbnail
    assert len(small) < attachment.size


def test_the_name_keeps_neither_folders_nor_a_false_ending(make_file):
    attachment = make_file(picture(), name="..\\..\\C:/rahasia\n/foto.html")

    assert attachment.original_name == "foto.jpg"


def test_a_removed_file_is_gone_from_disk_and_list(
    shelf, writer, make_file, django_capture_on_commit_callbacks
):
    attachment = make_file()

    with django_capture_on_commit_callbacks(execute=True):
        remove(attachment=attachment, reason="Salah orang", by=writer)

    assert list_attachments(shelf.owner, user=writer) == []
    assert AuditEvent.objects.get(verb="file.removed").reason == "Salah orang"
    with pytest.raises(CipherError):
        store.read(attachment.storage_path, key=attachment.pk)


def test_a_file_is_not_removed_without_a_reason(writer, make_file):
    with pytest.raises(RuleError) as refusal:
        remove(attachment=make_file(), reason=" ", by=writer)

    assert refusal.value.rule == "R-FILE-4"


def test_who_may_only_read_removes_nothing(shelf, make_user, make_file):
    reader = make_user()
    shelf.readers.add(reader)

    with pytest.raises(PermissionDenied):
        remove(attachment=make_file(), reason="Salah", by=reader)


def test_a_refused_file_leaves_nothing_on_the_disk(tmp_path, make_file):
    with pytest.raises(RuleError):
        make_file(b"MZ", name="a.exe")

    assert not list((tmp_path / "files").rglob("*"))


def test_a_file_whose_row_was_not_written_leaves_nothing(tmp_path, make_file, monkeypatch):
    def fail(*args, **values):
        raise RuntimeError("no trail, no file")

    monkeypatch.setattr("pulih.access.audit.record", fail)
    with pytest.raises(RuntimeError):
        make_file()

    assert not [found for found in (tmp_path / "files").rglob("*") if found.is_file()]


def test_a_plain_scope_gives_no_file(make_file, make_user):
    make_file()

    assert not Attachment.objects.visible_to(make_user("head_of_office")).exists()
