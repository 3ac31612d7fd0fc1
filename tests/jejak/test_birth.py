"""Birth dates with their precision, and how two agree (R-JEJAK-8)."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jejak import BirthDate, Precision, age_band, compare_births
from jejak.birth import BirthLevel

TODAY = dt.date(2026, 11, 24)


def exact(text: str) -> BirthDate:
    return BirthDate.exact(dt.date.fromisoformat(text))


def test_an_estimate_ages_with_the_person() -> None:
    guess = BirthDate.estimated(40, 50, on=dt.date(2016, 11, 24))

    assert guess.age_on(dt.date(2016, 11, 24)) == (40, 50)
    assert guess.age_on(TODAY) == (50, 60)


def test_an_estimate_made_on_leap_day_has_a_range() -> None:
    guess = BirthDate.estimated(1, 1, on=dt.date(2024, 2, 29))

    assert guess.earliest == dt.date(2022, 3, 1)
    assert guess.latest == dt.date(2023, 2, 28)


def test_a_range_must_not_end_before_it_starts() -> None:
    with pytest.raises(ValueError, match="must not end"):
        BirthDate(Precision.YEAR, dt.date(2000, 1, 2), dt.date(2000, 1, 1))


def test_an_estimate_needs_the_day_of_the_guess() -> None:
    with pytest.raises(ValueError, match="date on which it was made"):
        BirthDate(Precision.ESTIMATED, dt.date(2000, 1, 1), dt.date(2001, 1, 1))


@pytest.mark.parametrize(
    ("a", "b", "level"),
    [
        ("1987-05-03", "1987-05-03", BirthLevel.SAME_DATE),
        ("1987-05-03", "1987-03-05", BirthLevel.SWAPPED),
        ("1987-05-03", "1987-05-13", BirthLevel.SAME_MONTH),
        ("1987-05-03", "1977-05-03", BirthLevel.SAME_DAY_OTHER_YEAR),
        ("1987-05-03", "1987-09-21", BirthLevel.SAME_YEAR_OTHER_DAY),
        ("1987-01-01", "1987-01-01", BirthLevel.SAME_YEAR),
        ("1987-12-31", "1987-05-03", BirthLevel.SAME_YEAR),
        ("1987-05-03", "1989-06-04", BirthLevel.OFF_BY_YEARS),
        ("1987-05-03", "1992-06-04", BirthLevel.FAR),
        ("1987-05-03", "2002-06-04", BirthLevel.DIFFERENT),
    ],
)
def test_exact_dates_agree_by_levels(a: str, b: str, level: BirthLevel) -> None:
    assert compare_births(exact(a), exact(b)).level is level


def test_a_year_agrees_with_a_day_in_it() -> None:
    assert compare_births(BirthDate.year(1987), exact("1987-05-03")).level is BirthLevel.SAME_YEAR


@pytest.mark.parametrize(
    ("born", "level", "years"),
    [
        ("1981-05-03", BirthLevel.WITHIN, 0),
        ("1988-05-03", BirthLevel.NEAR, 2),
        ("1993-05-03", BirthLevel.FAR, 7),
        ("2010-05-03", BirthLevel.DIFFERENT, 24),
    ],
)
def test_a_guess_agrees_by_the_years_outside_its_range(
    born: str, level: BirthLevel, years: int
) -> None:
    guess = BirthDate.estimated(40, 50, on=TODAY)

    found = compare_births(guess, exact(born))

    assert (found.level, found.years_apart) == (level, years)


@pytest.mark.parametrize(
    ("birth", "code"),
    [
        (exact("2022-11-25"), "0-4"),
        (exact("2008-11-25"), "12-17"),
        (exact("1966-11-24"), "60+"),
        (BirthDate.estimated(40, 50, on=TODAY), "31-45"),
    ],
)
def test_age_bands_on_a_day(birth: BirthDate, code: str) -> None:
    band = age_band(birth, TODAY)

    assert band is not None
    assert band.code == code


def test_no_birth_has_no_band() -> None:
    assert age_band(None, TODAY) is None


dates = st.dates(dt.date(1920, 1, 1), TODAY)
ages = st.integers(0, 60)
any_birth = st.one_of(
    dates.map(BirthDate.exact),
    st.integers(1920, 2026).map(BirthDate.year),
    st.tuples(ages, ages, dates).map(
        lambda t: BirthDate.estimated(min(t[:2]), max(t[:2]), on=t[2])
    ),
)


@given(any_birth, any_birth)
def test_the_order_of_two_births_does_not_matter(a: BirthDate, b: BirthDate) -> None:
    assert compare_births(a, b) == compare_births(b, a)


@given(any_birth)
def test_a_birth_agrees_with_itself(birth: BirthDate) -> None:
    same = {BirthLevel.SAME_DATE, BirthLevel.SAME_YEAR, BirthLevel.WITHIN}
    assert compare_births(birth, birth).level in same


@given(ages, ages, dates)
def test_an_estimate_means_its_ages_on_its_day(low: int, high: int, day: dt.date) -> None:
    low, high = min(low, high), max(low, high)

    assert BirthDate.estimated(low, high, on=day).age_on(day) == (low, high)
