"""A birth date with its precision, as the columns of a person, and ages in words."""

from __future__ import annotations

import datetime as dt
from typing import TypedDict

from jejak.birth import BirthDate, Precision


class BirthColumns(TypedDict):
    """The columns of `Person` that hold the birth."""

    birth_date: dt.date | None
    birth_precision: str
    birth_year_from: int | None
    birth_year_to: int | None
    estimated_on: dt.date | None
    born_around: dt.date | None


def birth_columns(birth: BirthDate | None) -> BirthColumns:
    """The columns for a birth; all empty when nothing is known."""
    if birth is None:
        return BirthColumns(
            birth_date=None,
            birth_precision="",
            birth_year_from=None,
            birth_year_to=None,
            estimated_on=None,
            born_around=None,
        )
    first, last = birth.earliest.year, birth.latest.year
    if birth.precision is Precision.ESTIMATED and birth.estimated_on is not None:
        lowest, highest = birth.age_on(birth.estimated_on)
        first, last = birth.estimated_on.year - highest, birth.estimated_on.year - lowest
    exact = birth.earliest if birth.is_exact else None
    return BirthColumns(
        birth_date=exact,
        birth_precision=str(birth.precision),
        birth_year_from=first,
        birth_year_to=last,
        estimated_on=birth.estimated_on,
        born_around=exact or dt.date((first + last) // 2, 7, 1),
    )
