"""R-PEO-2, R-PEO-8, R-PEO-10, R-PEO-11: changes keep what was, and say who made them."""

import dataclasses
import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from jejak.birth import BirthDate
from pulih.access.models import AuditEvent
from pulih.common.clock import today
from pulih.common.errors import RuleError
from pulih.people.actions import details
from pulih.people.actions.editing import edit_person, identify_person, record_death
from pulih.people.drafts import (
    AddressDraft,
    ContactDraft,
    Facts,
    KinDraft,
    NameDraft,
    NumberDraft,
)
from pulih.people.models import Person, SearchKey
from pulih.people.queries import PeopleFilter, list_people

REASON = "looked at by the test"
FACTS = Facts(full_name="Slamet Riyanto", sex="L", birth=None)


def last_event():
    return AuditEvent.objects.order_by("-sequence").first()


def found(text, user):
    return list(list_people(user=user, narrowed=PeopleFilter(text=text)))


def test_an_edit_keeps_before_and_after_in_the_trail(make_user, make_person):
    user, person = make_user(), make_person("Slamet Rianto")

    edit_person(person=person, facts=FACTS, by=user)

    event = last_event()
    assert event.verb == "person.edited"
    assert event.detail["full_name"] == ["Slamet Rianto", "Slamet Riyanto"]


def test_an_edit_that_changes_nothing_writes_nothing(make_user, make_person):
    person = make_person("Slamet Riyanto", sex="L")
    before = AuditEvent.objects.count()

    edit_person(person=person, facts=FACTS, by=make_user())

    assert AuditEvent.objects.count() == before


def test_a_new_name_is_found_and_the_old_one_no_more(make_user, make_person):
    user, person = make_user(), make_person("Wagiman")

    edit_person(person=person, facts=dataclasses.replace(FACTS, full_name="Suparno"), by=user)

    assert found("suparno", user) == [person]
    assert found("wagiman", user) == []


def test_a_known_name_is_not_taken_away(make_user, make_person):
    with pytest.raises(RuleError) as refusal:
        edit_person(
            person=make_person(),
            facts=dataclasses.replace(FACTS, full_name=" "),
            by=make_user(),
        )

    assert refusal.value.rule == "R-PEO-2"


def test_the_head_of_office_reads_and_does_not_edit(make_user, make_person):
    with pytest.raises(PermissionDenied):
        edit_person(person=make_person(), facts=FACTS, by=make_user("head_of_office"))


def test_an_absorbed_entry_is_not_changed(make_user, make_person):
    kept, absorbed = make_person(), make_person()
    absorbed.merged_into = kept
    absorbed.save()

    with pytest.raises(RuleError):
        edit_person(person=absorbed, facts=FACTS, by=make_user())


def test_the_name_of_a_sealed_person_stays_hidden(make_person, make_member, compartment):
    person = make_person("Ayu", compartment=compartment)

    edited = edit_person(
        person=person, facts=dataclasses.replace(FACTS, full_name="Ayu Lestari"), by=make_member()
    )

    assert (edited.full_name, edited.name) == ("", "Ayu Lestari")
    assert not SearchKey.objects.unscoped(reason=REASON).exists()


def test_somebody_who_is_identified_keeps_the_temporary_code(make_user, make_person):
    user = make_user()
    person = make_person("", status="unidentified", names=(NameDraft("Pardi"),))

    identify_person(person=person, facts=FACTS, how="Sidik jari di Dukcapil", by=user)

    person.refresh_from_db()
    assert (person.status, person.name) == (Person.Status.IDENTIFIED, "Slamet Riyanto")
    assert person.temporary_code
    assert str(person.facts.get(code="identified").detail) == "Sidik jari di Dukcapil"


@pytest.mark.parametrize(("name", "how"), [("", "Keluarga"), ("Slamet", " ")])
def test_an_identification_needs_name_and_evidence(make_user, make_person, name, how):
    person = make_person("", status="unidentified")

    with pytest.raises(RuleError) as refusal:
        identify_person(
            person=person,
            facts=dataclasses.replace(FACTS, full_name=name),
            how=how,
            by=make_user(),
        )

    assert refusal.value.rule == "R-PEO-8"


