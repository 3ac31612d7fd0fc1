"""Everything that the page of one person shows, for one reader."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from pulih.access.masks import MASK, sees
from pulih.access.models import User
from pulih.access.policy import Action
from pulih.people import places
from pulih.people.ages import age_text
from pulih.people.codes import DISABILITIES, FUNDING, KINDS, SERVICE_KINDS, CodeList, Entry
from pulih.people.findings import Remark, remembered
from pulih.people.models import (
    Address,
    Contact,
    Identifier,
    Kinship,
    Person,
    PersonFact,
    PpksStatus,
)
from pulih.people.rules import OPEN_KINDS, sees_close_kinds

_LISTS: Mapping[str, CodeList[Entry]] = {
    PersonFact.Kind.DISABILITY: DISABILITIES,
    PersonFact.Kind.INSURANCE: FUNDING,
}


@dataclass(frozen=True, slots=True)
class Number:
    """A number, masked, with what its checks found."""

    row: Identifier
    remarks: list[Remark]


@dataclass(frozen=True, slots=True)
class Status:
    """A PPKS kind in words."""

    row: PpksStatus
    name: str
    disability: str
    fits: bool


@dataclass(frozen=True, slots=True)
class Relative:
    """A relative: their entry, when the reader may see it, or the name alone."""

    row: Kinship
    other: Person | None
    name: str


@dataclass(frozen=True, slots=True)
class Fact:
    """A dated fact in words."""

    row: PersonFact
    text: str


def numbers_of(person: Person) -> list[Number]:
    """The person's numbers, in the order of their kinds."""
    return [Number(row, remembered(row.findings)) for row in person.identifiers.all()]


def addresses_of(person: Person) -> list[tuple[Address, str]]:
    """The person's addresses, the current ones first, each with its place in words."""
    rows = person.addresses.select_related("region__parent")
    return [(row, places.full_name(row.region) if row.region else row.typed_place) for row in rows]


def statuses_of(person: Person, *, user: User) -> list[Status]:
    """The PPKS kinds now and before; those held closely only for who works with cases."""
    rows = list(person.statuses.all())
    if not sees_close_kinds(user):
        rows = [row for row in rows if row.kind in OPEN_KINDS]
    return [_status(person, row) for row in rows]


def relatives_of(person: Person) -> list[Relative]:
    """Relatives and guardians. Nobody learns here of an entry in another compartment."""
    found = []
    for row in person.kin.select_related("other"):
        other = row.other
        if other is not None and other.compartment_id not in {None, person.compartment_id}:
            continue
        found.append(Relative(row, other, other.name if other else str(row.other_name)))
    return found


def household_of(person: Person, *, user: User) -> list[Person]:
    """Others on the same family card; being on it does not make them kin."""
    cards = person.households.filter(until=None).values("household")
    return list(
        Person.objects.visible_to(user)
        .filter(
            households__household__in=cards,
            households__until=None,
            compartment=person.compartment_id,
            merged_into=None,
        )
        .exclude(pk=person.pk)
        .distinct()[:20]
    )


@dataclass(frozen=True, slots=True)
class Way:
    """A way to reach somebody, as the reader sees it."""

    row: Contact
    value: str


def contacts_of(person: Person, *, user: User) -> list[Way]:
    """Ways to reach the person; a mask for who does not see how (R-ACC-141)."""
    seen = sees(user, Action.CONTACT_SEE, person)
    return [Way(row, str(row.value) if seen else MASK) for row in person.contacts.all()]


def facts_of(person: Person) -> list[Fact]:
    """What lists and papers said, newest first inside each kind."""
    return [Fact(row, _fact_text(row)) for row in person.facts.all()]


def age_of(person: Person, today: dt.date) -> str:
    """The age in words."""
    return age_text(person, today)


def _status(person: Person, row: PpksStatus) -> Status:
    code = str(row.kind)
    fits = True
    if code in KINDS and person.birth and row.status_on:
        lowest, highest = person.birth.age_on(row.status_on)
        fits = any(KINDS[code].fits_age(age) for age in {max(lowest, 0), max(highest, 0)})
    disability = DISABILITIES.label(row.disability) if row.disability else ""
    return Status(row, KINDS.label(code), disability, fits)


def _fact_text(row: PersonFact) -> str:
    detail = str(row.detail)
    if row.kind == PersonFact.Kind.DECILE and row.code:
        return _("decile %(decile)s") % {"decile": row.code}
    if row.kind == PersonFact.Kind.SERVICE and row.code in SERVICE_KINDS:
        name = SERVICE_KINDS.label(row.code)
        return f"{name}: {detail}" if detail else name
    named = _LISTS.get(row.kind)
    if named is not None and row.code in named:
        return named.label(row.code)
    return detail or row.code
