"""R-PEO-1, R-PEO-3, R-PEO-4, R-PEO-5: a new entry takes what is known and refuses nothing."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError

from jejak.birth import BirthDate
from pulih.access.models import AuditEvent
from pulih.people.actions.registration import register_person
from pulih.people.drafts import (
    AddressDraft,
    ContactDraft,
    FactDraft,
    KinDraft,
    NameDraft,
    NumberDraft,
    PersonDraft,
    SignDraft,
    StatusDraft,
)
from pulih.people.models import Identifier, KeyCount, Person, SearchKey
from pulih.people.storage.columns import COLUMNS

REASON = "looked at by the test"
NIK = "3521091201870001"


def test_one_word_is_enough_for_a_name(make_user):
    person = register_person(draft=PersonDraft(full_name="Slamet"), by=make_user())

    assert person.name == "Slamet"
    assert person.number.startswith("P-")
    assert person.status == Person.Status.IDENTIFIED


def test_nothing_at_all_is_refused(make_user):
    person = register_person(draft=PersonDraft(), by=make_user())

    assert person.name == person.number


def test_registering_leaves_one_line_in_the_trail(make_user):
    user = make_user()

    person = register_person(draft=PersonDraft(full_name="Slamet"), by=user)

    event = AuditEvent.objects.get()
    assert (event.verb, event.actor) == ("person.registered", user)
    assert event.subject_label == person.number


def test_everything_of_a_draft_is_kept(make_user):
    draft = PersonDraft(
        full_name="Hj. Siti Aminah",
        sex="P",
        birth=BirthDate.exact(dt.date(1987, 1, 12)),
        names=(NameDraft("Mbak Iti"),),
        numbers=(NumberDraft("3521095201870001"),),
        addresses=(AddressDraft(region_code="35.21.09.2001", hamlet="Krajan", rt="01"),),
        contacts=(ContactDraft("081234567890"),),
        kin=(KinDraft("Wagirah", relation="mother"),),
        statuses=(StatusDraft(kind=9, disability="mental"),),
        facts=(FactDraft("decile", code="3", period="2025-1"),),
        marks=(SignDraft("Bekas luka di lengan", kind="scar"),),
        belongings=(SignDraft("Tas hitam", kind="bag"),),
    )

    person = register_person(draft=draft, by=make_user())

    kept = [
        person.names.get().value,
        str(person.identifiers.get().value),
        str(person.addresses.get().hamlet),
        str(person.contacts.get().value),
        str(person.kin.get().other_name),
        person.statuses.get().kind,
        person.facts.get().code,
        str(person.marks.get().text),
        str(person.belongings.get().text),
    ]
    assert kept == [
        *("Mbak Iti", "3521095201870001", "Krajan", "081234567890", "Wagirah", 9, "3"),
        *("Bekas luka di lengan", "Tas hitam"),
    ]
    assert (person.sort_name, person.home_code) == ("siti aminah", "35.21.09.2001")
    assert person.birth == draft.birth


@pytest.mark.parametrize(
    "birth",
    [
        BirthDate.exact(dt.date(1960, 2, 29)),
        BirthDate.year(1971),
        BirthDate.estimated(40, 45, on=dt.date(2021, 1, 12)),
        None,
    ],
)
def test_a_birth_comes_back_as_it_was_stated(make_user, birth):
    person = register_person(draft=PersonDraft(full_name="Sutini", birth=birth), by=make_user())

    ages = birth.age_on(dt.date(2021, 1, 12)) if birth else None
    assert (person.birth.age_on(dt.date(2021, 1, 12)) if person.birth else None) == ages
    assert person.birth_precision == (birth.precision if birth else "")


def test_a_nik_that_differs_from_the_entry_is_kept_with_a_warning(make_user):
    draft = PersonDraft(full_name="Sutini", sex="P", numbers=(NumberDraft(NIK),))

    person = register_person(draft=draft, by=make_user())

    number = person.identifiers.get()
    assert number.kind == Identifier.Kind.NIK
    assert {"level": "warning", "code": "sex_differs"} in number.findings


def test_a_number_that_cannot_be_a_nik_is_kept_but_not_as_a_nik(make_user):
    draft = PersonDraft(full_name="Sutini", numbers=(NumberDraft("3.52E+15"),))

    number = register_person(draft=draft, by=make_user()).identifiers.get()

    assert number.kind == Identifier.Kind.OTHER
    assert str(number.value) == "3.52E+15"
    assert number.findings[0]["code"] == "scientific_notation"


def test_two_people_may_have_one_nik(make_user):
    user = make_user()
    for name in ("Sutini", "Sutinah"):
        register_person(draft=PersonDraft(full_name=name, numbers=(NumberDraft(NIK),)), by=user)

    numbers = Identifier.objects.visible_to(user)
    assert numbers.count() == 2
    assert len({number.index for number in numbers}) == 1


def test_findings_say_nothing_of_the_number_itself(make_user):
    draft = PersonDraft(full_name="Sutini", sex="P", numbers=(NumberDraft(NIK),))

    number = register_person(draft=draft, by=make_user()).identifiers.get()

    assert all(set(finding) == {"level", "code"} for finding in number.findings)


def test_people_on_one_family_card_share_a_household(make_user):
    user = make_user()
    card = NumberDraft("3521090101150001", kind="kk")

    first, second = (
        register_person(draft=PersonDraft(full_name=name, numbers=(card,)), by=user)
        for name in ("Sutini", "Parto")
    )

    assert first.households.get().household_id == second.households.get().household_id
    assert not first.kin.exists()


@pytest.mark.parametrize("role", ["student", "auditor", "administrator", "head_of_office"])
def test_who_does_not_register_leaves_nothing_behind(make_user, role):
    with pytest.raises(PermissionDenied):
        register_person(draft=PersonDraft(full_name="Slamet"), by=make_user(role))

    assert not Person.objects.unscoped(reason=REASON).exists()
    assert not AuditEvent.objects.exists()


def test_somebody_unknown_gets_a_temporary_code(make_user):
    user = make_user()
    draft = PersonDraft(
        status="unidentified",
        found_region="35.21.10.2001",
        found_on=dt.date(2021, 1, 12),
        names=(NameDraft("Pardi"),),
    )

    first, second = (register_person(draft=draft, by=user) for _ in range(2))

    assert first.name == "X-PARON-20210112-01"
    assert second.name == "X-PARON-20210112-02"
    assert not first.identifiers.exists()


def test_the_code_of_somebody_found_nowhere_known_names_the_office(make_user):
    draft = PersonDraft(status="unidentified", found_on=dt.date(2021, 1, 12))

    assert register_person(draft=draft, by=make_user()).name == "X-NGAWI-20210112-01"


def test_a_sealed_person_has_no_readable_name_and_no_keys(make_person, compartment):
    person = make_person("Ayu Rahayu", compartment=compartment, names=(NameDraft("Ayuk"),))

    assert (person.full_name, person.sort_name, person.name) == ("", "", "Ayu Rahayu")
    assert not SearchKey.objects.unscoped(reason=REASON).exists()
    assert not KeyCount.objects.exists()


def test_a_sealed_number_takes_none_of_the_open_series(make_person, compartment):
    sealed = make_person("Ayu", compartment=compartment)
    first = make_person("Slamet")

    assert sealed.number.startswith("S-")
    assert first.number.endswith("-00001")


def test_the_number_of_a_sealed_person_never_meets_that_of_an_open_one(make_person, compartment):
    numbers = (NumberDraft(NIK),)
    sealed = make_person("Ayu", compartment=compartment, numbers=numbers)
    opened = make_person("Ayu", numbers=numbers)

    assert sealed.identifiers.get().index != opened.identifiers.get().index


def test_nobody_registers_into_a_compartment_that_does_not_name_them(make_user, compartment):
    with pytest.raises(PermissionDenied):
        register_person(draft=PersonDraft(full_name="Ayu"), compartment=compartment, by=make_user())


def test_the_database_keeps_sealed_names_apart(make_person, compartment):
    person = make_person("Ayu", compartment=compartment)
    person.full_name = "Ayu"

    with pytest.raises(IntegrityError):
        person.save()


@pytest.mark.parametrize("model", list(COLUMNS), ids=lambda model: model.__name__)
def test_a_new_entry_fills_every_column(model):
    columns = {field.column for field in model._meta.concrete_fields}
    if model is SearchKey:
        columns.remove("id")

    assert set(COLUMNS[model]) == columns
