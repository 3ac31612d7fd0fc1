"""What agrees and what differs between two people, in words; the engine gives codes only."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jejak.records import NOTABLE_BITS, Evidence
from pulih.people.models import Identifier, Kinship, Person

Word: TypeAlias = str | Promise

LABELS: Mapping[str, Word] = {
    "name": gettext_lazy("Name"),
    "sex": gettext_lazy("Sex"),
    "birth": gettext_lazy("Birth"),
    "place": gettext_lazy("Place"),
}
NAME: Mapping[str, Word] = {
    "same": gettext_lazy("The same name."),
    "spelling": gettext_lazy("The same name in another spelling."),
    "sound": gettext_lazy("Sounds alike."),
    "joined": gettext_lazy("The same, written as one word or as two."),
    "called": gettext_lazy("One is a short form of the other."),
    "typo": gettext_lazy("One letter differs."),
    "far_typo": gettext_lazy("Two letters differ."),
    "initial": gettext_lazy("Only the first letter is given."),
    "ending": gettext_lazy("Only the ending differs, which tells men from women."),
    "part": gettext_lazy("One name is a part of the other."),
    "partly_different": gettext_lazy("Some words agree, others do not."),
    "different": gettext_lazy("No word agrees."),
}
BIRTH: Mapping[str, Word] = {
    "same_date": gettext_lazy("The same date."),
    "swapped_day_month": gettext_lazy("Day and month are exchanged."),
    "same_month_and_year": gettext_lazy("The same month and year."),
    "same_day_other_year": gettext_lazy("The same day, another year."),
    "same_year": gettext_lazy("The same year."),
    "same_year_other_day": gettext_lazy("The same year, another day."),
    "within_estimate": gettext_lazy("Within the estimated age."),
    "near": gettext_lazy("One or two years apart."),
    "off_by_years": gettext_lazy("The same day and month, years apart."),
    "far": gettext_lazy("Up to ten years apart."),
    "different": gettext_lazy("More than ten years apart."),
}
PLACE: Mapping[str, Word] = {
    "village": gettext_lazy("The same village."),
    "district": gettext_lazy("The same district."),
    "regency": gettext_lazy("The same regency only."),
    "province": gettext_lazy("The same province only."),
    "none": gettext_lazy("Another part of the country."),
}
# Levels that count for the same person and yet are not quite the same.
NEARLY = frozenset(
    {
        *("spelling", "sound", "joined", "called", "typo", "far_typo", "initial", "part"),
        *("swapped_day_month", "same_month_and_year", "same_day_other_year", "same_year"),
        *("same_year_other_day", "off_by_years"),
        *("within_estimate", "district"),
    }
)


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a comparison: what is compared, both sides, the verdict and why."""

    label: str
    left: str
    right: str
    verdict: str
    because: str


def lines(evidence: Iterable[Evidence], places: Mapping[str, str]) -> list[Line]:
    """The evidence as rows, what was asked on the left and what is on record on the right.

    Args:
        places: the names of region codes.
    """
    return [_line(item, places) for item in evidence]


def codes_in(evidence: Iterable[Evidence]) -> set[str]:
    """The region codes that the evidence names."""
    return {
        str(item.params[side])
        for item in evidence
        if item.field == "place"
        for side in ("a", "b")
        if side in item.params
    }


def _line(item: Evidence, places: Mapping[str, str]) -> Line:
    left, right = str(item.params.get("a", "")), str(item.params.get("b", ""))
    label: Word = LABELS.get(item.field, "")
    because: Word = ""
    if item.field == "name":
        left, right, because = left.title(), right.title(), NAME.get(item.level, "")
    elif item.field == "sex":
        left, right = _sex(left), _sex(right)
    elif item.field == "birth":
        left, right, because = _birth(left), _birth(right), BIRTH.get(item.level, "")
    elif item.field == "place":
        left, right = places.get(left, left), places.get(right, right)
        because = PLACE.get(item.level, "")
    elif item.field == "relative":
        label = _relation(str(item.params.get("relation", "")))
        left, right, because = left.title(), right.title(), NAME.get(item.level, "")
    elif item.field == "identifier":
        label, because = _number(item)
    return Line(str(label), left, right, _verdict(item), str(because))


def _verdict(item: Evidence) -> str:
    if item.bits <= -NOTABLE_BITS:
        return "differs"
    if item.level in NEARLY or item.bits < NOTABLE_BITS:
        return "near"
    return "agrees"


def _sex(code: str) -> str:
    return str(Person.Sex(code).label) if code in Person.Sex.values else code


def _birth(text: str) -> str:
    """A date in the reader's form; years stay as they are."""
    try:
        return date_format(dt.date.fromisoformat(text), "j M Y")
    except ValueError:
        return text


def _relation(code: str) -> str:
    known = code in Kinship.Relation.values
    return str(Kinship.Relation(code).label) if known else _("Relative")


def _number(item: Evidence) -> tuple[str, str]:
    kind = str(item.params.get("kind", ""))
    label = str(Identifier.Kind(kind).label) if kind in Identifier.Kind.values else kind.upper()
    return label, _("The same number.") if item.level == "same" else _("Another number.")
