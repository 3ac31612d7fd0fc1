"""R-EXC-1, R-EXC-2: the pages of an import, and who may see them."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from pulih.exchange.forms import column_name
from pulih.exchange.models import ImportBatch, SavedMapping
from pulih.files.models import Attachment
from pulih.people.models import Person
from tests.exchange.test_import_people import SULASTRI

STEPS = ("batch", "mapping", "start", "resume", "undo", "refused")
POSTS = {"start", "resume", "undo"}


def login(client, user):
    client.force_login(user)
    return client


def upload(client, content, kind="people", name="daftar.xlsx"):
    file = SimpleUploadedFile(name, content)
    return client.post(reverse("exchange:upload"), {"kind": kind, "file": file})


def newest():
    return ImportBatch.objects.unscoped(reason="test").order_by("-created_at").first()


@pytest.mark.parametrize(
    ("name", "word"),
    [("locked.xls", "sandi"), ("locked.ods", "sandi"), ("renamed_pdf.xlsx", "PDF")],
)
def test_a_file_that_cannot_be_read_is_refused_on_the_page(
    name, word, client, data_officer, read_test_file
):
    answer = upload(login(client, data_officer), read_test_file(name), name=name)

    assert answer.status_code == 422
    assert word in answer.content.decode()
    assert newest() is None


@pytest.mark.parametrize("name", ["daftar.xlsx", "daftar.xls", "daftar", "daftar.ods"])
def test_a_text_list_is_read_whatever_it_is_called(name, client, data_officer):
    answer = upload(login(client, data_officer), b"Nama;L/P\nWarsini;P\n", name=name)

    assert answer.status_code == 302
    assert newest().state == ImportBatch.State.MAPPING


@pytest.mark.parametrize("name", ["daftar.xls", "daftar.html", "daftar"])
def test_a_table_of_a_web_page_is_read_and_kept_as_plain_text(
    name, client, data_officer, read_test_file
):
    answer = upload(login(client, data_officer), read_test_file("web_page.xls"), name=name)

    kept = Attachment.objects.unscoped(reason="test").get()
    assert answer.status_code == 302
    assert newest().state == ImportBatch.State.MAPPING
    assert (kept.content_type, kept.original_name) == ("text/plain", "daftar.txt")


def test_a_web_page_without_a_table_is_refused_on_the_page(client, data_officer):
    page = b"<!DOCTYPE html><html><body><p>Masuk dulu</p></body></html>"

    answer = upload(login(client, data_officer), page, name="daftar.xls")

    assert answer.status_code == 422
    assert newest() is None


def test_an_empty_file_is_refused_on_the_page(client, data_officer):
    answer = upload(login(client, data_officer), b"")

    assert answer.status_code == 422


def test_an_import_goes_from_page_to_page(client, data_officer, make_sheet):
    login(client, data_officer)
    answer = upload(client, make_sheet([SULASTRI]))
    batch = newest()
    page = client.get(reverse("exchange:mapping", args=[batch.pk]))
    assert answer.status_code == 302
    assert page.status_code == 200

    sheet = next(iter(batch.layout["sheets"]))
    fields = ("row_number", "nik", "name", "sex", "birth_date", "village", "district", "ppks_kind")
    chosen = {column_name(sheet["fingerprint"], at): name for at, name in enumerate(fields)}
    client.post(reverse("exchange:mapping", args=[batch.pk]), {"date": "2026-11-24", **chosen})
    client.post(reverse("exchange:start", args=[batch.pk]))

    assert newest().state == "done"
    assert Person.objects.unscoped(reason="test").count() == 1


def test_a_mapping_changed_by_hand_counts_and_is_remembered(client, data_officer, make_sheet):
    login(client, data_officer)
    upload(client, make_sheet([SULASTRI]))
    batch = newest()
    sheet = batch.layout["sheets"][0]
    client.post(
        reverse("exchange:mapping", args=[batch.pk]),
        {"date": "2026-11-24", column_name(sheet["fingerprint"], 5): "name"},
    )
    client.post(reverse("exchange:start", args=[batch.pk]))

    assert Person.objects.unscoped(reason="test").get().full_name == "Beran"
    assert SavedMapping.objects.unscoped(reason="test").get().mapping == {
        sheet["fingerprint"]: {"5": "name"}
    }


def test_the_next_file_of_a_layout_is_set_as_it_was(client, data_officer, make_sheet, check):
    check(make_sheet([SULASTRI]))
    login(client, data_officer)
    upload(client, make_sheet([(2, *SULASTRI[1:])]))

    page = client.get(reverse("exchange:mapping", args=[newest().pk])).content.decode()

    assert "pernah diimpor" in page


def test_the_preview_names_refused_rows(client, data_officer, make_sheet, check):
    batch = check(make_sheet([SULASTRI, (2, "3.52E+15", "Sarmini", "P", "", "", "", "")]))

    page = login(client, data_officer).get(reverse("exchange:batch", args=[batch.pk]))

    assert "Sarmini" in page.content.decode()


@pytest.mark.parametrize("role", ["front_desk", "social_worker", "section_head"])
@pytest.mark.parametrize("step", ["list", "upload", *STEPS])
def test_who_does_not_import_sees_no_page(role, step, client, make_user, make_sheet, check):
    batch = check(make_sheet([SULASTRI]))
    login(client, make_user(role))
    where = reverse(f"exchange:{step}", args=[batch.pk] if step in STEPS else [])

    answer = client.post(where) if step in POSTS else client.get(where)

    assert answer.status_code in {403, 404}


@pytest.mark.parametrize("step", STEPS)
def test_an_administrator_sees_no_import_of_people(step, client, make_user, make_sheet, check):
    batch = check(make_sheet([SULASTRI]))
    login(client, make_user("administrator"))
    where = reverse(f"exchange:{step}", args=[batch.pk])

    answer = client.post(where) if step in POSTS else client.get(where)

    assert answer.status_code in {403, 404}


def test_an_administrator_uploads_staff_only(client, make_user, make_sheet):
    login(client, make_user("administrator"))

    answer = upload(client, make_sheet([SULASTRI]), kind="people")

    assert answer.status_code == 422
    assert newest() is None
