"""Numbers, money and dates are written as an Indonesian office writes them."""

import datetime as dt
from decimal import Decimal

import pytest
from django.utils import translation

from pulih.ui import formats

TODAY = dt.date(2021, 1, 12)


@pytest.fixture(autouse=True)
def _in_indonesian():
    with translation.override("id"):
        yield


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (0, "0"),
        (1234567, "1.234.567"),
        (Decimal("1234.50"), "1.234,50"),
        (-1500, "-1.500"),
        ("n/a", "n/a"),
        (float("nan"), "nan"),
        (None, ""),
    ],
)
def test_a_number_has_points_for_thousands_and_a_comma_for_parts(value, written):
    assert formats.number(value) == written


@pytest.mark.parametrize(
    ("value", "written"),
    [(1250000, "Rp\xa01.250.000"), (-500, "\u2212Rp\xa0500"), (None, "\u2014"), (0, "Rp\xa00")],
)
def test_money_is_in_whole_rupiah(value, written):
    assert formats.rupiah(value) == written


def test_a_day_is_written_with_its_month_in_words():
    assert formats.day(TODAY) == "12 Januari 2021"
    assert formats.short_day(TODAY) == "12\xa0Jan\xa02021"
    assert formats.day(None) == "\u2014"


def test_a_moment_is_read_on_the_clock_of_the_office():
    late_in_the_evening = dt.datetime(2021, 1, 11, 18, 5, tzinfo=dt.UTC)

    assert formats.moment(late_in_the_evening) == "12\xa0Jan\xa02021 01.05"
    assert formats.day(late_in_the_evening) == "12 Januari 2021"


@pytest.mark.parametrize(
    ("days", "written", "tone"),
    [
        (0, "hari ini", "warn"),
        (1, "besok", "warn"),
        (5, "5 hari lagi", "plain"),
        (-2, "terlambat 2 hari", "bad"),
        (40, "21\xa0Feb\xa02021", "plain"),
    ],
)
def test_what_is_due_says_how_far_it_is(days, written, tone):
    due_on = TODAY + dt.timedelta(days=days)

    assert formats.due(due_on, on=TODAY) == written
    assert formats.due_tone(due_on, on=TODAY) == tone


@pytest.mark.parametrize(
    ("name", "letters"),
    [("Wagiman", "W"), ("Retno Ayu Wulandari", "RW"), ("dr. Sari", "DS"), ("", "?"), (None, "?")],
)
def test_two_letters_stand_for_a_name(name, letters):
    assert formats.initials(name) == letters
