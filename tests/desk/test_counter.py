"""R-DESK-5: two screens from the number to the letter; search before create."""

from __future__ import annotations

import pytest
from django.urls import reverse

from pulih.access.models import Compartment
from pulih.cases.actions.countering import start_service
from pulih.cases.counter_facts import Visit
from pulih.cases.models import CounterService
from pulih.desk.actions.queueing import call_next, take_ticket
from pulih.papers.models import Letter
from pulih.people.models import Person

WHY = "test"
HTMX = {"HX-Request": "true"}


@pytest.fixture
def at_counter(client, clerk):
    client.force_login(clerk)
    return client


@pytest.fixture
def person(make_person, clerk):
    return make_person("Wagiyem Lestari", by=clerk)


def services():
    return CounterService.objects.unscoped(reason=WHY)


def serve(client, person, offer, headers=None, query="", **sent):
    address = reverse("counter:serve", args=[person.pk]) + query
    return client.post(address, {"offer": offer.pk, **sent}, headers=headers or HTMX)


def test_the_first_screen_opens(at_counter):
    assert at_counter.get(reverse("counter:home")).status_code == 200


def test_a_data_officer_has_no_counter(client, make_user):
    client.force_login(make_user("data_officer"))

    assert client.get(reverse("counter:home")).status_code == 403


def test_somebody_known_is_found_by_a_misspelt_name(at_counter, person):
    answer = at_counter.post(reverse("counter:find"), {"who": "Wagiyem Lestary"}, headers=HTMX)

    assert person.number in answer.text
    assert reverse("counter:serve", args=[person.pk]) in answer.text


def test_the_search_works_without_scripts(at_counter, person):
    answer = at_counter.post(reverse("counter:find"), {"who": "Wagiyem"})

    assert person.number in answer.text
    assert "<html" in answer.text


def test_nothing_typed_is_no_search(at_counter):
    assert at_counter.post(reverse("counter:find"), {"who": ""}).status_code == 422


def test_nobody_is_registered_without_a_search(at_counter):
    before = Person.objects.unscoped(reason=WHY).count()

    answer = at_counter.post(reverse("counter:register"), {"full_name": "Baru", "note": "x"})

    assert answer.url == reverse("counter:home")
    assert Person.objects.unscoped(reason=WHY).count() == before


def test_after_the_search_somebody_new_is_registered_and_served(at_counter):
    note = at_counter.post(reverse("counter:find"), {"who": "Tukinah Sari"}).context["note"]
    sent = {"full_name": "Tukinah Sari", "note": note, "age": "61", "phone": "0812"}

    answer = at_counter.post(reverse("counter:register"), sent)

    made = Person.objects.unscoped(reason=WHY).get(full_name="Tukinah Sari")
    assert answer.url == reverse("counter:serve", args=[made.pk])


def test_a_slip_of_the_pen_keeps_what_was_typed(at_counter):
    note = at_counter.post(reverse("counter:find"), {"who": "Tukinah"}).context["note"]

    answer = at_counter.post(
        reverse("counter:register"), {"full_name": "", "phone": "0812345", "note": note}
    )

    assert answer.status_code == 422
    assert "0812345" in answer.text


def test_choosing_a_service_shows_its_terms(at_counter, person, offers):
    address = reverse("counter:terms", args=[person.pk])

    page = at_counter.get(address, {"offer": offers["pbi-jk-aktif"].pk}, headers=HTMX).text

    assert "Tempat berobat" in page
    assert "Surat rawat atau surat kontrol" in page


def test_a_visit_ends_with_a_letter_and_the_number_let_go(at_counter, clerk, person, offers):
    take_ticket(letter="A", by=clerk)
    ticket = call_next(by=clerk)

    answer = serve(
        at_counter,
        person,
        offers["dtsen-cek"],
        query=f"?antrean={ticket.pk}",
        brought=["ktp"],
        letters=["surat-keterangan"],
        after="selesai",
    )

    ticket.refresh_from_db()
    assert services().get().state == CounterService.State.DONE
    assert ticket.service == services().get()
    letter = Letter.objects.unscoped(reason=WHY).get()
    assert reverse("papers:pdf", args=[letter.pk]) in answer.text


def test_a_missing_paper_keeps_it_open_and_tells_what_to_bring(at_counter, person, offers):
    answer = serve(at_counter, person, offers["surat-keterangan"], brought=["ktp"],
                   **{"jawab-keperluan": "sekolah", "after": "selesai"})  # fmt: skip

    assert services().get().state == CounterService.State.WAITING
    assert "Kartu keluarga" in answer.text


def test_a_needed_answer_is_asked_for(at_counter, person, offers):
    answer = serve(at_counter, person, offers["surat-keterangan"], brought=["ktp", "kk"])

    assert answer.status_code == 422
    assert not services().exists()


