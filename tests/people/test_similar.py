"""R-PEO-1, R-PEO-13: who may it be? The open people of the office, and whom the reader may know."""

import datetime as dt

import pytest

from jejak.birth import BirthDate
from pulih.access.models import Office
from pulih.people import evidence
from pulih.people.actions.editing import edit_person
from pulih.people.drafts import AddressDraft, Facts, KinDraft, NameDraft, NumberDraft
from pulih.people.models import Person
from pulih.people.queries import find_similar_people
from pulih.people.queries.unknown import list_unidentified_like
from pulih.people.records import record_of, sought

TODAY = dt.date(2026, 11, 24)
NIK = "3521091201870001"
BORN = BirthDate.exact(dt.date(1987, 1, 12))


def found(user, **known):
    return [item.person for item in find_similar_people(sought(**known), user=user, today=TODAY)]


@pytest.fixture
def crowd(make_person):
    """Others, so that a name is not the name of half of the registry."""
    for name in (
        "Wagiman",
        "Suparno",
        "Sutini",
        "Ngatiyem",
        "Parto Dikromo",
        "Lasmi",
        "Sri Rahayu",
    ):
        make_person(name)


@pytest.mark.parametrize("typed", ["Hartono", "hartana", "Hartonno", "Tono", "Pak Hartono"])
def test_a_person_is_found_by_a_garbled_name(make_user, make_person, crowd, typed):
    person = make_person("Hartono", sex="L", birth=BORN)

    assert found(make_user(), name=typed, sex="L", birth=BORN)[0] == person


def test_a_person_is_found_by_another_name(make_user, make_person, crowd):
    person = make_person("Hartono", names=(NameDraft("Gembul"),), birth=BORN)

    assert found(make_user(), called="Gembul", birth=BORN) == [person]


@pytest.mark.parametrize("typed", [NIK, f"'{NIK}", "3521 0912 0187 0001"])
def test_an_equal_nik_is_found_whatever_the_name(make_user, make_person, crowd, typed):
    person = make_person("Hartono", numbers=(NumberDraft(NIK),))

    assert found(make_user(), name="Bambang", numbers=[("nik", typed)]) == [person]


def test_the_reasons_are_told_in_words(make_user, make_person, crowd):
    make_person("Hartono", sex="L", birth=BORN)
    query = sought(name="Hartana", sex="P", birth=BORN)

    match = find_similar_people(query, user=make_user(), today=TODAY)[0].match

    verdicts = {line.label: line.verdict for line in evidence.lines(match.evidence, {})}
    assert verdicts.keys() >= {str(evidence.LABELS[name]) for name in ("name", "sex", "birth")}
    assert verdicts[str(evidence.LABELS["sex"])] == "differs"
    assert verdicts[str(evidence.LABELS["birth"])] == "agrees"


def test_the_mother_tells_two_of_the_same_name_apart(make_user, make_person, crowd):
    make_person("Hartono", birth=BORN, kin=(KinDraft("Lasinem", relation="mother"),))
    person = make_person("Hartono", birth=BORN, kin=(KinDraft("Wagirah", relation="mother"),))

    assert found(make_user(), name="Hartono", mother="Wagirah", birth=BORN)[0] == person


def test_the_village_tells_two_of_the_same_name_apart(make_user, make_person, crowd):
    make_person("Hartono", addresses=(AddressDraft(region_code="35.21.10.2001"),))
    person = make_person("Hartono", addresses=(AddressDraft(region_code="35.21.09.2001"),))

    assert found(make_user(), name="Hartono", birth=None, place="35.21.09.2001")[0] == person


def test_a_sealed_person_is_not_found_by_who_may_not_know(
    make_user, make_person, compartment, crowd
):
    make_person("Ayu Lestari", birth=BORN, numbers=(NumberDraft(NIK),), compartment=compartment)
    outsider = make_user("section_head")

    assert found(outsider, name="Ayu Lestari", birth=BORN, numbers=[("nik", NIK)]) == []


def test_a_sealed_person_is_found_by_who_is_named_there(
    make_person, make_member, compartment, crowd
):
    person = make_person("Ayu Lestari", birth=BORN, compartment=compartment)

    assert found(make_member(), name="Ayu Lestari", birth=BORN) == [person]


def test_a_sealed_number_is_found_by_who_is_named_there(
    make_person, make_member, compartment, crowd
):
    person = make_person("Ayu", numbers=(NumberDraft(NIK),), compartment=compartment)

    assert found(make_member(), name="Bambang", numbers=[("nik", NIK)]) == [person]


def test_an_absorbed_entry_is_not_offered(make_user, make_person, crowd):
    kept, absorbed = (make_person("Hartono", birth=BORN) for _ in range(2))
    absorbed.merged_into = kept
    absorbed.save()

    assert found(make_user(), name="Hartono", birth=BORN) == [kept]


def test_people_of_another_office_are_not_offered(make_user, make_person, crowd):
    other = Office.objects.create(code="madiun", name="Dinas Sosial Madiun", region_code="35.19")
    make_person("Hartono", birth=BORN)

    assert found(make_user("front_desk", office=other), name="Hartono", birth=BORN) == []


def test_a_corrected_birth_changes_by_what_a_person_is_found(make_user, make_person, crowd):
    user, person = make_user(), make_person("Slamet", birth=BirthDate.year(1940))
    for _ in range(3):
        make_person("Slamet", birth=BirthDate.year(1970))

    edit_person(person=person, facts=Facts(full_name="Slamet", sex="L", birth=BORN), by=user)

    assert found(user, name="Slamet", birth=BORN)[0] == person


def test_an_entry_can_itself_be_the_question(make_user, make_person, crowd):
    user = make_user()
    first, second = (make_person("Hartono", birth=BORN) for _ in range(2))

    similar = find_similar_people(record_of(first), user=user, today=TODAY)

    assert [item.person for item in similar] == [second]


def test_a_search_asks_a_bounded_number_of_questions(
    make_user, make_person, crowd, django_assert_max_num_queries
):
    make_person("Hartono", numbers=(NumberDraft(NIK),))
    user = make_user()
    query = sought(name="Hartono", mother="Wagirah", numbers=[("nik", NIK)])

    with django_assert_max_num_queries(12):
        find_similar_people(query, user=user, today=TODAY)


def test_somebody_without_a_name_is_found_by_sex_age_and_place(make_user, make_person):
    about_forty = BirthDate.estimated(38, 45, on=TODAY)
    unknown = {"status": Person.Status.UNIDENTIFIED, "birth": about_forty}
    person = make_person("", sex="L", found_region="35.21.10.2001", **unknown)
    make_person("", sex="P", found_region="35.21.10.2001", **unknown)
    make_person("", sex="L", found_region="35.21.01.2001", **unknown)

    query = sought(sex="L", birth=BirthDate.estimated(40, 50, on=TODAY), place="35.21.10")

    assert list(list_unidentified_like(query, user=make_user())) == [person]
