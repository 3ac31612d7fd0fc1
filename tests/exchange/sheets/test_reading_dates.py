"""R-EXC-27, R-EXC-28: dates in every form, and the column decides what one cell cannot."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jejak.birth import BirthDate
from pulih.exchange.sheets.column_dates import DateTally
from pulih.exchange.sheets.dates import (
    ColumnDates,
    DateOrder,
    PlaceAndBirth,
    read_birth,
    read_date,
    read_place_and_birth,
)

TODAY = dt.date(2026, 11, 24)
BORN = dt.date(1987, 1, 12)
DAY_FIRST = ColumnDates(DateOrder.DAY_FIRST)
MONTH_FIRST = ColumnDates(DateOrder.MONTH_FIRST)


def codes(parsed):
    """Return the codes of what there is to say."""
    return [one.code for one in parsed.problems]


def decide_order(values):
    """What the values of a whole column tell, seen one after the other as the reader does."""
    tally = DateTally()
    for value in values:
        tally.see(value)
    return tally.decide()


@pytest.mark.parametrize(
    "value",
    [
        BORN,
        dt.datetime.combine(BORN, dt.time()),
        "1987-01-12",
        "1987-01-12 00:00:00",
        "12-01-1987",
        "12/01/1987",
        "12.01.1987",
        "12 01 1987",
        "12 Januari 1987",
        "12 JANUARI 1987",
        "12-Jan-1987",
        "12-Jan-87",
        "12/01/87",
        "Senin, 12 Januari 1987",
        "12 Januarii 1987",
        "January 12, 1987",
        "12011987",
        31789,
        "31789",
        "'12-01-1987",
    ],
)
def test_one_day_in_all_its_forms(value):
    assert read_birth(value, today=TODAY, column=DAY_FIRST).value == BirthDate.exact(BORN)


@pytest.mark.parametrize(
    ("word", "month"),
    [("Pebruari", 2), ("Mrt", 3), ("Mei", 5), ("Agt", 8), ("Ags", 8), ("Okt", 10), ("Nop", 11)]
    + [("Nopember", 11), ("Des", 12), ("Septmber", 9), ("August", 8)],
)
def test_months_are_known_by_all_their_names(word, month):
    assert read_date(f"3 {word} 2020", today=TODAY).value == dt.date(2020, month, 3)


def test_a_date_that_can_be_read_both_ways_is_flagged_with_both():
    parsed = read_birth("03/04/1990", today=TODAY)

    assert parsed.value == BirthDate.exact(dt.date(1990, 4, 3))
    assert codes(parsed) == ["date.undecidable"]
    assert parsed.problems[0].params["second"] == "04-03-1990"


def test_the_column_decides_for_day_first():
    assert not read_birth("03/04/1990", today=TODAY, column=DAY_FIRST).problems


def test_the_column_decides_for_month_first():
    parsed = read_birth("03/04/1990", today=TODAY, column=MONTH_FIRST)

    assert parsed.value == BirthDate.exact(dt.date(1990, 3, 4))
    assert codes(parsed) == ["date.month_first"]


def test_a_date_that_allows_one_reading_only_is_that_one():
    assert read_date("04/25/2020", today=TODAY, column=DAY_FIRST).value == dt.date(2020, 4, 25)


@pytest.mark.parametrize(
    ("values", "order"),
    [
        (["03/04/1990", "25/12/1980"], DateOrder.DAY_FIRST),
        (["03/04/1990", "12/25/1980"], DateOrder.MONTH_FIRST),
        (["03/04/1990", "05/06/1980"], None),
        (["25/12/1980", "12/25/1980"], None),
        (["Ngawi, 03-04-1990", "Madiun, 25-12-1980"], DateOrder.DAY_FIRST),
        (["1990-12-25", "3 April 1990"], None),
        ([], None),
    ],
)
def test_a_column_agrees_or_stays_undecided(values, order):
    assert decide_order(values).order is order


def test_a_column_that_excel_swapped_is_noticed():
    typed = [dt.date(1980, month, 5) for month in (1, 2, 3, 4)]

    assert decide_order([*typed, "25/12/1980"]).probably_swapped
    assert not decide_order([*typed, dt.date(1980, 1, 25), "25/12/1980"]).probably_swapped


def test_a_date_in_a_swapped_column_is_flagged_with_both_readings():
    column = ColumnDates(DateOrder.DAY_FIRST, probably_swapped=True)
    parsed = read_birth(dt.date(1980, 5, 12), today=TODAY, column=column)

    assert codes(parsed) == ["date.probably_swapped"]
    assert parsed.problems[0].params["second"] == "05-12-1980"


@pytest.mark.parametrize("value", ["1950", 1950, "th 1950", "00-00-1950"])
def test_a_year_alone_stays_a_year(value):
    parsed = read_birth(value, today=TODAY)

    assert parsed.value == BirthDate.year(1950)
    assert codes(parsed) == ["date.year_only"]


@pytest.mark.parametrize(("year", "full"), [("87", 1987), ("26", 2026), ("27", 1927), ("05", 2005)])
def test_two_digits_are_the_latest_year_past(year, full):
    parsed = read_birth(f"25-10-{year}", today=TODAY)

    assert parsed.value == BirthDate.exact(dt.date(full, 10, 25))
    assert "date.two_digit_year" in codes(parsed)


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("31-02-1987", "date.impossible"),
        ("kemarin", "date.unreadable"),
        ("25-12-2090", "date.future"),
        ("25-12-1801", "date.too_old"),
    ],
)
def test_what_is_no_birth_is_said_and_never_guessed(value, code):
    parsed = read_birth(value, today=TODAY)

    assert (parsed.value, codes(parsed)) == (None, [code])


def test_a_serial_number_is_told():
    assert codes(read_birth(31789, today=TODAY)) == ["date.from_serial"]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Ngawi, 12-01-1987", "Ngawi"),
        ("NGAWI/ 12 Januari 1987", "NGAWI"),
        ("Ngawi 12-01-1987", "Ngawi"),
        ("Ngawi,12 Jan 87", "Ngawi"),
        ("Kota Madiun - 12/01/1987", "Kota Madiun"),
        ("12-01-1987", None),
    ],
)
def test_place_and_date_in_one_cell_are_parted(text, place):
    parsed = read_place_and_birth(text, today=TODAY, column=DAY_FIRST)

    assert parsed.value == PlaceAndBirth(place, BirthDate.exact(BORN))


def test_a_place_alone_is_a_place():
    assert read_place_and_birth("Ngawi", today=TODAY).value == PlaceAndBirth("Ngawi", None)


@given(st.dates(dt.date(1900, 1, 1), TODAY))
def test_every_day_survives_the_way_it_is_shown(day):
    for written in (day.strftime("%d-%m-%Y"), day.isoformat(), (day - dt.date(1899, 12, 30)).days):
        if isinstance(written, int) and (written < 366 or 1900 <= written <= 2100):
            continue
        assert read_date(written, today=TODAY, column=DAY_FIRST).value == day