def test_a_second_service_of_the_same_kind_is_refused_in_words(at_counter, person, offers):
    sent = {"brought": ["ktp", "kk"], "jawab-keperluan": "sekolah", "after": "lanjut"}
    serve(at_counter, person, offers["surat-keterangan"], **sent)

    answer = serve(at_counter, person, offers["surat-keterangan"], **sent)

    assert answer.status_code == 422
    assert services().get().number in answer.text


@pytest.mark.parametrize("code", ["anak-korban", "perdagangan-orang"])
def test_a_sealed_matter_leads_to_the_sealed_report_and_names_nobody(
    at_counter, person, offers, code
):
    address = reverse("counter:terms", args=[person.pk])

    page = at_counter.get(address, {"offer": offers[code].pk}, headers=HTMX).text

    assert f"{reverse('cases:report_new')}?layanan={offers[code].pk}" in page
    assert "orang=" not in page


def test_the_sealed_report_begins_sealed(at_counter, offers):
    answer = at_counter.get(reverse("cases:report_new"), {"layanan": offers["anak-korban"].pk})

    assert answer.context["form"].initial["held"] == "sealed"


def test_a_sealed_person_is_not_served(client, make_user, make_person, office, offers):
    worker = make_user()
    room = Compartment.objects.create(office=office)
    room.members.create(user=worker, valid_from="2020-01-01", purpose="test")
    person = make_person("Rahasia", by=worker, compartment=room)
    client.force_login(worker)

    page = client.get(reverse("counter:serve", args=[person.pk]))

    assert "tersegel" in page.text
    assert "id_offer" not in page.text


def test_the_page_works_without_scripts(at_counter, person, offers):
    answer = serve(
        at_counter, person, offers["dtsen-cek"], headers={"Accept": "*/*"}, brought=["ktp"],
        after="selesai",
    )  # fmt: skip

    assert "<html" in answer.text
    assert services().get().number in answer.text


@pytest.fixture
def running(clerk, person, offers):
    visit = Visit(person=person, offer=offers["surat-keterangan"], brought=frozenset({"ktp"}))
    return start_service(visit=visit, by=clerk)


def test_the_list_shows_the_day_by_default(at_counter, running):
    page = at_counter.get(reverse("counter:list"))

    assert running.number in page.text
    assert dict(page.context["counts"])["Menunggu berkas"] == 1


@pytest.mark.parametrize(
    "query",
    [
        {"when": "saya"},
        {"when": "semua", "state": "waiting"},
        {"number": "LK-"},
        {"when": "apa", "offer": "x", "page": "x"},
    ],
)
def test_the_list_is_narrowed(at_counter, running, query):
    answer = at_counter.get(reverse("counter:list"), query, headers=HTMX)

    assert running.number in answer.text


def test_only_what_is_late_is_overdue(at_counter, running):
    answer = at_counter.get(reverse("counter:list"), {"when": "lewat"})

    assert running.number not in answer.text


@pytest.mark.parametrize("role", ["front_desk", "social_worker", "section_head", "head_of_office"])
def test_the_page_of_a_service_opens(client, make_user, running, role):
    client.force_login(make_user(role))

    page = client.get(reverse("counter:service", args=[running.number]))

    assert page.status_code == 200
    assert "Kartu keluarga" in page.text


def test_papers_are_completed_then_it_is_done(at_counter, running):
    papers = reverse("counter:papers", args=[running.number])
    at_counter.post(papers, {"brought": ["ktp", "kk"], "jawab-keperluan": "sekolah"})

    at_counter.post(reverse("counter:finish", args=[running.number]), {"outcome": "Diserahkan."})

    assert services().get().state == CounterService.State.DONE


def test_a_letter_is_issued_from_the_page(at_counter, running):
    address = reverse("counter:letter", args=[running.number])

    at_counter.post(address, {"template": "tanda-terima"})

    assert Letter.objects.unscoped(reason=WHY).get().number


def test_it_is_cancelled_with_a_reason(at_counter, running):
    at_counter.post(reverse("counter:cancel", args=[running.number]), {"reason": "Pindah."})

    assert services().get().state == CounterService.State.CANCELLED


def test_the_slip_says_what_to_bring(at_counter, running):
    assert "Kartu keluarga" in at_counter.get(reverse("counter:slip", args=[running.number])).text


def test_what_is_promised_by_today_stands_on_the_first_page(at_counter, running):
    assert running.number in at_counter.get(reverse("day")).text


def test_the_promise_of_a_colleague_stands_there_as_well(client, make_user, running):
    client.force_login(make_user("front_desk"))

    assert running.number in client.get(reverse("day")).text


def test_it_is_found_by_its_number(at_counter, running):
    answer = at_counter.get(reverse("search"), {"q": running.number.lower()})

    assert reverse("counter:service", args=[running.number]) in answer.text
