"""A birth date as an office knows it: exact, the year only, or a range guessed on some day."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

DAY = dt.timedelta(days=1)
# Years that a wrong key or a wrong decade makes, when day and month are right.
SLIPS = {1, 2, 10}


class Precision(StrEnum):
    """How well the date is known."""

    EXACT = "exact"
    YEAR = "year"
    ESTIMATED = "estimated"


@dataclass(frozen=True, slots=True)
class BirthDate:
    """The days on which the person may have been born, and how that is known.

    An estimate keeps the day on which it was made, because "about forty" ages with the person.
    """

    precision: Precision
    earliest: dt.date
    latest: dt.date
    estimated_on: dt.date | None = None

    def __post_init__(self) -> None:
        if self.earliest > self.latest:
            raise ValueError("a birth date range must not end before it starts")
        if (self.precision is Precision.ESTIMATED) != (self.estimated_on is not None):
            raise ValueError("an estimate, and only an estimate, has the date on which it was made")

    @classmethod
    def exact(cls, date: dt.date) -> BirthDate:
        """Return the date as a paper states it."""
        return cls(Precision.EXACT, date, date)

    @classmethod
    def year(cls, year: int) -> BirthDate:
        """Return a birth of which only the year is known."""
        return cls(Precision.YEAR, dt.date(year, 1, 1), dt.date(year, 12, 31))

    @classmethod
    def estimated(cls, age_from: int, age_to: int, *, on: dt.date) -> BirthDate:
        """Return the birth of someone judged to be between two ages on a day."""
        return cls(
            Precision.ESTIMATED,
            _years_before(on, age_to + 1) + DAY,
            _years_before(on, age_from),
            on,
        )

    @property
    def is_exact(self) -> bool:
        """Return whether one single day is stated."""
        return self.precision is Precision.EXACT

    @property
    def is_default_day(self) -> bool:
        """Return whether the day is one that clerks write when they do not know it."""
        return self.is_exact and (self.earliest.month, self.earliest.day) in {(1, 1), (12, 31)}

    def age_on(self, day: dt.date) -> tuple[int, int]:
        """Return the lowest and the highest age on the day; negative before birth."""
        return _age(self.latest, day), _age(self.earliest, day)

    def could_be(self, day: dt.date) -> bool:
        """Return whether the person may have been born on this day."""
        return self.earliest <= day <= self.latest


@dataclass(frozen=True, slots=True)
class AgeBand:
    """Ages from `lowest` to `highest`, both included; `highest` None means and over."""

    code: str
    lowest: int
    highest: int | None

    def holds(self, age: int) -> bool:
        """Return whether the age falls into the band."""
        return self.lowest <= age and (self.highest is None or age <= self.highest)


# Under five, child (under 18: UU 35/2014 art. 1), youth (16-30 begins as adult at 18: UU 40/2009),
# adult, older person (60 and over: UU 13/1998 art. 1).
AGE_BANDS = (
    AgeBand("0-4", 0, 4),
    AgeBand("5-11", 5, 11),
    AgeBand("12-17", 12, 17),
    AgeBand("18-30", 18, 30),
    AgeBand("31-45", 31, 45),
    AgeBand("46-59", 46, 59),
    AgeBand("60+", 60, None),
)


def age_band(
    birth: BirthDate | None, on: dt.date, bands: tuple[AgeBand, ...] = AGE_BANDS
) -> AgeBand | None:
    """Return the band of the middle of the possible ages on the day, or None when unknown."""
    if birth is None:
        return None
    lowest, highest = birth.age_on(on)
    middle = (max(lowest, 0) + highest) // 2
    return next((band for band in bands if band.holds(middle)), None)


class BirthLevel(StrEnum):
    """How two birth dates agree, from the strongest to the contrary."""

    SAME_DATE = "same_date"
    SWAPPED = "swapped_day_month"
    SAME_MONTH = "same_month_and_year"
    SAME_DAY_OTHER_YEAR = "same_day_other_year"
    SAME_YEAR = "same_year"
    SAME_YEAR_OTHER_DAY = "same_year_other_day"
    WITHIN = "within_estimate"
    NEAR = "near"
    OFF_BY_YEARS = "off_by_years"
    FAR = "far"
    DIFFERENT = "different"


@dataclass(frozen=True, slots=True)
class BirthAgreement:
    """The level, the years between the two ranges, and the years that the looser one spans."""

    level: BirthLevel
    years_apart: int
    span: int


def compare_births(a: BirthDate, b: BirthDate) -> BirthAgreement:
    """Return how two birth dates agree; the order of the two does not matter."""
    apart = _years_apart(a, b)
    span = max(1, round(max((x.latest - x.earliest).days for x in (a, b)) / 365.25))
    if a.is_exact and b.is_exact:
        level = _compare_exact(a, b)
        if level is not None:
            return BirthAgreement(level, apart, span)
    if Precision.ESTIMATED in {a.precision, b.precision}:
        return BirthAgreement(_compare_estimate(apart), apart, span)
    apart = abs(a.earliest.year - b.earliest.year)
    if apart == 0:
        return BirthAgreement(BirthLevel.SAME_YEAR, 0, 1)
    level = _by_distance(apart)
    level = BirthLevel.OFF_BY_YEARS if level is BirthLevel.NEAR else level
    return BirthAgreement(level, apart, span)


def _compare_exact(a: BirthDate, b: BirthDate) -> BirthLevel | None:
    """Return a level that only two full dates can have; default days prove a year at most."""
    one, two = a.earliest, b.earliest
    if a.is_default_day or b.is_default_day:
        return None
    if one == two:
        return BirthLevel.SAME_DATE
    if one.year == two.year:
        if (one.month, one.day) == (two.day, two.month):
            return BirthLevel.SWAPPED
        same = one.month == two.month
        return BirthLevel.SAME_MONTH if same else BirthLevel.SAME_YEAR_OTHER_DAY
    same_day = (one.month, one.day) == (two.month, two.day)
    slip = abs(one.year - two.year) in SLIPS
    return BirthLevel.SAME_DAY_OTHER_YEAR if same_day and slip else None


def _compare_estimate(apart: int) -> BirthLevel:
    """Return the level for a guessed age, whose own range is already wide."""
    return BirthLevel.WITHIN if apart == 0 else _by_distance(apart)


def _by_distance(apart: int) -> BirthLevel:
    """Return the level for years that differ."""
    if apart <= 2:
        return BirthLevel.NEAR
    return BirthLevel.FAR if apart <= 10 else BirthLevel.DIFFERENT


def _years_apart(a: BirthDate, b: BirthDate) -> int:
    """Return the whole years between the two ranges, rounded up; 0 when they overlap."""
    gap = max((a.earliest - b.latest).days, (b.earliest - a.latest).days, 0)
    return -(-gap * 100 // 36525)


def _age(born: dt.date, day: dt.date) -> int:
    """Return full years lived on the day."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def _years_before(day: dt.date, years: int) -> dt.date:
    """Return the same day some years earlier; 29 February becomes 28 February."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)
