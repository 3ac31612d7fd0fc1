"""What the office holds of one person, and who used it: the answer to a request for access."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from pulih.access.models import AuditEvent, User
from pulih.access.verbs import words_of
from pulih.cases.models import Case, Referral, ServiceRecord
from pulih.papers.models import Letter
from pulih.people.models import Person
from pulih.people.queries import sheet

TRAIL_AT_MOST = 500


@dataclass(frozen=True, slots=True)
class Used:
    """One use of the data: when, what was done, in which role."""

    at: dt.datetime
    words: str
    role: str


@dataclass(frozen=True, slots=True)
class Dossier:
    """Everything about the person that the reader may see and the person may have.

    Left out are who reported, notes of the team, and data of other people: the request is about
    the person's own data (UU 27/2022, refusal where it lays open data of others).
    """

    person: Person
    numbers: list[Any]
    addresses: list[Any]
    contacts: Any
    statuses: list[Any]
    consents: list[Any]
    cases: list[Case]
    services: list[ServiceRecord]
    referrals: list[Referral]
    letters: list[Letter]
    used: list[Used]


def dossier_of(person: Person, *, user: User) -> Dossier:
    """The dossier of a person, as far as the user may read its parts."""
    cases = list(Case.objects.visible_to(user).filter(person=person).select_related("section"))
    referrals = Referral.objects.visible_to(user).filter(case__in=cases)
    services = ServiceRecord.objects.visible_to(user).filter(case__in=cases)
    about = [person.pk, *(case.pk for case in cases), *(one.pk for one in referrals)]
    letters = Letter.objects.visible_to(user).filter(about_key__in=about).exclude(number="")
    return Dossier(
        person=person,
        numbers=sheet.numbers_of(person),
        addresses=sheet.addresses_of(person),
        contacts=sheet.contacts_of(person, user=user),
        statuses=sheet.statuses_of(person, user=user),
        consents=list(person.consents.all()),
        cases=cases,
        services=list(services.filter(state=ServiceRecord.State.PROVIDED)),
        referrals=list(referrals.exclude(state=Referral.State.DRAFT)),
        letters=list(letters),
        used=_used([str(key) for key in about[: 1 + len(cases)]]),
    )


def _used(keys: list[str]) -> list[Used]:
    """The last uses, newest first; a name of staff is no data of the person, the role is."""
    events = AuditEvent.objects.filter(subject_id__in=keys).select_related("actor")
    rows = events.order_by("-at")[:TRAIL_AT_MOST]
    return [
        Used(event.at, words_of(event.verb), event.actor.position if event.actor else "")
        for event in rows
    ]
