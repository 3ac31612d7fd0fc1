"""R-PEO-1, R-PEO-2, R-PEO-11: the pages of the registry, and who they open for."""

import datetime as dt
import re

import pytest
from django.core import signing
from django.urls import reverse

from jejak.birth import BirthDate
from pulih.access.models import AuditEvent
from pulih.common.stamps import stamp_of
from pulih.people.actions.registration import register_person
from pulih.people.drafts import KinDraft, NameDraft, NumberDraft, PersonDraft, StatusDraft
from pulih.people.models import Person
from pulih.people.queries import list_people
from pulih.people.queries.search_notes import SALT, write_ticket
from pulih.people.views.details import ADDITIONS, REMOVABLE

NOBODY = "00000000-0000-4000-8000-000000000000"
NIK = "3521091201870001"
ANSWERS = {
    "nama": {"text": "Gembul", "kind": "called"},
    "nomor": {"kind": "nik", "text": NIK},
    "alamat": {"kind": "home", "region_code": "35.21.09.2001"},
    "kontak": {"kind": "phone", "value": "081234567890", "is_safe": "on"},
    "keluarga": {"relation": "mother", "name": "Wagirah"},
    "ciri": {"kind": "scar", "text": "Luka di lengan"},
    "barang": {"kind": "bag", "text": "Tas hitam"},
    "ppks": {"kind": "9"},
    "riwayat": {"kind": "decile", "code": "3"},
    "persetujuan": {
        "purpose": "service",
        "basis": "consent",
        "capacity": "self",
        "given_on": "2026-01-05",
    },
}
"""A good answer to every short form."""


@pytest.fixture
def worker(client, make_user):
    user = make_user()
    client.force_login(user)
    return user


def plain(answer, key):
    """What was answered, without the masked form token and the asked address."""
    return re.sub(r"[A-Za-z0-9]{64}", "", answer.text).replace(str(key), "")


def ticket_in(answer):
    return re.search(r'name="ticket" value="([^"]+)"', answer.text)[1]


def test_search_then_register_then_the_page(client, worker):
    searched = client.post(reverse("people:search"), {"full_name": "Slamet", "sex": "L"})
    ticket = ticket_in(searched)
    form = client.post(reverse("people:register"), {"ticket": ticket, "variant": "known"})

    saved = client.post(
        reverse("people:register"),
        {"ticket": ticket, "variant": "known", "save": "1", "full_name": "Slamet", "sex": "L"},
    )

    person = list_people(user=worker).get()
    assert 'value="Slamet"' in form.text
    assert saved.url == reverse("people:detail", args=[person.pk])


def test_nobody_is_registered_without_a_search(client, worker):
    answer = client.post(
        reverse("people:register"), {"save": "1", "full_name": "Slamet", "variant": "known"}
    )

    assert answer.status_code == 422
    assert not list_people(user=worker).exists()


@pytest.mark.parametrize("kind", ["forged", "of somebody else"])
def test_a_ticket_is_good_for_its_user_only(client, worker, make_user, kind):
    ticket = "x:y:z" if kind == "forged" else write_ticket({}, by=make_user())

    answer = client.post(
        reverse("people:register"), {"ticket": ticket, "save": "1", "full_name": "Slamet"}
    )

    assert answer.status_code == 422


def test_an_old_ticket_is_worth_nothing(client, worker, time_machine):
    time_machine.move_to("2026-01-05 08:00", tick=False)
    ticket = write_ticket({}, by=worker)
    time_machine.move_to("2026-01-05 10:01", tick=False)
    client.force_login(worker)

    answer = client.post(
        reverse("people:register"), {"ticket": ticket, "save": "1", "full_name": "Slamet"}
    )

    assert answer.status_code == 422


def test_the_form_without_a_search_leads_to_the_search(client, worker):
    assert client.get(reverse("people:register")).url == reverse("people:search")


def test_a_search_for_nothing_is_refused(client, worker):
    assert client.post(reverse("people:search"), {"sex": "L"}).status_code == 422


def test_the_search_shows_who_it_may_be_and_why(client, worker, make_person):
    person = make_person("Hartono", sex="L", by=worker)
    for name in ("Wagiman", "Sutini", "Parto", "Lasmi"):
        make_person(name, by=worker)

    answer = client.post(reverse("people:search"), {"full_name": "Hartana", "sex": "L"})

    assert reverse("people:detail", args=[person.pk]) in answer.text
    assert "Hartono" in answer.text


def test_the_ticket_holds_what_was_typed_and_no_address_does(client, worker):
    answer = client.post(reverse("people:search"), {"full_name": "Slamet", "nik": NIK})

    said = signing.loads(ticket_in(answer), salt=SALT)["said"]
    assert said == {"full_name": "Slamet", "nik": NIK}
    assert "?" not in answer.request["PATH_INFO"]


