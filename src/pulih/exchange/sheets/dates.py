"""Dates as offices write them: which days a text can mean, and which one it does."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from rapidfuzz import fuzz, process

from jejak.birth import BirthDate
from pulih.exchange.sheets.parsed import DATE_SHOWN, Parsed, start
from pulih.exchange.sheets.problems import Problem, problem
from pulih.exchange.sheets.values import CellError, CellValue, LongNumber

EPOCH = dt.date(1899, 12, 30)
SERIAL_FIRST, SERIAL_LAST = 366, 73_050  # from 1901 to the end of 2099
OLDEST_YEAR = 1900
MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januari january jan jannuari",
            "februari february pebruari feb peb febuari",
            "maret march mar mrt mart",
            "april apr apl",
            "mei may mey",
            "juni june jun",
            "juli july jul",
            "agustus august agu ags agt agst aug agus agts",
            "september sep sept spt",
            "oktober october okt oct oktbr",
            "november nov nop nopember",
            "desember december des dec dess",
        ),
        start=1,
    )
    for name in names.split()
}
LONG_MONTHS = [name for name in MONTHS if len(name) >= 4]
NEAR_ENOUGH = 80

ISO = re.compile(r"^(\d{4})\s*[-/.]\s*(\d{1,2})\s*[-/.]\s*(\d{1,2})(?:[T ]\d{1,2}:.*)?$")
NUMERIC = re.compile(
    r"^(\d{1,2})\s*[-/.,\s]\s*(\d{1,2})\s*[-/.,\s]\s*(\d{4}|\d{2})(?: \d{1,2}:.*)?$"
)
WORDED = re.compile(r"^(\d{1,2})[\s\-/.,]*([A-Za-z]{3,12})\.?[\s\-/.,]*(\d{4}|\d{2})$")
WORD_FIRST = re.compile(r"^([A-Za-z]{3,12})\.?\s+(\d{1,2}),?\s+(\d{4})$")
MONTH_YEAR = re.compile(r"^(?:00?\s*[-/.]\s*)?(\d{1,2})\s*[-/.]\s*(\d{4})$")
MONTH_WORD_YEAR = re.compile(r"^([A-Za-z]{3,12})\.?[\s\-/.,]+(\d{4})$")
YEAR = re.compile(r"^(?:(?:th|thn|tahun)\.?\s*|00?\s*[-/.]\s*00?\s*[-/.]\s*)?(\d{4})$", re.I)
COMPACT = re.compile(r"^(\d{2})(\d{2})(\d{4})$")
WEEKDAY = re.compile(r"^(?:senin|selasa|rabu|kamis|jum'?at|sabtu|minggu|ahad)\s*,?\s*", re.I)


class DateOrder(StrEnum):
    """What stands first in the numeric dates of a column."""

    DAY_FIRST = "day_first"
    MONTH_FIRST = "month_first"


@dataclass(frozen=True, slots=True)
class ColumnDates:
    """What the other dates of a column tell: the order, None when undecided."""

    order: DateOrder | None = None
    probably_swapped: bool = False


UNTOLD = ColumnDates()


@dataclass(frozen=True, slots=True)
class Reading:
    """Numbers of a date before anybody chose between them; day 0 means not stated."""

    first: int
    second: int
    year: int
    short_year: bool = False
    ordered: bool = False  # True: first is the day, whatever the column says


@lru_cache(maxsize=4096)
def take_apart(text: str) -> Reading | None:
    """Return the numbers of a written date, None when it is none."""
    text = WEEKDAY.sub("", text)
    if match := ISO.match(text):
        return Reading(int(match[3]), int(match[2]), int(match[1]), ordered=True)
    if match := NUMERIC.match(text):
        return Reading(int(match[1]), int(match[2]), int(match[3]), len(match[3]) == 2)
    if match := COMPACT.match(text):
        return Reading(int(match[1]), int(match[2]), int(match[3]))
    if (match := WORDED.match(text)) and (month := month_of(match[2])):
        return Reading(int(match[1]), month, int(match[3]), len(match[3]) == 2, ordered=True)
    if (match := WORD_FIRST.match(text)) and (month := month_of(match[1])):
        return Reading(int(match[2]), month, int(match[3]), ordered=True)
    return _take_apart_partial(text)


def _take_apart_partial(text: str) -> Reading | None:
    if match := YEAR.match(text):
        return Reading(0, 0, int(match[1]), ordered=True)
    if match := MONTH_YEAR.match(text):
        return Reading(0, int(match[1]), int(match[2]), ordered=True)
    if (match := MONTH_WORD_YEAR.match(text)) and (month := month_of(match[1])):
        return Reading(0, month, int(match[2]), ordered=True)
    return None


@lru_cache(maxsize=512)
def month_of(word: str) -> int | None:
    """Return the month that a word names, slips of the pen included."""
    word = word.casefold()
    if word in MONTHS:
        return MONTHS[word]
    if len(word) < 4:
        return None
    near = process.extractOne(word, LONG_MONTHS, scorer=fuzz.ratio, score_cutoff=NEAR_ENOUGH)
    return MONTHS[near[0]] if near else None


def full_year(year: int, today: dt.date) -> int:
    """Return the latest year not after today that ends in these two digits."""
    century = today.year // 100 * 100
    return century + year if century + year <= today.year else century - 100 + year


def make_date(year: int, month: int, day: int) -> dt.date | None:
    """Return the date where the calendar has it."""
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def from_serial(number: float) -> dt.date | None:
    """Return the date that Excel means by a number of days."""
    if SERIAL_FIRST <= number <= SERIAL_LAST:
        return EPOCH + dt.timedelta(days=int(number))
    return None


def read_birth(
    value: CellValue, *, today: dt.date, column: ColumnDates = UNTOLD
) -> Parsed[BirthDate]:
    """Read a date of birth; a year alone, or month and year, stays as vague as it is."""
    text, done = start(value)
    if done or text == "0":
        return done or Parsed(None, text)
    problems: list[Problem] = []
    found = _find(value, text, today, column, problems)
    if found is None:
        return Parsed(None, text, tuple(problems))
    first, last = found
    if first > today:
        problems.append(problem("date.future", date=first.strftime(DATE_SHOWN)))
        return Parsed(None, text, tuple(problems))
    if first.year < OLDEST_YEAR:
        problems.append(problem("date.too_old", date=first.strftime(DATE_SHOWN)))
        return Parsed(None, text, tuple(problems))
    birth = BirthDate.exact(first) if first == last else BirthDate.year(first.year)
    return Parsed(birth, text, tuple(problems))


def read_date(value: CellValue, *, today: dt.date, column: ColumnDates = UNTOLD) -> Parsed[dt.date]:
    """Read a date of an event; month or year alone means its first day, and is flagged."""
    text, done = start(value)
    if done or text == "0":
        return done or Parsed(None, text)
    problems: list[Problem] = []
    found = _find(value, text, today, column, problems)
    if found is None:
        return Parsed(None, text, tuple(problems))
    if found[0] > today:
        problems.append(problem("date.future", date=found[0].strftime(DATE_SHOWN)))
    return Parsed(found[0], text, tuple(problems))


def _find(
    value: CellValue, text: str, today: dt.date, column: ColumnDates, problems: list[Problem]
) -> tuple[dt.date, dt.date] | None:
    """Return the first and last day that the cell means, noting what is odd about it."""
    if isinstance(value, dt.date):
        day = value.date() if isinstance(value, dt.datetime) else value
        _note_swapped(day, column, problems)
        return day, day
    if not isinstance(value, bool | dt.time | LongNumber | CellError):
        serial = _serial(value, text)
        if serial:
            shown = serial.strftime(DATE_SHOWN)
            problems.append(problem("date.from_serial", text=text, date=shown))
            return serial, serial
    reading = take_apart(text)
    if reading is None:
        problems.append(problem("date.unreadable", text=text))
        return None
    return _choose(reading, text, today, column, problems)


def _serial(value: CellValue, text: str) -> dt.date | None:
    """Return the date of a number; four digits around now are a year, not a day of 1905."""
    if isinstance(value, int | float):
        number = float(value)
    elif text.isascii() and text.isdigit() and len(text) == 5:
        number = float(text)
    else:
        return None
    return None if OLDEST_YEAR <= number <= 2100 else from_serial(number)


def _note_swapped(day: dt.date, column: ColumnDates, problems: list[Problem]) -> None:
    if not column.probably_swapped or day.day > 12 or day.day == day.month:
        return
    other = dt.date(day.year, day.day, day.month)
    problems.append(
        problem(
            "date.probably_swapped",
            first=day.strftime(DATE_SHOWN),
            second=other.strftime(DATE_SHOWN),
        )
    )


def _choose(
    reading: Reading, text: str, today: dt.date, column: ColumnDates, problems: list[Problem]
) -> tuple[dt.date, dt.date] | None:
    year = reading.year
    if reading.short_year:
        year = full_year(year, today)
        problems.append(problem("date.two_digit_year", year=year))
    if not reading.first:
        return _vague(reading.second, year, text, problems)
    day_first = make_date(year, reading.second, reading.first)
    month_first = None if reading.ordered else make_date(year, reading.first, reading.second)
    if day_first and month_first and day_first != month_first:
        return _between(day_first, month_first, text, column, problems)
    found = day_first or month_first
    if found is None:
        problems.append(problem("date.impossible", text=text))
        return None
    if not day_first:
        problems.append(problem("date.month_first"))
    return found, found


def _vague(
    month: int, year: int, text: str, problems: list[Problem]
) -> tuple[dt.date, dt.date] | None:
    first = make_date(year, month or 1, 1)
    if first is None:
        problems.append(problem("date.impossible", text=text))
        return None
    if month:
        problems.append(problem("date.month_only"))
        return first, first + dt.timedelta(days=27)
    problems.append(problem("date.year_only"))
    return first, dt.date(year, 12, 31)


def _between(
    day_first: dt.date,
    month_first: dt.date,
    text: str,
    column: ColumnDates,
    problems: list[Problem],
) -> tuple[dt.date, dt.date]:
    if column.order is DateOrder.MONTH_FIRST:
        problems.append(problem("date.month_first"))
        return month_first, month_first
    if column.order is None:
        problems.append(
            problem(
                "date.undecidable",
                text=text,
                first=day_first.strftime(DATE_SHOWN),
                second=month_first.strftime(DATE_SHOWN),
            )
        )
    return day_first, day_first


@dataclass(frozen=True, slots=True)
class PlaceAndBirth:
    """Where and when a person was born, out of one cell."""

    place: str | None
    birth: BirthDate | None


DATE_TAIL = re.compile(
    r"[\s,;/.\-:]*\b((?:\d{1,2}[\s\-/.,]*(?:[A-Za-z]{3,12}|\d{1,2})[\s\-/.,]*\d{2,4}"
    r"|\d{4}\s*[-/.]\s*\d{1,2}\s*[-/.]\s*\d{1,2}|(?:th|thn|tahun)?\.?\s*\d{4}|\d{5}))\s*$",
    re.I,
)


def read_place_and_birth(
    value: CellValue, *, today: dt.date, column: ColumnDates = UNTOLD
) -> Parsed[PlaceAndBirth]:
    """Read "Ngawi, 12-01-1987", "NGAWI/ 12 Januari 1987", or one half of it."""
    text, done = start(value)
    if done:
        return done
    if not isinstance(value, str):
        birth = read_birth(value, today=today, column=column)
        return Parsed(_together(None, birth.value), text, birth.problems)
    match = DATE_TAIL.search(text)
    place = text[: match.start()] if match else text
    place = place.strip(" ,;/.-:")
    if match is None:
        problems = () if not any(c.isdigit() for c in text) else (_unreadable(text),)
        return Parsed(PlaceAndBirth(place or None, None), text, problems)
    birth = read_birth(match[1], today=today, column=column)
    return Parsed(_together(place or None, birth.value), text, birth.problems)


def _unreadable(text: str) -> Problem:
    return problem("date.unreadable", text=text)


def _together(place: str | None, birth: BirthDate | None) -> PlaceAndBirth | None:
    return PlaceAndBirth(place, birth) if place or birth else None


def date_part(text: str) -> str:
    """Return the written date at the end of a text, or the text itself."""
    match = DATE_TAIL.search(text)
    return match[1] if match else text
