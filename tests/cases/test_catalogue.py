"""R-CASE-80, R-CASE-81: the catalogue comes filled, once, and is the office's own afterwards."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import translation

from pulih.access.models import AuditEvent, RoleGrant, Section
from pulih.cases.actions.catalogue import (
    add_offer,
    close_offer,
    edit_offer,
    install_catalogue,
    reopen_offer,
)
from pulih.cases.catalogue import SHIPPED, in_english
from pulih.cases.counter_facts import OfferWords
from pulih.cases.counter_rules import COUNTER_LETTERS
from pulih.cases.models import ServiceOffer
from pulih.common.errors import RuleError
from pulih.common.stamps import stamp_of
from pulih.papers.letters import find_template

WORDS = OfferWords(
    name="Konsultasi hak waris",
    kind="counter",
    who_may_ask="Warga Ngawi.",
    result="Penjelasan dan rujukan.",
    promised_days=1,
    requirements=(("KTP", True), ("Surat nikah", False)),
    fields=(("Hubungan", "choice", True, ("Anak", "Pasangan")),),
    steps=("Dengarkan.",),
)


@pytest.fixture
def head(make_user):
    return make_user("section_head")


def test_an_office_gets_every_shipped_service(offers):
    assert set(offers) == {shipped.code for shipped in SHIPPED}


def test_installing_again_adds_nothing(office, offers):
    assert install_catalogue(office=office, by=None) == 0


def test_a_closed_service_does_not_come_back(office, offers, head):
    close_offer(offer=offers["alat-bantu"], by=head)

    install_catalogue(office=office, by=None)

    assert not ServiceOffer.objects.get(code="alat-bantu").is_open


def test_installing_is_in_the_trail_of_the_office(office, offers):
    assert AuditEvent.objects.filter(office=office, verb="catalogue.installed").exists()


@pytest.mark.parametrize("shipped", SHIPPED, ids=lambda shipped: shipped.code)
def test_a_shipped_service_is_filled(shipped):
    values = shipped.values

    assert all(values[name] for name in ("who_may_ask", "result", "steps"))
    assert len(values["fields"]) <= 8
    assert set(values["letters"]) <= set(COUNTER_LETTERS)


@pytest.mark.parametrize("shipped", SHIPPED, ids=lambda shipped: shipped.code)
def test_a_shipped_service_reads_in_english_as_well(shipped):
    texts = [shipped.values["name"], shipped.values["result"], *shipped.values["steps"]]
    texts += [field["label"] for field in shipped.values["fields"]]
    texts += [paper["label"] for paper in shipped.values["requirements"]]

    with translation.override("en"):
        assert all(in_english(text) for text in texts)
        assert in_english(shipped.values["name"]) != shipped.values["name"]


@pytest.mark.parametrize("code", COUNTER_LETTERS)
def test_a_letter_of_the_counter_is_a_template(code):
    assert find_template(code).code == code


@pytest.mark.parametrize("section", Section.Kind.values)
def test_every_section_has_services(section):
    assert any(shipped.section == section for shipped in SHIPPED)


@pytest.mark.parametrize("code", ["anak-korban", "perdagangan-orang"])
def test_what_is_about_victims_begins_with_a_sealed_report(offers, code):
    assert offers[code].kind == ServiceOffer.Kind.SEALED_REPORT


def test_the_head_adds_a_service(head, section):
    offer = add_offer(section=section, words=WORDS, by=head)

    assert offer.requirements[1] == {"key": "surat-nikah", "label": "Surat nikah", "needed": False}
    assert offer.fields[0]["choices"] == ["Anak", "Pasangan"]


def test_the_head_of_another_section_does_not(make_user, office, section):
    other = make_user("section_head", section=office.sections.get(kind="security"))

    with pytest.raises(PermissionDenied):
        add_offer(section=section, words=WORDS, by=other)


def test_the_administrator_writes_every_section(make_user, section):
    assert add_offer(section=section, words=WORDS, by=make_user("administrator")).pk


def test_the_head_of_a_unit_writes_the_services_of_the_unit_alone(offers, make_user):
    head = make_user("section_head")
    unit = offers["alat-bantu"].unit
    RoleGrant.objects.filter(user=head).update(unit=unit)

    assert not close_offer(offer=offers["alat-bantu"], by=head).is_open
    with pytest.raises(PermissionDenied):
        close_offer(offer=offers["lansia-terlantar"], by=head)


def test_a_form_has_at_most_eight_fields(head, section):
    many = tuple((f"Isian {number}", "text", False, ()) for number in range(9))

    with pytest.raises(RuleError, match="at most 8"):
        add_offer(section=section, words=replace(WORDS, fields=many), by=head)


def test_a_service_says_who_may_ask_and_what_comes_of_it(head, section):
    with pytest.raises(RuleError, match="who may ask"):
        add_offer(section=section, words=replace(WORDS, who_may_ask=" "), by=head)


def test_an_edit_keeps_the_code_and_leaves_what_was_in_the_trail(offers, head):
    offer = edit_offer(offer=offers["alat-bantu"], words=WORDS, by=head)

    assert (offer.code, offer.name) == ("alat-bantu", "Konsultasi hak waris")
    event = AuditEvent.objects.get(verb="offer.edited")
    assert event.detail["before"]["name"].startswith("Alat bantu")


def test_a_closed_service_is_offered_again(offers, head):
    offer = close_offer(offer=offers["alat-bantu"], by=head)

    assert reopen_offer(offer=offer, by=head).is_open


def test_what_the_office_wrote_is_never_replaced_by_english(offers, head):
    offer = edit_offer(offer=offers["alat-bantu"], words=WORDS, by=head)

    assert in_english(offer.name) == "Konsultasi hak waris"


@pytest.mark.parametrize("role", ["front_desk", "social_worker", "section_head", "administrator"])
def test_the_catalogue_opens(client, make_user, offers, role):
    client.force_login(make_user(role))

    answer = client.get(reverse("cases:catalogue"))

    assert answer.status_code == 200
    assert client.get(reverse("cases:offer", args=[offers["kube"].pk])).status_code == 200


def test_a_service_is_changed_on_its_page(client, offers, head):
    client.force_login(head)
    offer = offers["alat-bantu"]
    address = reverse("cases:offer_edit", args=[offer.pk])
    sent = {
        "name": "Kursi roda",
        "kind": "counter",
        "who_may_ask": "Penyandang disabilitas.",
        "result": "Kursi roda dipinjamkan.",
        "promised_days": "10",
        "requirements": "KTP\nFoto ?",
        "label_0": "Ukuran",
        "kind_0": "choice",
        "choices_0": "S\nM",
        "stamp": stamp_of(offer),
    }

    assert client.get(address).status_code == 200
    assert client.post(address, sent).url == reverse("cases:offer", args=[offer.pk])
    offer.refresh_from_db()
    assert [paper["needed"] for paper in offer.requirements] == [True, False]


def test_a_question_without_its_kind_is_refused_on_the_page(client, section, head):
    client.force_login(head)
    sent = {
        "name": "Baru",
        "kind": "counter",
        "who_may_ask": "Warga.",
        "result": "Hasil.",
        "promised_days": "0",
        "label_0": "Ukuran",
    }

    answer = client.post(reverse("cases:offer_new", args=[section.pk]), sent)

    assert answer.status_code == 422
    assert "kind_0" in answer.context["form"].errors


def test_the_head_of_another_section_does_not_open_the_form(client, make_user, office, offers):
    client.force_login(make_user("section_head", section=office.sections.get(kind="security")))

    section = office.sections.get(kind="rehabilitation")
    assert client.get(reverse("cases:offer_new", args=[section.pk])).status_code == 404
    address = reverse("cases:offer_edit", args=[offers["alat-bantu"].pk])
    assert client.get(address).status_code == 403
