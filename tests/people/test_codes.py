"""The code lists are whole, and a typed label finds its kind (R-PEO-40, R-PEO-41)."""

from __future__ import annotations

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from pulih.access.policy import RecordClass
from pulih.people.codes import (
    ATENSI,
    DISABILITIES,
    FUNDING,
    KINDS,
    PROBLEM_CRITERIA,
    PSKS,
    SERVICE_KINDS,
    STAGES,
    Kind,
    find_disability,
    find_kind,
)
from pulih.people.codes.entries import CodeList


@pytest.mark.parametrize(
    ("codes", "count"),
    [
        (KINDS, 26),
        (PSKS, 12),
        (SERVICE_KINDS, 11),
        (STAGES, 7),
        (ATENSI, 7),
        (PROBLEM_CRITERIA, 7),
    ],
)
def test_a_list_has_as_many_codes_as_its_law(codes: CodeList, count: int) -> None:
    assert len(codes) == count
    assert len({entry.code for entry in codes}) == count


@pytest.mark.parametrize(
    "codes",
    [KINDS, PSKS, SERVICE_KINDS, STAGES, ATENSI, PROBLEM_CRITERIA, DISABILITIES, FUNDING],
    ids=lambda codes: codes.scheme,
)
def test_every_entry_has_a_name_in_both_languages(codes: CodeList) -> None:
    assert codes.scheme
    assert codes.source
    assert all(entry.name and entry.english for entry in codes)


def test_service_kinds_run_from_a_to_k() -> None:
    assert "".join(entry.code for entry in SERVICE_KINDS) == "ABCDEFGHIJK"


def test_a_choice_is_named_in_the_language_of_the_reader() -> None:
    label = dict(KINDS.choices())["11"]

    with override("id"):
        assert str(label) == "Gelandangan"
    with override("en"):
        assert str(label) == "Homeless person"


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.abbreviation)
def test_a_kind_is_found_by_name_number_and_abbreviation(kind: Kind) -> None:
    for text in (kind.name.upper(), f" {kind.number} ", f"{kind.number}. {kind.name}"):
        assert find_kind(text).kind == kind
    assert find_kind(kind.abbreviation.lower()).kind == kind


@pytest.mark.parametrize(
    ("text", "number", "scheme", "disability"),
    [
        ("Wanita Rawan Sosial Ekonomi", 23, "PMKS-2007", ""),
        ("WRSE", 23, "PMKS-2007", ""),
        ("lansia telantar", 8, "PMKS-2007", ""),
        ("Penyandang Cacat Mental", 9, "PMKS-2007", "mental"),
        ("eks psikotik", 9, "PMKS-2007", "mental"),
        ("ODGJ", 9, "everyday", "mental"),
        ("Tuna Netra", 9, "PMKS-2007", "blind"),
        ("Gepeng", 12, "PMKS-2007", ""),
        ("BWBLK", 15, "PMKS-2007", ""),
        ("Keluarga Fakir Miskin", 24, "PMKS-2007", ""),
        ("ANAK NAKAL", 3, "PMKS-2007", ""),
    ],
)
def test_an_old_label_finds_the_kind_and_keeps_its_scheme(
    text: str, number: int, scheme: str, disability: str
) -> None:
    match = find_kind(text)

    assert (match.kind.number, match.scheme, match.disability) == (number, scheme, disability)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("gelandngan", 11),
        ("Penyandang Disabiltas", 9),
        ("anak balita telantar", 1),
        ("korban penyalahgunan napza", 17),
        ("Fakir  miskin.", 24),
    ],
)
def test_a_slip_of_the_pen_is_forgiven(text: str, number: int) -> None:
    assert find_kind(text).kind.number == number


def test_a_number_that_contradicts_the_name_is_not_sure() -> None:
    match = find_kind("7. Penyandang cacat fisik")

    assert match.kind.number == 9
    assert not match.sure


@pytest.mark.parametrize("text", ["", "-", "27", "0", "tidak ada", "petani", "sehat"])
def test_what_is_no_kind_is_not_made_one(text: str) -> None:
    assert find_kind(text) is None


@given(st.text(max_size=40))
def test_no_text_breaks_the_search_for_a_kind(text: str) -> None:
    match = find_kind(text)

    assert match is None or match.kind in KINDS.entries


@pytest.mark.parametrize(
    ("number", "held"),
    [(7, "sealed"), (18, "sealed"), (3, "restricted"), (16, "restricted"), (11, "open")],
)
def test_a_kind_says_how_closely_it_is_held(number: int, held: str) -> None:
    assert KINDS[str(number)].record_class == RecordClass(held)


def test_age_limits_are_those_of_the_kind() -> None:
    assert KINDS["1"].fits_age(5)
    assert not KINDS["1"].fits_age(6)
    assert not KINDS["8"].fits_age(59)


@pytest.mark.parametrize(
    ("text", "code"),
    [("Tuna Rungu", "deaf"), ("NETRA", "blind"), ("daksa", "physical"), ("odgj", "mental")],
)
def test_a_disability_is_found_by_the_words_of_the_office(text: str, code: str) -> None:
    assert find_disability(text) == DISABILITIES[code]
