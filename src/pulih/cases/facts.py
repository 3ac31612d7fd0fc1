"""What the pages hand to the actions: the facts of a service, a referral, an end, a follow-up."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from uuid import UUID

from pulih.access.models import Activity, Section, User
from pulih.cases.stages import Stage

USUAL_REFERRAL_DAYS = 7
"""Days until an answer to a referral is due when nobody says otherwise."""

REOPEN_TO = frozenset({Stage.ASSESSMENT, Stage.INTERVENTION})
"""The stages in which an ended case goes on when it is opened again."""


@dataclass(frozen=True, slots=True)
class Given:
    """What was given: the facts that a record of a service holds.

    Attributes:
        kind: A to K, one of the eleven kinds.
        provider: who gave it; None means whoever records it.
        atensi: the component of ATENSI it counts for, where there is one.
        details: the answers of the kind's short form; None where it was not asked.
        activity: the line of the work programme it counts for, where somebody says it.
    """

    kind: str
    on: dt.date
    hours: Decimal
    place: str = ""
    result: str = ""
    provider: User | None = None
    atensi: int | None = None
    details: Mapping[str, Any] | None = None
    activity: Activity | None = None


@dataclass(frozen=True, slots=True)
class SessionFacts:
    """What a group session was: its topic and the section that held it."""

    topic: str
    section: Section
    note: str = ""


@dataclass(frozen=True, slots=True)
class Level:
    """How far one goal was reached, with a word on it."""

    level: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """Who is asked by a referral, for what, and what they are told.

    Attributes:
        to_section: for a referral inside the office.
        to_name: the institution, village or office, for one outside.
        told: the facts that the letter tells; nothing else leaves the case.
        names_client: does the letter carry the client's name?
    """

    target: str
    purpose: str
    to_section: Section | None = None
    to_name: str = ""
    to_contact: str = ""
    told: str = ""
    names_client: bool = False


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer to a referral: yes, full until a day, or no; with who gave it.

    Attributes:
        state: accepted, full or refused.
        name, office: who answers, as they write it themselves.
    """

    state: str
    name: str = ""
    office: str = ""
    note: str = ""
    full_until: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Ending:
    """Why and how a case ended, and when it is looked at again.

    Attributes:
        follow_up_on: the days on which the office wants to ask how it goes.
    """

    reason: str
    outcome: str
    evidence: str
    on: dt.date
    follow_up_on: tuple[dt.date, ...] = ()


@dataclass(frozen=True, slots=True)
class Visit:
    """What a follow-up found.

    Attributes:
        hours: how long it took; with hours it counts as a service of kind J.
        next_on: when the office asks again.
        details: the answers of the short form of kind J; None where it was not asked.
    """

    on: dt.date
    mode: str
    condition: str
    findings: str
    hours: Decimal | None = None
    next_on: dt.date | None = None
    details: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class VisitNote:
    """What a visit to a client found, before or after the end of the case.

    Attributes:
        details: the answers of the short form of kind J.
        next_on: when somebody visits again.
    """

    on: dt.date
    details: Mapping[str, Any]
    hours: Decimal = Decimal(1)
    place: str = ""
    next_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of an instrument that the office defines.

    Attributes:
        levels: from the lowest to the highest, the same for every question.
        items: one question each.
        scorer: sum, mean or highest.
        cutoff: the score from which somebody looks again; None without.
    """

    name: str
    about: str
    levels: tuple[str, ...]
    items: tuple[str, ...]
    scorer: str
    cutoff: int | None = None


@dataclass(frozen=True, slots=True)
class Needed:
    """A need as somebody writes it down."""

    kind: str
    text: str = ""
    helper: str = ""
    owner: User | None = None
    due_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Caseload:
    """What somebody hands over, as it was written down.

    Attributes:
        to: who takes each case over, by the key of the case.
        name_in: the sealed cases in which the successor is named for this handover.
        remarks: what the successor must know of a case.
    """

    worker: User
    section: Section
    to: Mapping[UUID, User]
    reason: str
    worker_leaves: bool = True
    name_in: frozenset[UUID] = frozenset()
    remarks: Mapping[UUID, str] = field(default_factory=dict)
