"""Finding and listing people of the registry for a reader."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from jejak.birth import AGE_BANDS
from jejak.names import parse_name
from pulih.access.models import User
from pulih.access.purpose import require as require_purpose
from pulih.access.scope import compartments_of
from pulih.people.codes import KINDS
from pulih.people.models import Identifier, Person, PpksStatus, SearchKey
from pulih.people.rules import OPEN_KINDS
from pulih.people.storage.numbers import index_of, normal_form

LENGTH_OF_NUMBER = 16
LAST = "\uffff"
# The sign after the dot: every code below a place stands before it, no other place does.
AFTER_DOT = "/"
FEW = 2000
SHORTEST_WORD = 2


@dataclass(frozen=True, slots=True)
class PeopleFilter:
    """What a list of people is narrowed by; what is empty does not narrow.

    Attributes:
        text: a part of a name, a register number, a temporary code, or a NIK.
        place: code of a district or village.
        kind: number of a PPKS kind that is not held closely.
        section: `access.Section.Kind`, for all kinds that the section takes.
        band: code of an age band.
    """

    text: str = ""
    sex: str = ""
    status: str = ""
    place: str = ""
    kind: int | None = None
    section: str = ""
    band: str = ""


def get_person(pk: UUID | str, *, user: User) -> Person:
    """One person the user may see; for who may not know, there is none (404)."""
    try:
        person = Person.objects.visible_to(user).select_related("found_in").get(pk=pk)
    except (Person.DoesNotExist, ValueError):
        raise Http404(_("There is no such person.")) from None
    require_purpose(person.compartment_id, user=user)
    return person


def find_by_number(number: str, *, user: User) -> Person | None:
    """The person with this register number, if the user may see one."""
    rows = Person.objects.visible_to(user).filter(merged_into=None)
    return rows.filter(number=number.strip().upper()).first()


def list_people(
    *, user: User, narrowed: PeopleFilter | None = None, today: dt.date | None = None
) -> QuerySet[Person]:
    """People the user may see, by name; joined entries are left out.

    Args:
        narrowed: the filters.
        today: the day on which ages are counted; needed for an age band.
    """
    rows = Person.objects.visible_to(user).filter(merged_into=None)
    if narrowed is None:
        return rows
    if narrowed.text.strip():
        rows = rows.filter(_text(narrowed.text.strip(), user))
    for field in ("sex", "status"):
        if value := getattr(narrowed, field):
            rows = rows.filter(**{field: value})
    if narrowed.place:
        rows = rows.filter(_within(narrowed.place))
    kinds = _kinds(narrowed)
    if kinds is not None:
        rows = rows.filter(_of_kinds(kinds))
    if narrowed.band and today is not None:
        rows = rows.filter(_band(narrowed.band, today))
    return rows


def _text(text: str, user: User) -> Q:
    """People whose name, number or code the text may mean."""
    digits = "".join(letter for letter in text if letter.isdigit())
    if len(digits) == LENGTH_OF_NUMBER:
        return Q(pk__in=_people_of_number(text, user))
    if any(letter.isdigit() for letter in text):
        code = text.upper()
        return Q(number=code) | Q(temporary_code__gte=code, temporary_code__lt=code + LAST)
    return _named(text) | Q(pk__in=_sealed_named(text, user))


def _named(text: str) -> Q:
    """Open people with every word of the text in their names, by sound and by beginning."""
    rows = SearchKey.objects.unscoped(reason="keys lead to people who are read by scope")
    found = Q()
    for sounds in _words(text):
        keys = Q()
        for sound in sounds:
            keys |= Q(key__gte=f"t:{sound}", key__lt=f"t:{sound}{LAST}")
        people = list(rows.filter(keys).values_list("person", flat=True)[: FEW + 1])
        found &= Q(pk__in=set(people)) if len(people) <= FEW else _with_keys(sounds)
    return found


def _with_keys(sounds: Iterable[str]) -> Q:
    """The same, told apart on the walk: no other kind of key has these letters in it."""
    found = Q()
    for sound in sounds:
        found |= Q(search_keys__contains=f"t:{sound}")
    return found


def _sealed_named(text: str, user: User) -> list[UUID]:
    """Sealed people whom the reader may know with the text in their name, opened in memory."""
    rooms: list[Any] = list(compartments_of(user))
    if not rooms:
        return []
    rows = Person.objects.visible_to(user).filter(compartment__in=rooms, merged_into=None)
    sought = text.casefold()
    return [person.pk for person in rows if sought in person.own_name.casefold()]


def _words(text: str) -> Iterable[frozenset[str]]:
    """The sounds of each word; a single letter narrows nothing."""
    words = parse_name(text).main.words
    return [word.sounds for word in words if len(word.text) >= SHORTEST_WORD]


def _people_of_number(text: str, user: User) -> QuerySet[Identifier, tuple[UUID]]:
    """People with this NIK or family card; sealed ones only for who may know them."""
    indexes = [
        index_of(kind, normal_form(kind, text), sealed=sealed)
        for kind in (Identifier.Kind.NIK, Identifier.Kind.KK)
        for sealed in (False, True)
    ]
    return Identifier.objects.visible_to(user).filter(index__in=indexes).values_list("person")


def _within(code: str) -> Q:
    """People who live in a place or in one below it; a range, because a pattern uses no index."""
    return Q(home_code__gte=code, home_code__lt=f"{code}{AFTER_DOT}")


def _kinds(narrowed: PeopleFilter) -> set[int] | None:
    """The kinds that the filters allow; None when they do not ask for any."""
    if narrowed.kind is None and not narrowed.section:
        return None
    kinds = {kind.number for kind in KINDS} & OPEN_KINDS
    if narrowed.section:
        kinds &= {kind.number for kind in KINDS if kind.section == narrowed.section}
    return kinds if narrowed.kind is None else kinds & {narrowed.kind}


def _of_kinds(kinds: set[int]) -> Q:
    """People of one of the kinds now."""
    rows = PpksStatus.objects.unscoped(reason="kinds lead to people who are read by scope")
    return _having(rows.filter(kind__in=kinds, ended_on=None))


def _having(rows: QuerySet[Any]) -> Q:
    """People who have one of the rows: few are looked up by key, many told apart on the walk."""
    found = list(rows.order_by().values_list("person", flat=True)[: FEW + 1])
    if len(found) <= FEW:
        return Q(pk__in=set(found))
    return Q(Exists(rows.filter(person=OuterRef("pk"))))


def _band(code: str, today: dt.date) -> Q:
    """People whose age, or the middle of their possible ages, lies in the band."""
    band = next((band for band in AGE_BANDS if band.code == code), None)
    if band is None:
        return Q()
    latest = _years_before(today, band.lowest)
    found = Q(born_around__lte=latest)
    if band.highest is not None:
        found &= Q(born_around__gt=_years_before(today, band.highest + 1))
    return found


def _years_before(day: dt.date, years: int) -> dt.date:
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)