def test_somebody_unknown_is_registered_with_what_is_seen(client, worker):
    ticket = write_ticket({"nameless": True}, by=worker)

    client.post(
        reverse("people:register"),
        {
            **{"ticket": ticket, "variant": "unknown", "save": "1", "called": "Pardi"},
            **{"age_from": "40", "age_to": "45", "place": "35.21.10.2001"},
            **{"marks": "Luka di lengan\nTato", "clothing": "Kaus merah"},
        },
    )

    person = list_people(user=worker).get()
    assert person.temporary_code.startswith("X-PARON-")
    assert (person.marks.count(), person.belongings.count()) == (2, 1)


def test_a_nik_that_looks_wrong_is_said_and_kept(client, worker):
    ticket = write_ticket({}, by=worker)

    answer = client.post(
        reverse("people:register"),
        {
            **{"ticket": ticket, "variant": "known", "save": "1"},
            **{"full_name": "Sutini", "sex": "P", "nik": NIK},
        },
        follow=True,
    )

    assert any(message.level_tag == "warning" for message in answer.context["messages"])
    assert list_people(user=worker).get().identifiers.get().kind == "nik"


def test_the_check_tells_of_the_number_and_of_who_has_it(client, worker, make_person):
    person = make_person("Hartono", numbers=(NumberDraft(NIK),), by=worker)

    answer = client.post(reverse("people:check_numbers"), {"nik": NIK, "sex": "P"})

    assert person.number in answer.text
    assert answer.context["remarks"][0].level == "warning"


def test_the_check_hints_at_no_sealed_person(client, worker, make_person, compartment):
    make_person("Ayu", numbers=(NumberDraft(NIK),), compartment=compartment)

    answer = client.post(reverse("people:check_numbers"), {"nik": NIK})

    assert answer.context["holders"] == []


def test_the_page_of_a_person_shows_the_number_masked(client, worker, make_person):
    person = make_person("Hartono", numbers=(NumberDraft(NIK),), by=worker)

    answer = client.get(reverse("people:detail", args=[person.pk]))

    assert NIK not in answer.text
    assert "3521********0001" in answer.text


def test_the_page_asks_a_bounded_number_of_questions(
    client, worker, make_person, django_assert_max_num_queries
):
    person = make_person(
        "Hartono",
        numbers=(NumberDraft(NIK),),
        names=(NameDraft("Gembul"),),
        statuses=(StatusDraft(9), StatusDraft(11)),
        by=worker,
    )

    with django_assert_max_num_queries(12):
        client.get(reverse("people:detail", args=[person.pk]))


@pytest.mark.parametrize("part", ["family", "history"])
def test_the_parts_of_the_page_open(client, worker, make_person, part):
    person = make_person(kin=(KinDraft("Wagirah", "mother"),), by=worker)

    answer = client.get(reverse(f"people:{part}", args=[person.pk]))

    assert answer.status_code == 200


def test_a_number_is_shown_when_asked_for_and_the_trail_knows(client, worker, make_person):
    person = make_person(numbers=(NumberDraft(NIK),), by=worker)

    answer = client.post(reverse("people:reveal", args=[person.pk, person.identifiers.get().pk]))

    assert NIK in answer.text
    assert AuditEvent.objects.filter(verb="identifier.revealed").count() == 1


def pages_of(person):
    some = person.pk
    return [
        *(reverse(f"people:{name}", args=[person.pk]) for name in ("detail", "family", "history")),
        *(reverse(f"people:{name}", args=[person.pk]) for name in ("edit", "identify", "death")),
        *(reverse("people:add", args=[person.pk, what]) for what in ADDITIONS),
        *(reverse("people:remove", args=[person.pk, what, some]) for what in REMOVABLE),
        reverse("people:end_status", args=[person.pk, some]),
        reverse("people:withdraw", args=[person.pk, some]),
    ]


def test_a_sealed_person_has_no_page_for_an_outsider(client, worker, make_person, compartment):
    person = make_person("Ayu", compartment=compartment)

    assert {client.get(page).status_code for page in pages_of(person)} == {404}


def test_the_answer_for_a_sealed_person_is_that_for_nobody(
    client, worker, make_person, compartment
):
    person = make_person("Ayu", compartment=compartment)
    sealed = client.get(reverse("people:detail", args=[person.pk]))
    nobody = client.get(reverse("people:detail", args=[NOBODY]))

    assert plain(sealed, person.pk) == plain(nobody, NOBODY)


def test_who_only_reads_opens_the_page_and_no_form(client, make_user, make_person):
    person = make_person()
    client.force_login(make_user("head_of_office"))

    assert client.get(reverse("people:detail", args=[person.pk])).status_code == 200
    assert client.get(reverse("people:edit", args=[person.pk])).status_code == 403


def test_a_student_is_turned_away(client, make_user, make_person):
    person = make_person()
    client.force_login(make_user("student"))

    assert client.get(reverse("people:detail", args=[person.pk])).status_code == 403
    assert client.post(reverse("people:search"), {"full_name": "A"}).status_code == 403


