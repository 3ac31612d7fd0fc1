"""What is known of a person before it is saved: the input of registering and editing."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from jejak.birth import BirthDate
from pulih.people.models import (
    Address,
    Consent,
    Contact,
    Identifier,
    Kinship,
    Mark,
    Person,
    PersonName,
)


@dataclass(frozen=True, slots=True)
class NameDraft:
    """Another name of the person."""

    text: str
    kind: str = PersonName.Kind.CALLED
    source: str = ""


@dataclass(frozen=True, slots=True)
class NumberDraft:
    """A number as it was written; it is checked and cleaned when it is saved.

    `from_number` says that a spreadsheet held it as a number, which loses the sixteenth digit.
    """

    text: str
    kind: str = Identifier.Kind.NIK
    note: str = ""
    from_number: bool = False


@dataclass(frozen=True, slots=True)
class AddressDraft:
    """An address; `region_code` as deep as it is known, `typed_place` as somebody wrote it."""

    region_code: str = ""
    typed_place: str = ""
    hamlet: str = ""
    rt: str = ""
    rw: str = ""
    street: str = ""
    kind: str = Address.Kind.HOME


@dataclass(frozen=True, slots=True)
class ContactDraft:
    """A way to reach the person; `owner` when it is somebody else's."""

    value: str
    kind: str = Contact.Kind.PHONE
    owner: str = ""
    is_safe: bool = True


@dataclass(frozen=True, slots=True)
class KinDraft:
    """A relative or guardian who is known by name only."""

    name: str
    relation: str = Kinship.Relation.OTHER
    is_guardian: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class StatusDraft:
    """A PPKS kind (1 to 26) from a day; the first of several is the primary one."""

    kind: int
    status_on: dt.date | None = None
    subtype: str = ""
    disability: str = ""
    source: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class FactDraft:
    """A dated fact: `code` is what can be counted, `detail` the words."""

    kind: str
    code: str = ""
    detail: str = ""
    period: str = ""
    fact_on: dt.date | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class SignDraft:
    """A mark or a belonging of somebody unknown."""

    text: str
    kind: str = Mark.Kind.OTHER
    where: str = ""


@dataclass(frozen=True, slots=True)
class PersonDraft:
    """Everything that registering can take; all of it may be missing.

    Attributes:
        full_name: as on papers or as the person says it, titles included; empty when unknown.
        birth: with its precision (`jejak.BirthDate`), None when nothing is known.
        found_region: code of the place where somebody unknown was found.
    """

    full_name: str = ""
    sex: str = ""
    birth: BirthDate | None = None
    birth_place: str = ""
    religion: str = ""
    nationality: str = ""
    status: str = Person.Status.IDENTIFIED
    found_region: str = ""
    found_text: str = ""
    found_on: dt.date | None = None
    language: str = ""
    names: tuple[NameDraft, ...] = ()
    numbers: tuple[NumberDraft, ...] = ()
    addresses: tuple[AddressDraft, ...] = ()
    contacts: tuple[ContactDraft, ...] = ()
    kin: tuple[KinDraft, ...] = ()
    statuses: tuple[StatusDraft, ...] = ()
    facts: tuple[FactDraft, ...] = ()
    marks: tuple[SignDraft, ...] = ()
    belongings: tuple[SignDraft, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Facts:
    """The facts on the entry itself, as an edit leaves them."""

    full_name: str
    sex: str
    birth: BirthDate | None
    birth_place: str = ""
    religion: str = ""
    nationality: str = ""
    language: str = ""
    found_region: str = ""
    found_text: str = ""
    found_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class ConsentTerms:
    """What was agreed, by whom, for what and until when."""

    purpose: str
    given_on: dt.date
    basis: str = Consent.Basis.CONSENT
    capacity: str = Consent.Capacity.SELF
    recipient: str = ""
    scope: str = ""
    given_by: str = ""
    expires_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Photo:
    """A picture of a person as it came from a camera or a telephone."""

    name: str
    content: bytes
