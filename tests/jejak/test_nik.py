"""NIK checks: levels, centuries, cleaning, regions (R-JEJAK-1 to R-JEJAK-6)."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from jejak import BirthDate, Level, NikError, check_nik, parse_nik

TODAY = dt.date(2026, 11, 24)
MAN = "3521091201870001"
WOMAN = "3521095201870001"


def codes(text: str, **stated: object) -> list[str]:
    return [finding.code for finding in check_nik(text, today=TODAY, **stated)]  # type: ignore[arg-type]


def levels(text: str, **stated: object) -> dict[str, Level]:
    return {f.code: f.level for f in check_nik(text, today=TODAY, **stated)}  # type: ignore[arg-type]


@pytest.mark.parametrize(("text", "sex"), [(MAN, "L"), (WOMAN, "P")])
def test_a_right_number_tells_sex_and_birth_and_has_no_findings(text: str, sex: str) -> None:
    nik = parse_nik(text)

    assert nik.sex == sex
    assert nik.birth(today=TODAY) == dt.date(1987, 1, 12)
    assert codes(text) == []


@pytest.mark.parametrize(
    ("text", "code"),
    [("3521093202870001", "impossible_day"), ("3521097002000002", "impossible_date")],
)
def test_an_impossible_date_can_be_passed_over_with_a_note(text: str, code: str) -> None:
    assert levels(text) == {code: Level.OVERRIDABLE}


def test_a_woman_born_on_30_february_is_still_read_as_a_woman() -> None:
    nik = parse_nik("3521097002000002")

    assert nik.sex == "P"
    assert nik.births() == ()
    assert nik.birth(today=TODAY) is None


def test_serial_zero_is_an_error() -> None:
    assert levels("3521094102050000") == {"serial_zero": Level.ERROR}


def test_one_digit_sixteen_times_is_an_error() -> None:
    assert levels("1" * 16)["all_same_digit"] is Level.ERROR


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "empty"),
        ("  ", "empty"),
        ("3.52E+15", "scientific_notation"),
        ("3,52109120187e+15", "scientific_notation"),
        ("352109120187000", "wrong_length"),
        ("35210912018700011", "wrong_length"),
        ("352109120187000l", "not_digits"),
        ("tidak ada", "not_digits"),
    ],
)
def test_what_is_not_sixteen_digits_is_refused_with_its_reason(text: str, code: str) -> None:
    assert levels(text)[code] is Level.ERROR
    with pytest.raises(NikError):
        parse_nik(text)


@pytest.mark.parametrize(
    ("text", "removed"),
    [
        (f"'{MAN}", "quotes"),
        (f"`{MAN}", "quotes"),
        (" 3521 0912 0187 0001 ", "spaces"),
        ("3521\u00a0091201870001", "spaces"),
        ("35.21.09.120187.0001", "dots"),
        ("3521-0912-0187-0001", "hyphens"),
        ("３５２１０９１２０１８７０００１", "digit_forms"),
    ],
)
def test_separators_are_dropped_and_reported(text: str, removed: str) -> None:
    findings = check_nik(text, today=TODAY)

    assert parse_nik(text).digits == MAN
    assert [(f.level, f.params) for f in findings] == [(Level.INFORMATION, {"removed": removed})]


def test_a_number_from_a_spreadsheet_that_ends_in_zero_is_probably_damaged() -> None:
    damaged = "3521091201870010"

    found = levels(damaged, from_number=True)

    assert found["probably_damaged_by_spreadsheet"] is Level.OVERRIDABLE
    assert codes(damaged) == []


@pytest.mark.parametrize("text", ["3.521.091.201.870.010", "3521091201870010.0"])
def test_text_that_was_a_number_is_judged_as_one(text: str) -> None:
    assert "probably_damaged_by_spreadsheet" in codes(text)


def test_the_century_follows_the_stated_birth() -> None:
    nik = parse_nik("3521091201200001")

    assert nik.birth(today=TODAY) == dt.date(2020, 1, 12)
    stated = BirthDate.estimated(100, 110, on=TODAY)
    assert nik.birth(today=TODAY, stated=stated) == dt.date(1920, 1, 12)


def test_a_birth_is_never_in_the_future() -> None:
    assert parse_nik("3521092511260001").birth(today=TODAY) == dt.date(1926, 11, 25)
    assert parse_nik("3521092411260001").birth(today=TODAY) == dt.date(2026, 11, 24)


def test_29_february_is_right_when_one_century_has_it() -> None:
    assert parse_nik("3521092902000001").birth(today=TODAY) == dt.date(2000, 2, 29)


def test_another_sex_than_stated_is_a_warning() -> None:
    assert levels(MAN, sex="P") == {"sex_differs": Level.WARNING}
    assert levels(MAN, sex="L") == {}


def test_another_birth_than_stated_is_a_warning_with_both_dates() -> None:
    stated = BirthDate.exact(dt.date(1987, 12, 1))

    (finding,) = check_nik(MAN, today=TODAY, birth=stated)

    assert finding.level is Level.WARNING
    assert finding.params["nik"] == "1987-01-12"
    assert finding.params["stated_from"] == "1987-12-01"


@pytest.mark.parametrize(
    "birth", [BirthDate.year(1987), BirthDate.estimated(35, 45, on=TODAY), None]
)
def test_a_vaguer_birth_that_fits_is_no_finding(birth: BirthDate | None) -> None:
    assert codes(MAN, birth=birth) == []


KNOWN = {"35.21", "35.21.09", "91.03", "91.03.01"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("9921091201870001", ["unknown_province", "other_regency"]),
        ("3599091201870001", ["unknown_regency", "other_regency"]),
        ("3521991201870001", ["unknown_district"]),
        ("6404011201870001", ["unknown_district", "other_regency"]),
        ("9101011201870001", ["unknown_district", "other_regency"]),
        ("9103011201870001", ["other_regency"]),
    ],
)
def test_regions_of_no_period_are_warnings_and_other_regencies_are_noted(
    text: str, expected: list[str]
) -> None:
    assert codes(text, known_regions=KNOWN) == expected


def test_region_codes_may_be_given_without_dots() -> None:
    assert codes(MAN, known_regions={"3521", "352109"}) == []


def test_the_home_regency_is_a_parameter() -> None:
    assert codes(MAN, home_regency="35.20") == ["other_regency"]


def test_the_masked_form_hides_the_birth() -> None:
    assert parse_nik(MAN).masked == "352109******0001"


def test_the_most_serious_finding_comes_first() -> None:
    found = [f.level for f in check_nik(" 9921093202870000", today=TODAY)]

    assert found == sorted(found, key=list(Level).index)
    assert found[0] is Level.ERROR


births = st.dates(dt.date(1927, 1, 1), TODAY)


@given(births, st.sampled_from("LP"), st.integers(1, 9999))
def test_every_number_that_is_made_right_is_read_back(born: dt.date, sex: str, serial: int) -> None:
    day = born.day + (40 if sex == "P" else 0)
    text = f"352109{day:02}{born:%m%y}{serial:04}"

    nik = parse_nik(text)

    assert (nik.sex, nik.birth(today=TODAY)) == (sex, born)
    assert check_nik(text, today=TODAY, sex=sex, birth=BirthDate.exact(born)) == []


@given(st.text(max_size=30))
def test_no_text_breaks_the_check(text: str) -> None:
    findings = check_nik(text, today=TODAY)

    refused = any(
        f.code in {"empty", "not_digits", "wrong_length", "scientific_notation"} for f in findings
    )
    if not refused:
        assert len(parse_nik(text).digits) == 16


@given(st.text("0123456789", min_size=16, max_size=16), st.integers(1, 15))
def test_a_space_inside_changes_only_the_note(digits: str, place: int) -> None:
    spaced = f"{digits[:place]} {digits[place:]}"
    assume(not spaced.strip("'\"").endswith(".0"))

    plain = check_nik(digits, today=TODAY)

    assert [f for f in check_nik(spaced, today=TODAY) if f.code != "cleaned"] == plain
