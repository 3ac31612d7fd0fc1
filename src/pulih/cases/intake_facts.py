"""What the forms of the first half hand to the actions: facts, already in shape."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from pulih.access.models import Section, Unit, User
from pulih.access.policy import RecordClass
from pulih.cases.models import Goal
from pulih.people.models import Person


@dataclass(frozen=True, slots=True)
class Origin:
    """The record of an app above that a report was made from: its number and its page."""

    label: str
    url_name: str
    id: UUID


@dataclass(frozen=True, slots=True)
class Received:
    """What somebody told; only the channel and what happened are needed.

    Attributes:
        section: who shall look at it; None proposes the section of the PPKS kind.
        held: how closely to hold it; never less than the kind asks for.
        workers: for a sealed report, who besides the section head may know.
        village_code: the place, by code; `place` in words.
        person: the entry of the registry, where it was found already.
        origin: what it was made from, such as a letter.
    """

    channel: str
    description: str
    section: Section | None = None
    unit: Unit | None = None
    ppks_kind: int | None = None
    about: str = ""
    place: str = ""
    village_code: str = ""
    urgent: bool = False
    danger: str = ""
    reporter_name: str = ""
    reporter_contact: str = ""
    reporter_protected: bool = False
    held: RecordClass = RecordClass.OPEN
    workers: tuple[User, ...] = ()
    person: Person | None = None
    received_at: dt.datetime | None = None
    origin: Origin | None = None


@dataclass(frozen=True, slots=True)
class NewCase:
    """What a case starts with.

    Attributes:
        problem: the matter in a sentence.
        lead: None leaves it to the section head, who gets a task.
        held: how closely to hold it; None means as the kind and the report ask for.
        looser_because: why it is held less closely than its kind asks for; section head only.
        opened_on: default today; a paper case may be entered late.
    """

    section: Section
    problem: str
    ppks_kind: int | None = None
    unit: Unit | None = None
    lead: User | None = None
    team: tuple[User, ...] = ()
    held: RecordClass | None = None
    looser_because: str = ""
    opened_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Grounds:
    """What the work stands on.

    Attributes:
        given_by: for a consent, who gave it and as what.
        note: for a basis in law, the ground: which duty, which danger, which order.
    """

    kind: str
    on: dt.date
    given_by: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Findings:
    """What was found out; every part may stay empty but the problems."""

    assessed_on: dt.date
    problems: str
    biological: str = ""
    psychological: str = ""
    social: str = ""
    spiritual: str = ""
    family: str = ""
    environment: str = ""
    strengths: str = ""
    signs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Answers:
    """One use of an instrument.

    Attributes:
        levels: a level for each domain, counted from 0; None for one that could not be judged.
        note: what should be remembered; says why where a domain is left out.
        method: how it is scored, where the instrument has more than one way.
        works: does the client work or go to school, where the instrument asks about it?
    """

    levels: Mapping[str, int | None]
    on: dt.date
    mode: str
    note: str = ""
    method: str = ""
    works: bool = True


@dataclass(frozen=True, slots=True)
class GoalFacts:
    """A goal with its five outcomes, for −2, −1, 0, +1 and +2."""

    text: str
    area: str
    anchors: Sequence[str]
    baseline: int = -1
    weight: int = 1
    due_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class ServiceFacts:
    """A service that the plan promises; kind A to K, component 1 to 7.

    Attributes:
        details: the answers that the kind's short form asks when it is planned; None without form.
    """

    kind: str
    text: str = ""
    atensi: int | None = None
    goal: Goal | None = None
    frequency: str = ""
    planned_from: dt.date | None = None
    planned_until: dt.date | None = None
    responsible: User | None = None
    details: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class GrantFacts:
    """Who reads, what for, between which days, and under whose eyes."""

    user: User
    purpose: str
    valid_from: dt.date
    valid_until: dt.date
    supervisor: User | None = None
