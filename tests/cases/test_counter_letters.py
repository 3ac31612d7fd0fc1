"""R-CASE-85: the letters with which a counter service ends."""

from __future__ import annotations

import pytest

from pulih.cases.actions.counter_letters import RECEIPT, issue_letters
from pulih.cases.actions.countering import cancel_service, start_service
from pulih.cases.counter_facts import Visit
from pulih.cases.models import ServiceOffer
from pulih.common.errors import RuleError
from pulih.people.drafts import NumberDraft

NIK = "3521091201670003"


@pytest.fixture
def desk(make_user):
    return make_user("front_desk")


@pytest.fixture
def begin(desk, make_person, offers):
    def start(code, brought=None, **answers):
        offer = offers[code]
        papers = {paper["key"] for paper in offer.requirements} if brought is None else brought
        person = make_person(by=desk, numbers=(NumberDraft(NIK),))
        visit = Visit(person=person, offer=offer, brought=frozenset(papers), answers=answers)
        return start_service(visit=visit, by=desk)

    return start


@pytest.mark.parametrize("code", ["dtsen-cek", "pbi-jk-usul", "pbi-jk-aktif", "dtsen-perbaikan"])
def test_every_letter_of_a_service_is_issued_without_blanks(begin, desk, code):
    answers = {"yang-salah": "Alamat", "seharusnya": "Dusun Jati", "faskes": "RSUD"}
    service = begin(code, **answers)

    letters = issue_letters(service=service, templates=service.offer.letters, by=desk)

    assert [letter.template for letter in letters] == service.offer.letters
    assert all(letter.number for letter in letters)


@pytest.mark.parametrize(
    "code", ["orang-terlantar", "kube", "bantuan-hukum", "advokasi-sosial", "surat-keterangan"]
)
def test_the_other_sections_letters_are_filled_too(begin, desk, code):
    service = begin(code, tujuan="Solo", lbh="LBH", keperluan="sekolah", pulang="2026-01-12")

    assert issue_letters(service=service, templates=service.offer.letters, by=desk)


def test_the_letter_names_the_person_and_is_about_the_service(begin, desk):
    service = begin("dtsen-cek", desil="3")

    letter = issue_letters(service=service, templates=["surat-keterangan"], by=desk)[0]

    assert letter.fields["client"]["nik"] == NIK
    assert "Desil: 3." in letter.fields["statement"]
    assert letter.about_label == service.number


def test_while_papers_are_missing_only_the_receipt_goes_out(begin, desk):
    service = begin("pbi-jk-usul", brought={"ktp"})

    letters = issue_letters(service=service, templates=[RECEIPT, "usulan-pbi-jk"], by=desk)

    assert [letter.template for letter in letters] == [RECEIPT]
    assert len(letters[0].fields["missing"]) == 2


def test_a_letter_that_is_not_the_services_own_is_refused(begin, desk):
    with pytest.raises(RuleError, match="does not end with"):
        issue_letters(service=begin("dtsen-cek"), templates=["reaktivasi-pbi-jk"], by=desk)


def test_no_letter_goes_out_for_a_cancelled_service(begin, desk):
    service = cancel_service(service=begin("dtsen-cek"), reason="Batal.", by=desk)

    with pytest.raises(RuleError, match="cancelled"):
        issue_letters(service=service, templates=[RECEIPT], by=desk)


def test_the_history_keeps_the_number(begin, desk):
    service = begin("dtsen-cek")

    letter = issue_letters(service=service, templates=[RECEIPT], by=desk)[0]

    assert service.events.get(kind="letter").detail == letter.number


def test_the_catalogue_still_decides(begin, desk, offers):
    service = begin("dtsen-cek")
    ServiceOffer.objects.filter(pk=offers["dtsen-cek"].pk).update(letters=[])
    service.offer.refresh_from_db()

    with pytest.raises(RuleError):
        issue_letters(service=service, templates=["surat-keterangan"], by=desk)
