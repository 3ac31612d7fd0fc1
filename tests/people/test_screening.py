"""R-PEO-52: the search of the registry compares what shares a number or rare keys, no more."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from uuid import UUID

import pytest

from jejak.birth import BirthDate
from pulih.access.models import User
from pulih.people import tasks
from pulih.people.actions.merging import merge_people
from pulih.people.actions.registration import register_person
from pulih.people.actions.searching import start_scan
from pulih.people.drafts import AddressDraft, NumberDraft, PersonDraft
from pulih.people.models import DuplicatePair, Person
from pulih.people.pairs import COMPARED_ROWS
from pulih.people.queries.screening import probable_pairs, screened_people

BORN = BirthDate.exact(dt.date(1970, 5, 4))
HOME = (AddressDraft("35.21.12"),)


@pytest.fixture
def officer(make_user: Callable[..., User]) -> User:
    return make_user(role="data_officer")


def register(officer: User, name: str, **values: object) -> Person:
    return register_person(draft=PersonDraft(full_name=name, **values), by=officer)


def screen(officer: User) -> set[frozenset[UUID]]:
    people = list(screened_people(user=officer).prefetch_related(*COMPARED_ROWS))
    return {frozenset((pair.one, pair.other)) for pair in probable_pairs(people, user=officer)}


def test_another_spelling_with_birth_and_district_is_found(officer: User) -> None:
    one = register(officer, "Suparjo Hadi", sex="L", birth=BORN, addresses=HOME)
    other = register(officer, "Soeparjo Hadi", sex="L", birth=BORN, addresses=HOME)

    assert screen(officer) == {frozenset((one.pk, other.pk))}


def test_the_same_number_is_found_under_another_name(officer: User) -> None:
    number = (NumberDraft("3521121204700001"),)
    one = register(officer, "Suparjo", numbers=number)
    other = register(officer, "Wagimin", numbers=number)

    assert screen(officer) == {frozenset((one.pk, other.pk))}


def test_people_who_share_only_a_name_and_nothing_else_are_not_proposed(officer: User) -> None:
    register(officer, "Slamet", birth=BORN)
    register(officer, "Slamet", birth=BirthDate.exact(dt.date(2001, 1, 9)))

    assert screen(officer) == set()


def test_a_pair_is_looked_at_once_and_from_both_sides_when_asked(officer: User) -> None:
    one = register(officer, "Suparjo Hadi", birth=BORN, addresses=HOME)
    other = register(officer, "Suparjo Hadi", birth=BORN, addresses=HOME)
    low, high = sorted((one, other), key=lambda person: person.pk)
    later = list(screened_people(user=officer).filter(pk=high.pk))

    assert probable_pairs(later, user=officer) == []
    found = probable_pairs(later, user=officer, both_ways=True)
    assert [pair.other for pair in found] == [low.pk]


def test_a_search_that_was_interrupted_goes_on_where_it_was(
    officer: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tasks, "PIECE", 2)
    for _ in range(5):
        register(officer, "Suparjo Hadi", birth=BORN, addresses=HOME)
    scan = start_scan(by=officer)

    finished = tasks.go_on(scan.pk, seconds=-1)
    scan.refresh_from_db()

    assert (finished, scan.done) == (False, 2)
    assert tasks.go_on(scan.pk, seconds=60)
    assert DuplicatePair.objects.visible_to(officer).count() == 10


def test_one_search_runs_at_a_time(officer: User) -> None:
    assert start_scan(by=officer) == start_scan(by=officer)


def test_after_a_merge_the_entry_that_stays_is_looked_at_again(officer: User) -> None:
    kept = register(officer, "Suparjo Hadi")
    other = register(officer, "Suparjo Hadi", birth=BORN, addresses=HOME)
    third = register(officer, "Suparjo Hadi", birth=BORN, addresses=HOME)
    merge_people(kept=kept, absorbed=other, by=officer)

    tasks.look_for_duplicates.func(str(kept.pk), str(officer.pk))

    pair = DuplicatePair.objects.visible_to(officer).get()
    assert {pair.first_id, pair.second_id} == {kept.pk, third.pk}


def test_many_entries_cost_few_queries(
    officer: User, django_assert_max_num_queries: Callable[..., object]
) -> None:
    for _ in range(12):
        register(officer, "Suparjo Hadi", birth=BORN, addresses=HOME)
    people = list(screened_people(user=officer).prefetch_related(*COMPARED_ROWS))

    with django_assert_max_num_queries(12):
        assert len(probable_pairs(people, user=officer)) == 66
