"""The pages of places, possible duplicates and merges, for who may and who may not."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from jejak.birth import BirthDate
from pulih.access.models import Compartment, CompartmentMember, User
from pulih.people import evidence
from pulih.people.actions.judging import Proposal, propose_pairs
from pulih.people.actions.merging import merge_people
from pulih.people.actions.regions import load_regions
from pulih.people.actions.registration import register_person
from pulih.people.drafts import NameDraft, NumberDraft, PersonDraft
from pulih.people.models import DuplicatePair, DuplicateScan, Judgement, Merge, Person
from pulih.people.queries.duplicates import side_by_side
from pulih.people.regions.read import read_ngawi

NUMBER = (NumberDraft("3521091201870001"),)


@pytest.fixture
def officer(make_user: Callable[..., User], client: Client) -> User:
    user = make_user(role="data_officer")
    client.force_login(user)
    return user


@pytest.fixture
def two(officer: User) -> tuple[Person, Person]:
    born = BirthDate.exact(dt.date(1987, 1, 12))
    drafts = (
        PersonDraft(full_name="Suparjo", sex="L", birth=born, numbers=NUMBER),
        PersonDraft(full_name="Soeparjo", sex="L", birth=born, birth_place="Ngawi"),
    )
    return tuple(register_person(draft=draft, by=officer) for draft in drafts)


@pytest.fixture
def pair(two: tuple[Person, Person], officer: User) -> DuplicatePair:
    propose_pairs(
        pairs=[Proposal(two[0].pk, two[1].pk, 0.8)],
        source=DuplicatePair.Source.SCAN,
        by=officer,
    )
    return DuplicatePair.objects.visible_to(officer).get()


def test_the_picker_gets_options(client: Client, officer: User) -> None:
    load_regions(rows=read_ngawi(), by=None)

    answer = client.get(reverse("people:region_search"), {"q": "waliku"})

    assert 'data-value="35.21.12.' in answer.text
    assert "Walikukun" in answer.text
    assert "Widodaren" in answer.text


def test_the_list_shows_a_pair_with_its_reasons(client: Client, pair: DuplicatePair) -> None:
    answer = client.get(reverse("people:duplicates"))

    assert "Suparjo" in answer.text
    assert reverse("people:pair", args=[pair.pk]) in answer.text


@pytest.mark.parametrize("state", ["open", "same", "not_same", "unsure", "joined", "nonsense"])
def test_every_tab_opens(client: Client, officer: User, state: str) -> None:
    assert client.get(reverse("people:duplicates"), {"status": state}).status_code == 200


def test_the_list_costs_the_same_for_many_pairs(
    client: Client, officer: User, django_assert_max_num_queries: Callable[..., object]
) -> None:
    people = [
        register_person(draft=PersonDraft(full_name="Slamet", numbers=NUMBER), by=officer)
        for _ in range(8)
    ]
    propose_pairs(
        pairs=[Proposal(people[0].pk, other.pk, 0.9) for other in people[1:]],
        source=DuplicatePair.Source.IMPORT,
        by=officer,
    )

    with django_assert_max_num_queries(12):
        client.get(reverse("people:duplicates"))


def test_a_pair_stands_side_by_side(client: Client, pair: DuplicatePair) -> None:
    answer = client.get(reverse("people:pair", args=[pair.pk]))

    assert "Soeparjo" in answer.text
    assert "3521********0001" in answer.text
    assert "3521091201870001" not in answer.text


def test_a_pair_shows_both_names_in_full_in_one_row(officer: User) -> None:
    left = register_person(draft=PersonDraft(full_name="Siti Aminah Wulandari"), by=officer)
    right = register_person(draft=PersonDraft(full_name="Siti Aminah"), by=officer)

    rows = [row for row in side_by_side(left, right) if row.label == evidence.LABELS["name"]]

    assert [(row.left, row.right) for row in rows] == [("Siti Aminah Wulandari", "Siti Aminah")]


def test_an_alias_that_agreed_stays_in_the_row_of_names(officer: User) -> None:
    left = register_person(
        draft=PersonDraft(full_name="Bambang", names=(NameDraft("Gendon"),)), by=officer
    )
    right = register_person(draft=PersonDraft(full_name="Gendon"), by=officer)

    rows = [row for row in side_by_side(left, right) if row.label == evidence.LABELS["name"]]

    assert [(row.left, row.right) for row in rows] == [("Gendon", "Gendon")]


def test_a_verdict_is_given_with_one_button(client: Client, pair: DuplicatePair) -> None:
    address = reverse("people:pair", args=[pair.pk])

    answer = client.post(address, {"verdict": "not_same", "why": "beda ibu"})

    assert answer["Location"] == reverse("people:duplicates")
    pair.refresh_from_db()
    assert pair.state == Judgement.Verdict.NOT_SAME


def test_the_same_leads_to_the_joining(client: Client, pair: DuplicatePair) -> None:
    answer = client.post(reverse("people:pair", args=[pair.pk]), {"verdict": "same"})

    assert "/gabung/" in answer["Location"]


def test_a_verdict_that_does_not_exist_is_refused(client: Client, pair: DuplicatePair) -> None:
    answer = client.post(reverse("people:pair", args=[pair.pk]), {"verdict": "maybe"})

    assert answer.status_code == 422


def test_the_preview_tells_what_would_be(client: Client, two: tuple[Person, Person]) -> None:
    answer = client.get(reverse("people:merge", args=[two[1].pk, two[0].pk]))

    assert answer.status_code == 200
    assert 'name="take_name"' in answer.text
    assert Merge._base_manager.count() == 0


def test_a_choice_on_the_page_is_carried_out(
    client: Client, two: tuple[Person, Person], officer: User
) -> None:
    answer = client.post(
        reverse("people:merge", args=[two[0].pk, two[1].pk]), {"take_name": "other"}
    )

    merge = Merge._base_manager.get()
    assert answer["Location"] == reverse("people:merged", args=[merge.pk])
    assert Person.objects.visible_to(officer).get(pk=two[0].pk).full_name == "Soeparjo"


def test_a_merge_is_undone_from_its_page(client: Client, two: tuple[Person, Person]) -> None:
    client.post(reverse("people:merge", args=[two[0].pk, two[1].pk]))
    merge = Merge._base_manager.get()

    assert client.get(reverse("people:merged", args=[merge.pk])).status_code == 200
    client.post(reverse("people:merge_undo", args=[merge.pk]), {"why": "keliru"})

    merge.refresh_from_db()
    assert merge.undone_at is not None


def test_an_undo_says_why(client: Client, two: tuple[Person, Person], officer: User) -> None:
    merge = merge_people(kept=two[0], absorbed=two[1], by=officer)

    answer = client.post(reverse("people:merge_undo", args=[merge.pk]), {"why": ""})

    assert answer.status_code == 422


def test_the_page_shows_what_stands_in_the_way(
    client: Client, two: tuple[Person, Person], officer: User
) -> None:
    merge_people(kept=two[0], absorbed=two[1], by=officer)

    address = reverse("people:merge", args=[two[0].pk, two[1].pk])

    assert two[1].number in client.get(address).text
    assert client.post(address).status_code == 422


def test_the_search_of_the_registry_finds_the_pair(
    client: Client, two: tuple[Person, Person], officer: User
) -> None:
    register_person(draft=PersonDraft(full_name="Suparjo", numbers=NUMBER), by=officer)

    client.post(reverse("people:duplicates_scan"))

    scan = DuplicateScan.objects.get()
    assert scan.finished_at is not None
    assert scan.done == scan.total == 3
    assert DuplicatePair.objects.visible_to(officer).count() >= 1


def test_the_progress_of_the_search_is_shown(client: Client, officer: User) -> None:
    DuplicateScan.objects.create(
        office=officer.office, by=officer, started_at=dt.datetime.now(dt.UTC), total=50, done=20
    )

    answer = client.get(reverse("people:duplicates_progress"))

    assert 'value="20"' in answer.text
    assert reverse("people:duplicates_progress") in answer.text


@pytest.mark.parametrize("role", ["front_desk", "social_worker", "auditor"])
def test_roles_without_the_right_are_turned_away(
    client: Client, pair: DuplicatePair, make_user: Callable[..., User], role: str
) -> None:
    client.force_login(make_user(role=role))

    assert client.get(reverse("people:duplicates")).status_code == 403
    assert client.get(reverse("people:pair", args=[pair.pk])).status_code == 403


def test_a_sealed_entry_does_not_exist_for_who_may_not_know(
    client: Client, two: tuple[Person, Person], make_user: Callable[..., User]
) -> None:
    head = make_user(role="section_head")
    room = Compartment.objects.create(office=head.office)
    CompartmentMember.objects.create(
        compartment=room, user=head, valid_from=dt.date(2020, 1, 1), purpose="kasus"
    )
    sealed = register_person(draft=PersonDraft(full_name="Rini"), compartment=room, by=head)

    answer = client.get(reverse("people:merge", args=[two[0].pk, sealed.pk]))

    assert answer.status_code == 404


def test_the_page_of_an_absorbed_entry_leads_to_the_one_that_stays(
    client: Client, two: tuple[Person, Person], officer: User
) -> None:
    third = register_person(draft=PersonDraft(full_name="Suparjo"), by=officer)
    merge_people(kept=two[1], absorbed=two[0], by=officer)
    merge_people(kept=third, absorbed=two[1], by=officer)

    answer = client.get(reverse("people:detail", args=[two[0].pk]))

    assert answer["Location"] == reverse("people:detail", args=[third.pk])


def test_the_page_of_the_entry_that_stays_names_what_it_absorbed(
    client: Client, two: tuple[Person, Person], officer: User
) -> None:
    merge = merge_people(kept=two[0], absorbed=two[1], by=officer)

    answer = client.get(reverse("people:detail", args=[two[0].pk]))

    assert reverse("people:merged", args=[merge.pk]) in answer.text
