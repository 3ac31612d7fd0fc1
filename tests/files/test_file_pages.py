"""R-FILE-1, R-FILE-2, R-FILE-5: the pages of files, and how a file is served."""

import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template.loader import render_to_string
from django.urls import reverse

from pulih.access.models import AuditEvent
from pulih.files import store
from pulih.files.queries import list_attachments
from tests.files.makers import pdf, picture


@pytest.fixture
def at(client, writer):
    client.force_login(writer)
    return client


def form(content=None, name="surat.pdf", **values):
    upload = SimpleUploadedFile(name, pdf() if content is None else content)
    return {"file": upload, "kind": "document", "document_kind": "other", **values}


def url(name, shelf):
    return reverse(f"files:{name}", args=[shelf.owner.kind, shelf.owner.id])


def test_a_file_is_added_on_the_page(at, shelf, writer):
    answer = at.post(url("upload", shelf), form(title="Surat pengantar"))

    (attachment,) = list_attachments(shelf.owner, user=writer)
    assert answer.status_code == 302
    assert attachment.title == "Surat pengantar"


def test_a_file_is_added_inside_another_page(at, shelf):
    answer = at.post(url("upload", shelf), form(), headers={"HX-Request": "true"})

    assert answer.status_code == 200
    assert "surat.pdf" in answer.text
    assert "<html" not in answer.text


def test_the_page_says_why_a_file_is_refused(at, shelf, writer):
    answer = at.post(url("upload", shelf), form(b"MZ" + b"\0" * 90, "surat.pdf"))

    assert answer.status_code == 422
    assert "field-errors" in answer.text
    assert list_attachments(shelf.owner, user=writer) == []


def test_a_document_from_the_future_is_refused(at, shelf):
    assert at.post(url("upload", shelf), form(dated_on="2099-01-01")).status_code == 422


def test_the_files_of_a_closed_record_do_not_exist(client, shelf, make_user, make_file):
    attachment = make_file()
    client.force_login(make_user("head_of_office"))

    assert client.get(url("panel", shelf)).status_code == 404
    assert client.post(url("upload", shelf), form()).status_code == 404
    for page in ("open", "thumbnail", "remove"):
        assert client.get(reverse(f"files:{page}", args=[attachment.pk])).status_code == 404


def test_who_may_only_read_sees_no_way_to_write(client, shelf, make_user, make_file):
    reader, attachment = make_user(), make_file()
    shelf.readers.add(reader)
    client.force_login(reader)

    assert "<form" not in client.get(url("panel", shelf), headers={"HX-Request": "true"}).text
    assert client.post(url("upload", shelf), form()).status_code == 403
    assert client.get(reverse("files:remove", args=[attachment.pk])).status_code == 403


def test_a_document_is_served_as_a_download_in_a_sandbox(at, make_file):
    answer = at.get(reverse("files:open", args=[make_file().pk]))

    assert answer["Content-Disposition"].startswith("attachment")
    assert (
        answer["Content-Security-Policy"] == "default-src 'none'; sandbox; frame-ancestors 'none'"
    )
    assert (answer["X-Content-Type-Options"], answer["Cache-Control"]) == ("nosniff", "no-store")


@pytest.mark.parametrize("name", ["halaman.csv", "catatan.txt"])
def test_text_is_never_shown_in_the_browser(at, make_file, name):
    answer = at.get(reverse("files:open", args=[make_file(b"a,b\n1,2\n", name).pk]))

    assert answer["Content-Disposition"].startswith("attachment")
    assert "html" not in answer["Content-Type"]


def test_a_photo_is_drawn_in_pages_and_saved_from_its_own_address(at, make_file):
    attachment = make_file(picture(), "foto.jpg", kind="photo")

    whole = at.get(reverse("files:open", args=[attachment.pk]))
    small = at.get(reverse("files:thumbnail", args=[attachment.pk]))

    assert whole["Content-Disposition"].startswith("attachment")
    assert small["Content-Type"] == "image/jpeg"
    assert "sandbox" in whole["Content-Security-Policy"]


def test_a_document_has_no_small_picture(at, make_file):
    assert at.get(reverse("files:thumbnail", args=[make_file().pk])).status_code == 404


def test_a_download_of_a_restricted_record_is_in_the_trail(at, shelf, make_file):
    attachment = make_file()
    shelf.restricted = True

    at.get(reverse("files:open", args=[attachment.pk]))

    assert AuditEvent.objects.filter(verb="file.opened").count() == 1


def test_a_changed_file_is_not_served(at, make_file, settings):
    attachment = make_file()
    path = settings.MEDIA_ROOT / attachment.storage_path
    path.write_bytes(path.read_bytes()[:-1] + b"x")

    answer = at.get(reverse("files:open", args=[attachment.pk]), follow=True)

    assert b"%PDF" not in answer.content
    assert "notice" in answer.text


def test_a_lost_small_picture_is_not_found(at, make_file):
    attachment = make_file(picture(), "foto.jpg", kind="photo")
    store.delete(attachment.storage_path)

    assert at.get(reverse("files:thumbnail", args=[attachment.pk])).status_code == 404


def test_a_file_is_removed_with_a_reason(at, shelf, writer, make_file):
    page = reverse("files:remove", args=[make_file().pk])
    assert at.post(page, {"reason": ""}).status_code == 422

    at.post(page, {"reason": "Salah orang"})

    assert list_attachments(shelf.owner, user=writer) == []


def test_the_panel_loads_itself_into_another_page(shelf):
    context = {"owner_kind": shelf.owner.kind, "owner_id": shelf.owner.id}
    assert url("panel", shelf) in render_to_string("files/_panel.html", context)


def test_an_unknown_file_is_not_found(at):
    assert at.get(reverse("files:open", args=[uuid.uuid4()])).status_code == 404
