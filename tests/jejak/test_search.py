"""Finding one person in a register (R-JEJAK-14 to R-JEJAK-17)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jejak import BirthDate, Match, MemorySource, Record, compare_records, find_similar

TODAY = dt.date(2026, 11, 24)
PARDI = Record(
    "pardi",
    ("Supardi",),
    sex="L",
    birth=BirthDate.exact(dt.date(1971, 5, 3)),
    places=("35.21.12.2001",),
    relatives=(("mother", "Ngatiyem"),),
    identifiers=frozenset({"nik:a", "kk:k"}),
)
OTHERS = [
    Record("slamet", ("Slamet",), sex="L"),
    Record("suparti", ("Suparti",), sex="P", birth=BirthDate.exact(dt.date(1971, 5, 3))),
    Record("suwarni", ("Suwarni",), sex="P"),
    Record("ridwan", ("Muhammad Ridwan",), sex="L", places=("35.21.09.1001",)),
]


def find(source: MemorySource, name: str, **known: object) -> list[Match]:
    query = replace(Record("?", (name,)), **known)  # type: ignore[arg-type]
    return find_similar(query, source, today=TODAY, minimum=0.0)


def score(a: Record, b: Record, share: float = 0.001) -> float:
    return compare_records(a, b, lambda _key: share, today=TODAY).score


def source_of(records: Iterable[Record] = (PARDI, *OTHERS)) -> MemorySource:
    return MemorySource(records)


@pytest.mark.parametrize("heard", ["Pardi", "Soepardi", "Mbah Supardi", "Suprdi", "SUPARDI"])
def test_a_half_remembered_name_comes_first(heard: str) -> None:
    found = find(source_of(), heard, sex="L", birth=BirthDate.estimated(50, 60, on=TODAY))

    assert found[0].record.id == "pardi"


def test_reasons_tell_what_agrees_and_what_differs() -> None:
    (match, *_) = find(source_of(), "Pardi", sex="P", places=("35.21.12",))

    assert [item.field for item in match.agrees] == ["name", "place"]
    assert [item.field for item in match.differs] == ["sex"]


def test_the_same_number_finds_the_person_under_any_name() -> None:
    (match, *_) = find(source_of(), "Wagiman", identifiers=frozenset({"nik:a"}))

    assert match.record.id == "pardi"
    assert match.score > 0.9


def test_another_number_counts_against() -> None:
    same = replace(PARDI, id="?", identifiers=frozenset())
    other = replace(PARDI, id="?", identifiers=frozenset({"nik:b"}))

    assert score(other, PARDI) < score(same, PARDI)


def test_a_shared_family_card_is_a_household_not_a_person() -> None:
    brother = Record("?", ("Wagiman",), identifiers=frozenset({"kk:k"}))

    assert score(brother, PARDI) < 0.1


def test_a_common_single_name_alone_is_never_certain() -> None:
    slamet = Record("?", ("Slamet",), sex="L")

    assert score(slamet, OTHERS[0], share=0.02) < 0.05


@pytest.mark.parametrize(("a", "b"), [("Supardi", "Suparti"), ("Suwarni", "Suwarno")])
def test_a_look_alike_of_the_other_sex_is_improbable(a: str, b: str) -> None:
    birth = BirthDate.estimated(50, 60, on=TODAY)

    assert score(Record("a", (a,), "L", birth), Record("b", (b,), "P", birth)) < 0.01


def test_everything_together_is_nearly_certain() -> None:
    query = replace(PARDI, id="?", names=("Soepardi",), identifiers=frozenset())

    assert score(query, PARDI) > 0.99


def test_what_is_missing_counts_nothing() -> None:
    match = compare_records(Record("?", ("Supardi",)), PARDI, lambda _key: 0.001, today=TODAY)

    assert [item.field for item in match.evidence] == ["name"]


def test_the_father_in_the_name_is_compared_with_the_father() -> None:
    known = Record("k", ("Suminah",), relatives=(("father", "Karto Dimejo"),))
    told = compare_records(
        Record("?", ("Suminah binti Karto Dimejo",)), known, lambda _key: 0.001, today=TODAY
    )

    assert told.evidence[-1].field == "relative"
    assert told.evidence[-1].level == "same"


@pytest.mark.parametrize(
    ("place", "level"),
    [
        ("35.21.12.2001", "village"),
        ("35.21.12", "district"),
        ("35.21.01.2001", "regency"),
        ("35.21", "wide"),
        ("35.20.01.2001", "province"),
        ("33.01", "none"),
    ],
)
def test_places_agree_by_their_closeness(place: str, level: str) -> None:
    match = compare_records(Record("?", places=(place,)), PARDI, lambda _key: 0.001, today=TODAY)

    assert match.evidence[0].level == level


def test_the_record_itself_is_not_its_own_match() -> None:
    assert find_similar(PARDI, source_of(), today=TODAY, minimum=0.5) == []


def test_limit_and_minimum_cut_the_list() -> None:
    source = source_of(replace(PARDI, id=str(number)) for number in range(20))

    assert len(find_similar(replace(PARDI, id="?"), source, today=TODAY, limit=3)) == 3
    assert find_similar(Record("?", ("Slamet",)), source, today=TODAY, minimum=1.1) == []


def test_equal_scores_are_ordered_by_id() -> None:
    source = source_of(replace(PARDI, id=number) for number in "cab")

    assert [match.record.id for match in find(source, "Supardi")] == ["a", "b", "c"]


def test_a_removed_record_is_not_found_and_a_replaced_one_by_its_new_name() -> None:
    source = source_of()

    source.remove("pardi")
    source.replace(Record("slamet", ("Wagiman",)))

    assert find(source, "Supardi") == [] or find(source, "Supardi")[0].record.id != "pardi"
    assert [match.record.id for match in find(source, "Wagiman")] == ["slamet"]


def test_an_id_is_taken_once() -> None:
    with pytest.raises(ValueError, match="already"):
        source_of().add(PARDI)


def test_many_changes_leave_the_register_whole() -> None:
    source = source_of()
    for number in range(40):
        source.add(Record(f"x{number}", (f"Wagiman {number}",)))
    for number in range(40):
        source.remove(f"x{number}")

    assert len(source) == 5
    assert find(source, "Pardi")[0].record.id == "pardi"
    assert source.get("x1") is None


def test_an_unknown_sex_must_be_empty() -> None:
    with pytest.raises(ValueError, match="sex must be"):
        Record("a", sex="M")


names = st.sampled_from(["Supardi", "Slamet", "Siti Aminah", "Muhammad Ridwan", "Wahyuni"])


@given(st.lists(names, max_size=8), names)
def test_a_name_in_the_register_is_always_found(others: list[str], name: str) -> None:
    source = source_of(Record(str(n), (other,)) for n, other in enumerate([*others, name]))

    assert name in {match.record.names[0] for match in find(source, name)}


@given(names, names, st.sampled_from(["L", "P", ""]), st.sampled_from(["35.21.12.2001", "33.01"]))
def test_scores_are_the_same_both_ways(a: str, b: str, sex: str, place: str) -> None:
    one, other = Record("a", (a,), sex=sex, places=(place,)), replace(PARDI, names=(b,))

    assert score(one, other) == pytest.approx(score(other, one))