@pytest.mark.parametrize("what", list(ADDITIONS))
def test_every_short_form_opens_refuses_and_saves(client, worker, make_person, what):
    page = reverse("people:add", args=[make_person(by=worker).pk, what])

    opened = client.get(page)
    refused = client.post(page, {"kind": "x"})
    saved = client.post(page, ANSWERS[what])

    assert (opened.status_code, refused.status_code, saved.status_code) == (200, 422, 302)


@pytest.mark.parametrize("what", list(REMOVABLE))
def test_what_was_added_can_be_taken_away(client, worker, make_person, what):
    person = make_person(by=worker)
    client.post(reverse("people:add", args=[person.pk, what]), ANSWERS[what])
    part = getattr(person, REMOVABLE[what]).get()
    page = reverse("people:remove", args=[person.pk, what, part.pk])

    assert client.get(page).status_code == 200
    assert client.post(page, {"reason": "Salah"}).status_code == 302
    assert not getattr(person, REMOVABLE[what]).exists()


def test_a_word_that_nothing_can_be_added_by_is_no_page(client, worker, make_person):
    person = make_person(by=worker)

    assert client.get(reverse("people:add", args=[person.pk, "apa"])).status_code == 404


def test_a_part_of_another_person_is_not_reached(client, worker, make_person):
    mine = make_person(by=worker)
    other = make_person(names=(NameDraft("Gembul"),), by=worker)

    page = reverse("people:remove", args=[mine.pk, "nama", other.names.get().pk])

    assert client.get(page).status_code == 404


def test_an_edit_is_refused_with_its_reason_and_saved(client, worker, make_person):
    person = make_person("Slamet", by=worker)
    page = reverse("people:edit", args=[person.pk])

    stamp = {"stamp": stamp_of(person)}
    refused = client.post(page, {"full_name": "", **stamp})
    saved = client.post(page, {"full_name": "Selamet", "birth_year": "1970", **stamp})

    person.refresh_from_db()
    assert (refused.status_code, saved.status_code) == (422, 302)
    assert (person.full_name, person.birth_year_from) == ("Selamet", 1970)


def test_an_unchanged_estimate_keeps_the_day_on_which_it_was_made(client, worker, make_person):
    birth = BirthDate.estimated(40, 45, on=dt.date(2021, 1, 12))
    person = make_person("", status=Person.Status.UNIDENTIFIED, birth=birth, by=worker)
    page = reverse("people:edit", args=[person.pk])

    sent = {"age_from": "40", "age_to": "45", "language": "Jawa Timuran"}
    client.post(page, {**sent, "stamp": stamp_of(person)})

    person.refresh_from_db()
    assert (str(person.estimated_on), person.language) == ("2021-01-12", "Jawa Timuran")


def test_somebody_unknown_is_identified_on_a_page(client, worker, make_person):
    person = make_person("", status=Person.Status.UNIDENTIFIED, by=worker)
    page = reverse("people:identify", args=[person.pk])

    sent = {"full_name": "Supardi", "how": "Keluarga dari Walikukun"}
    client.post(page, {**sent, "stamp": stamp_of(person)})

    person.refresh_from_db()
    assert (person.status, person.name) == ("identified", "Supardi")


def test_a_relative_is_linked_by_number(client, worker, make_person):
    person, mother = make_person(by=worker), make_person("Wagirah", by=worker)

    client.post(
        reverse("people:add", args=[person.pk, "keluarga"]),
        {"relation": "mother", "other": mother.number},
    )

    assert person.kin.get().other == mother


def test_a_sealed_relative_is_an_unknown_number_to_an_outsider(
    client, worker, make_person, compartment
):
    sealed = make_person("Ayu", compartment=compartment)
    page = reverse("people:add", args=[make_person(by=worker).pk, "keluarga"])

    hidden = client.post(page, {"relation": "child", "other": sealed.number})
    absent = client.post(page, {"relation": "child", "other": "S-ZZZZZZZZ"})

    assert (hidden.status_code, absent.status_code) == (422, 422)
    assert hidden.context["form"].errors == absent.context["form"].errors


def test_a_status_ends_and_a_consent_is_withdrawn(client, worker, make_person):
    person = make_person(statuses=(StatusDraft(9),), by=worker)
    client.post(reverse("people:add", args=[person.pk, "persetujuan"]), ANSWERS["persetujuan"])
    end = reverse("people:end_status", args=[person.pk, person.statuses.get().pk])
    withdraw = reverse("people:withdraw", args=[person.pk, person.consents.get().pk])

    client.post(end, {"ended_on": "2026-01-05"})
    client.post(withdraw, {"reason": "Berubah pikiran"})

    assert str(person.statuses.get().ended_on) == "2026-01-05"
    assert person.consents.get().withdrawn_on is not None


def test_the_action_never_asks_for_a_ticket(make_user):
    # Imports and other apps search in their own way; the ticket is the page's.
    assert register_person(draft=PersonDraft(full_name="Slamet"), by=make_user()).pk