def test_nobody_is_identified_twice(make_user, make_person):
    with pytest.raises(RuleError, match="R-PEO|already|sudah"):
        identify_person(person=make_person(), facts=FACTS, how="Keluarga", by=make_user())


def test_a_death_is_recorded_with_its_source(make_user, make_person):
    person = record_death(
        person=make_person(), died_on=today(), source="Surat desa", by=make_user()
    )

    assert person.status == Person.Status.DECEASED
    assert last_event().reason == "Surat desa"


@pytest.mark.parametrize(
    ("died_on", "source"),
    [
        (dt.date(2999, 1, 1), "Surat desa"),
        (dt.date(1950, 1, 1), "Surat desa"),
        (None, ""),
    ],
)
def test_an_impossible_death_is_refused(make_user, make_person, died_on, source):
    person = make_person(birth=BirthDate.exact(dt.date(1960, 1, 1)))

    with pytest.raises(RuleError) as refusal:
        record_death(person=person, died_on=died_on, source=source, by=make_user())

    assert refusal.value.rule == "R-PEO-10"


def test_a_person_is_found_by_a_name_added_later(make_user, make_person):
    user, person = make_user(), make_person()

    details.add_name(person=person, draft=NameDraft("Gembul"), by=user)

    assert found("gembul", user) == [person]


def test_a_new_home_makes_the_old_one_a_former_one(make_user, make_person):
    user = make_user()
    person = make_person(addresses=(AddressDraft(region_code="35.21.09.2001"),))

    details.add_address(person=person, draft=AddressDraft(region_code="35.21.10.2001"), by=user)

    person.refresh_from_db()
    assert person.home_code == "35.21.10.2001"
    assert person.addresses.filter(is_current=True).get().region_id == "35.21.10.2001"


def test_a_region_that_does_not_exist_is_kept_as_words_only(make_user, make_person):
    person = make_person()

    draft = AddressDraft(region_code="99.99", typed_place="Desa Entah")
    address = details.add_address(person=person, draft=draft, by=make_user())

    assert (address.region_id, address.typed_place) == (None, "Desa Entah")


def test_a_number_that_was_mistyped_is_removed_and_the_trail_keeps_it(make_user, make_person):
    user, person = make_user(), make_person(numbers=(NumberDraft("3521091201870001"),))

    details.remove_detail(detail=person.identifiers.get(), reason="Salah ketik", by=user)

    assert not person.identifiers.exists()
    assert last_event().detail["value"] == "3521091201870001"


def test_nothing_is_removed_without_a_reason(make_user, make_person):
    person = make_person(names=(NameDraft("Gembul"),))

    with pytest.raises(RuleError):
        details.remove_detail(detail=person.names.get(), reason=" ", by=make_user())


def test_showing_a_number_is_in_the_trail(make_user, make_person):
    user, person = make_user(), make_person(numbers=(NumberDraft("3521091201870001"),))

    value = details.reveal_identifier(identifier=person.identifiers.get(), by=user)

    assert value == "3521091201870001"
    assert (last_event().verb, last_event().actor) == ("identifier.revealed", user)


def test_a_relative_is_an_entry_or_a_name(make_user, make_person):
    user, person, mother = make_user(), make_person(), make_person("Wagirah")

    details.add_kinship(person=person, draft=KinDraft("", "mother"), other=mother, by=user)
    details.add_kinship(person=person, draft=KinDraft("Parto", "father"), by=user)

    assert person.kin.get(relation="mother").other == mother
    assert str(person.kin.get(relation="father").other_name) == "Parto"


def test_nobody_is_their_own_relative(make_user, make_person):
    person = make_person()

    with pytest.raises(RuleError):
        details.add_kinship(person=person, draft=KinDraft(""), other=person, by=make_user())


def test_an_open_entry_never_points_into_a_compartment(make_person, make_member, compartment):
    sealed, opened = make_person("Ayu", compartment=compartment), make_person()

    with pytest.raises(RuleError):
        details.add_kinship(
            person=opened, draft=KinDraft("", "child"), other=sealed, by=make_member()
        )


def test_a_contact_says_whether_it_may_be_called(make_user, make_person):
    person = make_person()

    draft = ContactDraft("081234567890", owner="Suami", is_safe=False)
    contact = details.add_contact(person=person, draft=draft, by=make_user())

    assert not contact.is_safe
    assert str(contact.owner) == "Suami"
