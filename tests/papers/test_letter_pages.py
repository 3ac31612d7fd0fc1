"""The pages of letters: who opens them, what they show, what they refuse."""

import datetime as dt

import pytest
from django.urls import reverse

from pulih.common.clock import today
from pulih.common.stamps import stamp_of
from pulih.papers.actions import issue_letter
from pulih.papers.models import Letter


@pytest.fixture
def worker(client, make_user):
    """Somebody who writes letters, logged in."""
    user = make_user()
    client.force_login(user)
    return user


def page(name, letter):
    return reverse(f"papers:{name}", args=[letter.pk])


def found(letter):
    return Letter.objects.unscoped(reason="test").get(pk=letter.pk)


def test_the_list_shows_state_number_and_record(client, worker, make_letter):
    letter = issue_letter(letter=make_letter(by=worker), by=worker)

    shown = client.get(reverse("papers:list"))

    assert letter.number in shown.text
    assert "Kasus K-2026-00001" in shown.text
    assert "Sutini" not in shown.text


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ({"template": "surat-keterangan"}, True),
        ({"template": "tanda-terima"}, False),
        ({"state": "draft"}, True),
        ({"state": "issued"}, False),
        ({"text": "K-2026-00001"}, True),
        ({"text": "400.9"}, False),
        ({"since": today() + dt.timedelta(days=1)}, False),
        ({"until": today()}, True),
        ({"since": "besok", "template": "tidak ada"}, True),
    ],
)
def test_the_list_is_narrowed(client, worker, make_letter, query, shown):
    letter = make_letter(by=worker)

    listed = client.get(reverse("papers:list"), query)

    assert (page("letter", letter) in listed.text) is shown


@pytest.mark.parametrize("name", ["list", "templates"])
def test_the_pages_ask_for_a_login_and_for_the_role(client, make_user, name):
    assert client.get(reverse(f"papers:{name}")).status_code == 302

    client.force_login(make_user("auditor"))

    assert client.get(reverse(f"papers:{name}")).status_code == 403


@pytest.mark.parametrize("name", ["letter", "pdf", "docx"])
def test_a_letter_that_one_may_not_read_is_absent(client, worker, make_letter, name):
    letter = make_letter(restricted=True)

    assert client.get(page(name, letter)).status_code == 404


@pytest.mark.parametrize("name", ["change", "issue", "withdraw", "new_version", "discard"])
def test_a_step_on_a_letter_that_one_may_only_read_is_refused(
    client, make_user, make_letter, office, name
):
    letter = make_letter()
    client.force_login(make_user(section=office.sections.get(kind="security")))

    assert client.post(page(name, letter)).status_code == 403


def test_a_draft_lists_its_blanks_first(client, worker, make_letter):
    letter = make_letter(by=worker, fields={"purpose": "sekolah"})

    shown = client.get(page("letter", letter)).text

    assert shown.index("Masih kosong") < shown.index("Isian</h2>")
    assert 'href="#field-statement"' in shown


def test_saving_keeps_blanks_persons_and_rows(client, worker, make_letter):
    letter = make_letter("tanda-terima", by=worker)
    sent = {
        "visitor.name": "Sutini",
        "service": "Usulan PBI-JK",
        "received_on": "2026-01-05",
        "documents.0.item": "KTP",
        "documents.1.item": "KK",
        "documents.1.count": "2",
        "missing": "SKTM\r\n\r\nFoto",
        "classification": "400.9.4",
        "stamp": stamp_of(letter),
    }

    assert client.post(page("change", letter), sent).status_code == 302

    letter = found(letter)
    assert letter.fields["visitor"]["name"] == "Sutini"
    assert [row["count"] for row in letter.fields["documents"]] == ["", "2"]
    assert (letter.fields["missing"], letter.classification) == (["SKTM", "Foto"], "400.9.4")


def test_a_day_that_is_none_is_422_at_its_field(client, worker, make_letter):
    letter = make_letter(by=worker)

    answer = client.post(page("change", letter), {"valid_until": "besok"})

    assert answer.status_code == 422
    assert "valid_until" in answer.context["form"].errors


def test_saving_leads_to_the_preview_where_it_is_asked_for(client, worker, make_letter):
    letter = make_letter(by=worker)

    answer = client.post(page("change", letter), {"pratinjau": "1", "stamp": stamp_of(letter)})

    assert answer.url == page("pdf", letter)


def test_issuing_with_blanks_is_422_and_names_them(client, worker, make_letter):
    letter = make_letter(by=worker, fields={})

    answer = client.post(page("issue", letter))

    assert answer.status_code == 422
    assert "Isi keterangan" in answer.context["issue_form"].non_field_errors()[0]


def test_a_letter_is_issued_from_its_page(client, worker, make_letter, signatory):
    letter = make_letter(by=worker)

    shown = client.post(page("issue", letter), {"signatory": signatory.pk}, follow=True)

    assert found(letter).signatory == signatory
    assert found(letter).code in shown.text


def test_the_pdf_opens_in_the_reader_and_is_saved_under_its_number(client, worker, make_letter):
    letter = issue_letter(letter=make_letter(by=worker), by=worker)

    opened, saved = client.get(page("pdf", letter)), client.get(page("pdf", letter) + "?simpan=1")

    assert opened["Content-Type"] == "application/pdf"
    assert opened["Content-Disposition"].startswith("inline")
    assert "surat-keterangan 400.9-001" in saved["Content-Disposition"]


def test_a_docx_is_downloaded(client, worker, make_letter):
    answer = client.get(page("docx", make_letter(by=worker)))

    assert answer["Content-Disposition"].startswith("attachment")
    assert answer.content.startswith(b"PK")


def test_withdrawing_without_a_reason_is_422(client, worker, make_letter):
    letter = issue_letter(letter=make_letter(by=worker), by=worker)

    assert client.post(page("withdraw", letter), {"reason": ""}).status_code == 422

    shown = client.post(page("withdraw", letter), {"reason": "Salah orang"}, follow=True)

    assert "Salah orang" in shown.text


def test_a_new_version_and_the_old_one_lead_to_each_other(client, worker, make_letter):
    letter = issue_letter(letter=make_letter(by=worker), by=worker)

    shown = client.post(page("new_version", letter), follow=True)

    assert page("letter", letter) in shown.text
    assert Letter.objects.unscoped(reason="test").get(replaces=letter).is_draft


def test_a_draft_is_thrown_away_from_its_page(client, worker, make_letter):
    letter = make_letter(by=worker)

    client.post(page("discard", letter))

    assert not Letter.objects.unscoped(reason="test").filter(pk=letter.pk).exists()


def test_a_letter_of_the_office_is_begun_from_a_template(client, worker):
    answer = client.post(reverse("papers:begin", args=["surat-pengantar"]))

    made = Letter.objects.unscoped(reason="test").get()
    assert answer.url == page("letter", made)
    assert client.post(reverse("papers:begin", args=["tidak-ada"])).status_code == 404


def test_a_reader_who_may_not_write_sees_the_fields_without_a_form(
    client, make_user, make_letter, office
):
    letter = make_letter()
    client.force_login(make_user(section=office.sections.get(kind="security")))

    shown = client.get(page("letter", letter))

    assert "Sutini" in shown.text
    assert "form" not in shown.context or "Simpan konsep" not in shown.text
