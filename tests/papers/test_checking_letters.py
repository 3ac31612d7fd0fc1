"""The public check: by code or PDF, without ever naming a person."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from pulih.files.actions import open_file
from pulih.papers.actions import issue_letter, new_version, withdraw_letter
from pulih.papers.codes import LENGTH, LETTERS, index_of, new_code

CHECK = "papers:check"


@pytest.fixture
def issued(make_letter, make_user, letterhead, signatory):
    """A letter that is out."""
    worker = make_user()
    return issue_letter(letter=make_letter(by=worker), by=worker)


def ask(client, code):
    return client.get(reverse(CHECK), {"kode": code})


def test_a_genuine_code_tells_number_day_template_and_office(client, issued):
    told = ask(client, issued.code).text

    assert "Asli dan berlaku" in told
    assert issued.number in told
    assert "Surat keterangan" in told


def test_no_person_is_named(client, issued):
    told = ask(client, issued.code).text

    for name in ("Sutini", issued.written_by.full_name, issued.signatory.name, "K-2026-00001"):
        assert name not in told


def test_how_the_code_was_typed_does_not_matter(client, issued):
    typed = issued.code.lower().replace("-", " ")

    assert issued.number in ask(client, typed).text


@pytest.mark.parametrize("code", ["ABCD", "ABCD-EFGH-JKLM-NPQR", "x" * 400, "%00", "'; --"])
def test_an_unknown_code_is_not_known(client, db, code):
    answer = ask(client, code)

    assert answer.status_code == 200
    assert "Tidak dikenal" in answer.text


def test_a_withdrawn_letter_says_so(client, issued):
    withdraw_letter(letter=issued, reason="Salah orang", by=issued.written_by)

    told = ask(client, issued.code).text

    assert "sudah dicabut" in told
    assert "Salah orang" not in told


def test_a_replaced_letter_names_the_version_that_stands(client, issued):
    worker = issued.written_by
    second = issue_letter(letter=new_version(letter=issued, by=worker), by=worker)

    assert "diganti dengan versi 2" in ask(client, issued.code).text
    assert "Asli dan berlaku" in ask(client, second.code).text


def upload(client, content):
    file = SimpleUploadedFile("surat.pdf", content, content_type="application/pdf")
    return client.post(reverse(CHECK), {"berkas": file})


def test_the_pdf_as_it_was_issued_is_known(client, issued):
    content = open_file(attachment=issued.pdf, by=issued.written_by)

    assert issued.number in upload(client, content).text


def test_a_changed_pdf_is_not_known(client, issued):
    content = open_file(attachment=issued.pdf, by=issued.written_by)

    assert "Tidak dikenal" in upload(client, content + b" ").text


def test_a_file_above_the_limit_is_422(client, db):
    assert upload(client, b"x" * (5 * 1024 * 1024 + 1)).status_code == 422


def test_a_very_large_upload_is_refused_before_it_is_read(client, db):
    answer = upload(client, b"x" * (6 * 1024 * 1024))

    assert answer.status_code == 413
    assert "5 MB" in answer.text


def test_an_empty_form_is_422(client, db):
    assert client.post(reverse(CHECK)).status_code == 422


def test_a_code_has_eighty_bits_and_no_signs_that_look_alike():
    codes = {new_code() for _ in range(200)}

    assert len(codes) == 200
    assert len(LETTERS) ** LENGTH >= 2**80
    assert not set("".join(codes)) & set("01IO")


def test_the_database_keeps_no_code_in_the_open(issued):
    assert issued.code.replace("-", "") not in issued.code_index
    assert index_of(issued.code) == issued.code_index
