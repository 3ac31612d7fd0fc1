"""Duplicates in a whole list (R-JEJAK-18)."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from jejak import BirthDate, MemorySource, Record, find_duplicates

TODAY = dt.date(2026, 11, 24)
AMINAH = Record(
    "aminah",
    ("Siti Aminah",),
    sex="P",
    birth=BirthDate.exact(dt.date(1971, 5, 3)),
    places=("35.21.12.2001",),
    relatives=(("father", "Karto Dimejo"), ("mother", "Ngatiyem")),
    identifiers=frozenset({"nik:a", "kk:k"}),
)
NUMBERLESS = replace(AMINAH, identifiers=frozenset())


def pairs(records: list[Record], known: list[Record]) -> list[tuple[str, str, bool]]:
    found = find_duplicates(records, MemorySource(known), today=TODAY)
    return [(item.record.id, item.match.record.id, item.in_batch) for item in found]


@pytest.mark.parametrize(
    "row",
    [
        replace(NUMBERLESS, id="new"),
        replace(NUMBERLESS, id="new", names=("St. Aminah",)),
        replace(NUMBERLESS, id="new", names=("Aminah Siti",), places=()),
        replace(NUMBERLESS, id="new", birth=BirthDate.exact(dt.date(1971, 3, 5))),
        replace(NUMBERLESS, id="new", birth=BirthDate.exact(dt.date(1981, 5, 3))),
        replace(NUMBERLESS, id="new", birth=BirthDate.exact(dt.date(1971, 1, 1))),
        replace(NUMBERLESS, id="new", birth=BirthDate.year(1972)),
        replace(NUMBERLESS, id="new", names=("Siti Amniah",)),
        Record("new", ("Wagirah",), identifiers=frozenset({"nik:a"})),
    ],
)
def test_the_same_person_typed_again_is_found(row: Record) -> None:
    assert pairs([row], [AMINAH]) == [("new", "aminah", False)]


def test_rows_of_the_list_are_compared_with_each_other() -> None:
    rows = [replace(AMINAH, id="one"), replace(AMINAH, id="two")]

    assert pairs(rows, []) == [("two", "one", True)]


def test_what_is_there_already_is_not_judged_again() -> None:
    assert pairs([], [AMINAH, replace(AMINAH, id="again")]) == []


def test_a_sister_in_the_same_family_is_no_duplicate() -> None:
    sister = replace(
        NUMBERLESS,
        id="sister",
        names=("Wahyuni",),
        birth=BirthDate.exact(dt.date(1975, 9, 21)),
        identifiers=frozenset({"kk:k"}),
    )

    assert pairs([sister], [AMINAH]) == []


def test_a_name_and_sex_alone_are_no_duplicate() -> None:
    known = Record("known", ("Slamet",), sex="L", places=("35.21.12.2001",))

    assert pairs([Record("new", ("Slamet",), sex="L")], [known]) == []


def test_empty_lists_have_no_duplicates() -> None:
    assert pairs([], []) == []
    assert pairs([Record("new")], [Record("old")]) == []


def test_the_best_match_of_a_row_comes_first() -> None:
    vaguer = replace(NUMBERLESS, id="a", places=(), relatives=())

    found = pairs([replace(NUMBERLESS, id="new")], [vaguer, AMINAH])

    assert [known for _, known, _ in found] == ["aminah", "a"]
