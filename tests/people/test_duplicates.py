"""R-PEO-45, R-PEO-46: probable duplicates are proposed, judged by people, and remembered."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied

from jejak.birth import BirthDate
from pulih.access.models import AuditEvent, Compartment, CompartmentMember, Office, User
from pulih.common.errors import RuleError
from pulih.people.actions.judging import Proposal, judge_pair, propose_pairs
from pulih.people.actions.merging import merge_people
from pulih.people.actions.registration import register_person
from pulih.people.drafts import NumberDraft, PersonDraft
from pulih.people.models import DuplicatePair, Judgement, Person

Verdict = Judgement.Verdict
SCAN = DuplicatePair.Source.SCAN


@pytest.fixture
def officer(make_user: Callable[..., User]) -> User:
    return make_user(role="data_officer")


@pytest.fixture
def two(officer: User) -> tuple[Person, Person]:
    born = BirthDate.exact(dt.date(1970, 5, 4))
    return tuple(
        register_person(draft=PersonDraft(full_name=name, sex="L", birth=born), by=officer)
        for name in ("Suparjo", "Soeparjo")
    )


def propose(two: tuple[Person, Person], officer: User, **values: object) -> int:
    proposal = Proposal(two[0].pk, two[1].pk, 0.8)
    return propose_pairs(pairs=[proposal], source=SCAN, by=officer, **values)


def pair() -> DuplicatePair:
    return DuplicatePair.objects.unscoped(reason="test").get()


def test_a_pair_is_proposed_with_its_evidence(two: tuple[Person, Person], officer: User) -> None:
    assert propose(two, officer) == 1

    fields = {item["field"]: item["level"] for item in pair().evidence}
    assert fields["birth"] == "same_date"
    assert fields["name"] == "spelling"


def test_the_direction_of_the_proposal_makes_no_second_pair(
    two: tuple[Person, Person], officer: User
) -> None:
    propose(two, officer)

    assert propose((two[1], two[0]), officer) == 0
    assert pair().first_id < pair().second_id


@pytest.mark.parametrize("verdict", [Verdict.NOT_SAME, Verdict.UNSURE, Verdict.SAME])
def test_a_verdict_is_kept_and_the_pair_does_not_come_back(
    two: tuple[Person, Person], officer: User, verdict: str
) -> None:
    propose(two, officer)
    judge_pair(first=two[1], second=two[0], verdict=verdict, why="kenal", by=officer)

    assert propose(two, officer) == 0
    assert pair().state == verdict


def test_a_verdict_before_the_proposal_counts_too(
    two: tuple[Person, Person], officer: User
) -> None:
    judge_pair(first=two[0], second=two[1], verdict=Verdict.NOT_SAME, by=officer)

    assert propose(two, officer) == 0
    assert pair().state == DuplicatePair.State.NOT_SAME


def test_new_evidence_brings_a_judged_pair_back(two: tuple[Person, Person], officer: User) -> None:
    judge_pair(first=two[0], second=two[1], verdict=Verdict.NOT_SAME, by=officer)
    Person.objects.unscoped(reason="test").filter(pk=two[0].pk).update(
        birth_date=dt.date(1970, 5, 6)
    )

    assert propose(two, officer) == 1


def test_what_cannot_be_compared_is_no_new_evidence(
    two: tuple[Person, Person], officer: User
) -> None:
    judge_pair(first=two[0], second=two[1], verdict=Verdict.NOT_SAME, by=officer)
    two[0].contacts.create(kind="phone", value="081234567890", index="x")
    Person.objects.unscoped(reason="test").filter(pk=two[0].pk).update(home_code="35.21.10")

    assert propose(two, officer) == 0


def test_a_day_that_passes_is_no_new_evidence(
    two: tuple[Person, Person], officer: User, time_machine: object
) -> None:
    judge_pair(first=two[0], second=two[1], verdict=Verdict.NOT_SAME, by=officer)

    time_machine.move_to(dt.datetime(2031, 1, 1, tzinfo=dt.UTC))

    assert propose(two, officer) == 0


def test_judging_leaves_one_line_in_the_trail(two: tuple[Person, Person], officer: User) -> None:
    judge_pair(first=two[0], second=two[1], verdict=Verdict.UNSURE, why="ragu", by=officer)

    event = AuditEvent.objects.get(verb="pair.judged")
    assert event.reason == "ragu"
    assert event.detail["verdict"] == "unsure"


def test_somebody_who_may_not_change_entries_does_not_judge(
    two: tuple[Person, Person], make_user: Callable[..., User]
) -> None:
    with pytest.raises(PermissionDenied):
        judge_pair(
            first=two[0],
            second=two[1],
            verdict=Verdict.SAME,
            by=make_user(role="head_of_office"),
        )


def test_an_entry_is_not_judged_against_itself(two: tuple[Person, Person], officer: User) -> None:
    with pytest.raises(RuleError):
        judge_pair(first=two[0], second=two[0], verdict=Verdict.SAME, by=officer)


def test_sealed_and_absorbed_entries_are_never_proposed(
    two: tuple[Person, Person], officer: User, make_user: Callable[..., User]
) -> None:
    head = make_user(role="section_head")
    room = Compartment.objects.create(office=head.office)
    CompartmentMember.objects.create(
        compartment=room, user=head, valid_from=dt.date(2020, 1, 1), purpose="kasus"
    )
    sealed = register_person(draft=PersonDraft(full_name="Suparjo"), compartment=room, by=head)
    merge_people(kept=two[0], absorbed=two[1], by=officer)

    assert propose((two[0], sealed), officer) == 0
    assert propose(two, officer) == 0


def test_another_office_does_not_get_the_pair(
    two: tuple[Person, Person], make_user: Callable[..., User]
) -> None:
    other = Office.objects.create(code="madiun", name="Dinsos Madiun", region_code="35.19")

    assert propose(two, make_user(role="data_officer", office=other)) == 0


def test_the_evidence_is_not_readable_in_the_database(
    two: tuple[Person, Person], officer: User
) -> None:
    propose(two, officer)

    raw = DuplicatePair._base_manager.values_list("evidence", flat=True).get()
    assert "suparjo" not in raw.token.casefold()


def test_many_pairs_cost_few_queries(
    officer: User, django_assert_max_num_queries: Callable[..., object]
) -> None:
    number = (NumberDraft("3521091201870001"),)
    people = [
        register_person(draft=PersonDraft(full_name="Slamet", numbers=number), by=officer)
        for _ in range(12)
    ]
    proposals = [Proposal(people[0].pk, other.pk, 0.9) for other in people[1:]]

    with django_assert_max_num_queries(20):
        assert propose_pairs(pairs=proposals, source=SCAN, by=officer) == 11
