"""What the forms of incoming mail hand to the actions."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from pulih.access.models import Section, User
from pulih.access.policy import RecordClass
from pulih.desk.models import IncomingLetter
from pulih.inbox.actions import Slot


@dataclass(frozen=True, slots=True)
class LetterFacts:
    """A letter as the front desk reads it from its first page.

    Attributes:
        number: the number that the sender gave it; not every letter has one.
        dated_on: the date on the letter, where it has one.
    """

    sender: str
    subject: str
    received_on: dt.date
    nature: str = IncomingLetter.Nature.ORDINARY
    number: str = ""
    dated_on: dt.date | None = None
    summary: str = ""


@dataclass(frozen=True, slots=True)
class Scan:
    """The letter itself, as a file."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Handing:
    """To whom a letter is handed on, with what to do.

    Attributes:
        instructions: codes of ready phrases; a note of one's own may stand instead.
        due_on: when the answer is due, if it is.
    """

    receivers: tuple[User, ...]
    instructions: tuple[str, ...] = ()
    note: str = ""
    due_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class ReportFacts:
    """How a letter becomes a report; everything else stands in the letter.

    Attributes:
        is_referral: another institution refers somebody and waits for an answer.
        answer_due_on: by when the institution is answered.
    """

    section: Section | None = None
    ppks_kind: int | None = None
    held: RecordClass = RecordClass.OPEN
    workers: tuple[User, ...] = ()
    urgent: bool = False
    is_referral: bool = False
    answer_due_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class EventFacts:
    """An appointment that a letter asks for, and who goes there."""

    title: str
    slot: Slot
    attendants: tuple[User, ...]
