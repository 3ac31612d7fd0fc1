"""R-PEO-47 to R-PEO-51: two entries become one, nothing is lost, and all of it can be undone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied

from jejak.birth import BirthDate
from pulih.access.models import AuditEvent, Compartment, CompartmentMember, User
from pulih.common.errors import RuleError
from pulih.inbox.models import Task
from pulih.people.actions.judging import judge_pair
from pulih.people.actions.merging import How, declare, merge_people, undo_merge
from pulih.people.actions.registration import register_person
from pulih.people.drafts import (
    AddressDraft,
    ContactDraft,
    NumberDraft,
    PersonDraft,
    StatusDraft,
)
from pulih.people.merge import relations
from pulih.people.models import Judgement, Kinship, Merge, Person, SearchKey

DAY = dt.date(2026, 3, 1)
Make = Callable[..., Person]


@pytest.fixture
def officer(make_user: Callable[..., User]) -> User:
    return make_user(role="data_officer")


@pytest.fixture
def make(officer: User) -> Make:
    def register(name: str = "", by: User = officer, **values: object) -> Person:
        room = values.pop("compartment", None)
        draft = PersonDraft(full_name=name, **values)
        return register_person(draft=draft, compartment=room, by=by)

    return register


def fresh(person: Person) -> Person:
    return Person.objects.unscoped(reason="test").get(pk=person.pk)


def test_rows_of_the_absorbed_entry_go_over(officer: User, make: Make) -> None:
    kept = make("Siti Aminah", numbers=(NumberDraft("3521095201870001"),))
    other = make("Siti Aminah", contacts=(ContactDraft("081234567890"),))

    merge_people(kept=kept, absorbed=other, by=officer)

    assert kept.contacts.count() == 1
    assert other.contacts.count() == 0
    assert fresh(other).merged_into == kept


def test_what_the_kept_entry_has_already_is_not_doubled(officer: User, make: Make) -> None:
    number = (NumberDraft("3521095201870001"),)
    kept, other = make("Siti", numbers=number), make("Siti A.", numbers=number)

    merge_people(kept=kept, absorbed=other, by=officer)

    assert kept.identifiers.count() == 1
    assert other.identifiers.count() == 1


def test_a_fact_that_only_the_other_has_is_taken_over(officer: User, make: Make) -> None:
    kept = make("Parto")
    other = make("Parto", sex="L", birth=BirthDate.exact(dt.date(1960, 5, 4)))

    merge_people(kept=kept, absorbed=other, by=officer)

    assert fresh(kept).sex == "L"
    assert fresh(kept).birth_date == dt.date(1960, 5, 4)


def test_a_conflict_is_settled_by_whoever_merges(officer: User, make: Make) -> None:
    kept, other = make("Parto", birth_place="Ngawi"), make("Parto", birth_place="Madiun")

    merge_people(kept=kept, absorbed=other, choices={"birth_place": "other"}, by=officer)

    assert fresh(kept).birth_place == "Madiun"


def test_an_exact_birth_within_a_guess_is_the_better_one(officer: User, make: Make) -> None:
    kept = make("Parto", birth=BirthDate.estimated(40, 50, on=DAY))
    other = make("Parto", birth=BirthDate.exact(dt.date(1981, 2, 3)))

    merge_people(kept=kept, absorbed=other, by=officer)

    assert fresh(kept).birth_date == dt.date(1981, 2, 3)


def test_the_name_that_gives_way_stays_as_an_alias_and_is_found(officer: User, make: Make) -> None:
    kept, other = make("Supardi"), make("Wagimin")

    merge_people(kept=kept, absorbed=other, by=officer)

    assert [name.text for name in kept.names.all()] == ["Wagimin"]
    found = SearchKey.objects.unscoped(reason="test").filter(key__contains="wagimin")
    assert {key.person_id for key in found} == {kept.pk}


def test_one_primary_kind_and_one_home_remain(officer: User, make: Make) -> None:
    kept = make(
        "Parto",
        statuses=(StatusDraft(11),),
        addresses=(AddressDraft("35.21.10"),),
    )
    other = make(
        "Parto",
        statuses=(StatusDraft(12),),
        addresses=(AddressDraft("35.21.12"),),
    )

    merge_people(kept=kept, absorbed=other, choices={"home": "other"}, by=officer)

    assert [status.kind for status in kept.statuses.filter(is_primary=True)] == [11]
    assert [place.region_id for place in kept.addresses.filter(is_current=True)] == ["35.21.12"]
    assert fresh(kept).home_code == "35.21.12"


def test_nobody_becomes_their_own_kin(officer: User, make: Make) -> None:
    kept, other = make("Parto"), make("Parto")
    Kinship.objects.create(person=kept, relation="sibling", other=other)

    merge_people(kept=kept, absorbed=other, by=officer)

    assert Kinship.objects.get().other == other


def test_a_task_about_the_absorbed_entry_is_about_the_kept_one(officer: User, make: Make) -> None:
    kept, other = make("Parto"), make("Parto")
    task = Task.objects.create(
        office=officer.office,
        subject_kind="people.person",
        subject_id=other.pk,
        title="KK",
        owner=officer,
    )

    merge_people(kept=kept, absorbed=other, by=officer)

    assert Task._base_manager.get(pk=task.pk).subject_id == kept.pk


def test_merging_leaves_one_line_in_the_trail(officer: User, make: Make) -> None:
    kept, other = make("Parto"), make("Parto")

    merge_people(kept=kept, absorbed=other, why="KTP sama", by=officer)

    event = AuditEvent.objects.get(verb="person.merged")
    assert event.subject_id == str(kept.pk)
    assert event.reason == "KTP sama"


def test_a_relation_that_nobody_declared_stops_the_merge(
    officer: User, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept, other = make("Parto"), make("Parto")
    monkeypatch.delitem(relations._declared, (Kinship, "other"))

    with pytest.raises(RuleError, match="people.Kinship.other"):
        merge_people(kept=kept, absorbed=other, by=officer)

    assert fresh(other).merged_into is None


def test_every_relation_of_the_application_is_declared() -> None:
    assert relations.undeclared() == []


def test_an_app_above_declares_its_own_relation(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(relations, "_declared", {})

    declare(Kinship, "other", How.LEAVE, label="x")

    assert "people.Kinship.other" not in relations.undeclared()
    assert "people.Kinship.person" in relations.undeclared()


@pytest.mark.parametrize("role", ["front_desk", "social_worker", "head_of_office", "administrator"])
def test_roles_without_the_right_do_not_merge(
    make: Make, make_user: Callable[..., User], role: str
) -> None:
    kept, other = make("Parto"), make("Parto")

    with pytest.raises(PermissionDenied):
        merge_people(kept=kept, absorbed=other, by=make_user(role=role))


def test_people_of_different_compartments_never_merge(
    make: Make, make_user: Callable[..., User]
) -> None:
    head = make_user(role="section_head")
    room = Compartment.objects.create(office=head.office)
    CompartmentMember.objects.create(
        compartment=room, user=head, valid_from=dt.date(2020, 1, 1), purpose="kasus"
    )
    sealed, plain = make("Rini", by=head, compartment=room), make("Rini")

    with pytest.raises(RuleError) as refusal:
        merge_people(kept=plain, absorbed=sealed, by=head)

    assert refusal.value.rule == "R-PEO-48"


def test_an_entry_is_absorbed_once(officer: User, make: Make) -> None:
    kept, other, third = make("Parto"), make("Parto"), make("Parto")
    merge_people(kept=kept, absorbed=other, by=officer)

    with pytest.raises(RuleError, match=other.number):
        merge_people(kept=third, absorbed=other, by=officer)


def test_an_entry_does_not_absorb_itself(officer: User, make: Make) -> None:
    kept = make("Parto")

    with pytest.raises(RuleError):
        merge_people(kept=kept, absorbed=kept, by=officer)


def test_a_pair_judged_apart_is_not_merged(officer: User, make: Make) -> None:
    kept, other = make("Parto"), make("Parto")
    judge_pair(first=kept, second=other, verdict=Judgement.Verdict.NOT_SAME, by=officer)

    with pytest.raises(RuleError) as refusal:
        merge_people(kept=kept, absorbed=other, by=officer)

    assert refusal.value.rule == "R-PEO-48"


def test_undoing_is_refused_after_a_later_merge(officer: User, make: Make) -> None:
    kept, other, third = make("Parto"), make("Parto"), make("Parto")
    first = merge_people(kept=kept, absorbed=other, by=officer)
    later = merge_people(kept=kept, absorbed=third, by=officer)

    with pytest.raises(RuleError, match=third.number):
        undo_merge(merge=first, why="salah", by=officer)

    undo_merge(merge=later, why="salah", by=officer)
    undo_merge(merge=first, why="salah", by=officer)
    assert fresh(other).merged_into is None


def test_undoing_is_refused_when_a_value_it_set_was_changed_since(
    officer: User, make: Make
) -> None:
    kept, other = make("Parto"), make("Parto", birth_place="Madiun")
    merge = merge_people(kept=kept, absorbed=other, by=officer)
    Person.objects.unscoped(reason="test").filter(pk=kept.pk).update(birth_place="Paron")

    with pytest.raises(RuleError):
        undo_merge(merge=merge, why="salah", by=officer)

    assert fresh(kept).birth_place == "Paron"


def test_undoing_is_refused_when_a_row_that_came_is_gone(officer: User, make: Make) -> None:
    kept = make("Parto")
    other = make("Parto", contacts=(ContactDraft("081234567890"),))
    merge = merge_people(kept=kept, absorbed=other, by=officer)
    kept.contacts.all().delete()

    with pytest.raises(RuleError):
        undo_merge(merge=merge, why="salah", by=officer)


def test_what_was_added_since_stays_with_the_kept_entry(officer: User, make: Make) -> None:
    kept, other = make("Parto"), make("Parto")
    merge = merge_people(kept=kept, absorbed=other, by=officer)
    kept.marks.create(kind="scar", text="dahi")

    undo_merge(merge=merge, why="salah", by=officer)

    assert kept.marks.count() == 1


def test_a_merge_is_undone_once(officer: User, make: Make) -> None:
    merge = merge_people(kept=make("Parto"), absorbed=make("Parto"), by=officer)
    undo_merge(merge=merge, why="salah", by=officer)

    with pytest.raises(RuleError):
        undo_merge(merge=merge, why="salah", by=officer)


def test_the_snapshot_is_not_readable_in_the_database(officer: User, make: Make) -> None:
    merge_people(kept=make("Parto"), absorbed=make("Wagimin", birth_place="Madiun"), by=officer)

    raw = Merge._base_manager.values_list("snapshot", flat=True).get()
    assert "Madiun" not in raw.token
