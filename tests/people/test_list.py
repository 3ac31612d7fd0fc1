"""R-PEO-7, R-PEO-13: the list of people, its filters and its search."""

import datetime as dt

import pytest
from django.urls import reverse

from jejak.birth import BirthDate
from pulih.people.drafts import AddressDraft, NumberDraft, StatusDraft
from pulih.people.models import Person
from pulih.people.queries import PeopleFilter, list_people

TODAY = dt.date(2026, 11, 24)
NIK = "3521091201870001"


def names(user, **narrowed):
    rows = list_people(user=user, narrowed=PeopleFilter(**narrowed), today=TODAY)
    return [person.name for person in rows]


def test_people_come_by_name_whatever_their_titles(make_user, make_person):
    for name in ("Wagiman", "H. Abdul Karim", "slamet"):
        make_person(name)

    assert names(make_user()) == ["H. Abdul Karim", "slamet", "Wagiman"]


@pytest.mark.parametrize("text", ["karim", "Abd", "abdul kar", "KARIM abdul"])
def test_a_part_of_a_name_is_enough(make_user, make_person, text):
    make_person("H. Abdul Karim")
    make_person("Slamet")

    assert names(make_user(), text=text) == ["H. Abdul Karim"]


def test_a_number_or_a_code_finds_one_person(make_user, make_person):
    user, person = make_user(), make_person("Slamet")
    unknown = make_person("", status="unidentified", found_on=dt.date(2021, 1, 12))
    make_person("Wagiman")

    assert names(user, text=person.number.lower()) == ["Slamet"]
    assert names(user, text="x-ngawi-2021") == [unknown.temporary_code]


@pytest.mark.parametrize("text", [NIK, f" {NIK} ", "3521 0912 0187 0001"])
def test_a_nik_finds_its_people(make_user, make_person, text):
    make_person("Slamet", numbers=(NumberDraft(NIK),))
    make_person("Wagiman")

    assert names(make_user(), text=text) == ["Slamet"]


def test_sealed_people_are_in_no_list_of_an_outsider(make_user, make_person, compartment):
    sealed = make_person("Ayu", numbers=(NumberDraft(NIK),), compartment=compartment)
    outsider = make_user("section_head")

    assert names(outsider) == []
    assert names(outsider, text="ayu") == []
    assert names(outsider, text=NIK) == names(outsider, text=sealed.number) == []


def test_who_is_named_finds_a_sealed_person_by_name_and_number(
    make_person, make_member, compartment
):
    make_person("Ayu", numbers=(NumberDraft(NIK),), compartment=compartment)
    member = make_member()

    assert names(member, text="ayu") == names(member, text=NIK) == ["Ayu"]


def test_a_district_holds_its_villages(make_user, make_person):
    for name, code in (
        ("Slamet", "35.21.09.2001"),
        ("Parto", "35.21.09"),
        ("Yem", "35.21.10.2001"),
    ):
        make_person(name, addresses=(AddressDraft(region_code=code),))

    assert names(make_user(), place="35.21.09") == ["Parto", "Slamet"]


def test_kinds_and_sections_narrow(make_user, make_person):
    make_person("Slamet", statuses=(StatusDraft(kind=9),))
    make_person("Parto", statuses=(StatusDraft(kind=24),))
    user = make_user()

    assert names(user, kind=9) == ["Slamet"]
    assert names(user, section="rehabilitation") == ["Slamet"]


def test_a_kind_held_closely_cannot_be_asked_for(make_user, make_person):
    make_person("Slamet", statuses=(StatusDraft(kind=16),))

    assert names(make_user(), kind=16) == []


@pytest.mark.parametrize(("band", "expected"), [("60+", ["Slamet"]), ("31-45", ["Parto", "Yem"])])
def test_ages_narrow_estimates_by_their_middle(make_user, make_person, band, expected):
    make_person("Slamet", birth=BirthDate.year(1950))
    make_person("Parto", birth=BirthDate.exact(dt.date(1995, 11, 24)))
    make_person("Yem", birth=BirthDate.estimated(35, 45, on=TODAY))

    assert names(make_user(), band=band) == expected


def test_state_and_sex_narrow(make_user, make_person):
    make_person("Slamet", sex="L")
    unknown = make_person("", sex="P", status=Person.Status.UNIDENTIFIED)
    user = make_user()

    assert names(user, status="unidentified") == [unknown.temporary_code]
    assert names(user, sex="L") == ["Slamet"]


def test_joined_entries_are_left_out(make_user, make_person):
    kept, absorbed = make_person("Slamet"), make_person("Selamet")
    absorbed.merged_into = kept
    absorbed.save()

    assert names(make_user()) == ["Slamet"]


@pytest.mark.parametrize("query", ["", "?text=slamet&band=60%2B", "?kind=x&page=-3", "?page=99999"])
def test_the_page_opens_whatever_stands_in_the_address(client, make_user, make_person, query):
    make_person("Slamet", birth=BirthDate.year(1950))
    client.force_login(make_user())

    answer = client.get(reverse("people:list") + query)

    assert answer.status_code == 200


def test_the_page_asks_a_bounded_number_of_questions(
    client, make_user, make_person, django_assert_max_num_queries
):
    user = make_user()
    for number in range(30):
        make_person(f"Slamet {'abcdefghij'[number % 10]}", by=user)
    client.force_login(user)

    with django_assert_max_num_queries(12):
        client.get(reverse("people:list"), {"text": "slamet", "kind": ""})


def test_the_list_is_not_for_everybody(client, make_user):
    client.force_login(make_user("student"))

    assert client.get(reverse("people:list")).status_code == 403


def test_a_page_beyond_the_end_is_the_first(client, make_user, make_person):
    person = make_person("Slamet")
    client.force_login(make_user())

    page = client.get(reverse("people:list"), {"page": "9"})

    assert page.status_code == 200
    assert person.name in page.text
