"""Who may somebody at the counter be: the careful search, in the few facts that are asked there."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from jejak.birth import BirthDate
from pulih.access.models import User
from pulih.people import places
from pulih.people.ages import age_text
from pulih.people.models import Person
from pulih.people.queries.similar import find_similar_people
from pulih.people.records import sought

LIKELY, POSSIBLE = 0.8, 0.2
MOST = 6


@dataclass(frozen=True, slots=True)
class Suggestion:
    """An entry that may be the one at the counter.

    Attributes:
        strength: "likely", "possible" or "unlikely".
    """

    person: Person
    age: str
    place: str
    strength: str


def who_may_it_be(
    *,
    name: str = "",
    nik: str = "",
    place: str = "",
    birth: BirthDate | None = None,
    user: User,
    today: dt.date,
) -> list[Suggestion]:
    """The most probable entries that the user may see, the best first.

    Args:
        place: code of a village or district.
        birth: as exact as it is known.
    """
    query = sought(name=name, place=place, birth=birth, numbers=[("nik", nik)] if nik else ())
    found = find_similar_people(query, user=user, today=today, limit=MOST)
    names = places.names({item.person.home_code for item in found})
    return [
        Suggestion(
            person=item.person,
            age=age_text(item.person, today),
            place=names.get(item.person.home_code, ""),
            strength=strength_of(item.match.score),
        )
        for item in found
    ]


def strength_of(score: float) -> str:
    """How sure a likelihood is, in the three steps that the screen tells apart."""
    if score >= LIKELY:
        return "likely"
    return "possible" if score >= POSSIBLE else "unlikely"


@dataclass(frozen=True, slots=True)
class OnRecord:
    """What the counter reads out to be sure that it is the right person."""

    age: str
    place: str


def on_record(person: Person, *, today: dt.date) -> OnRecord:
    """Age and home of an entry that was read for its reader."""
    names = places.names([person.home_code])
    return OnRecord(age=age_text(person, today), place=names.get(person.home_code, ""))
