"""The story of a case in sentences: one template for every kind of event.

An action adds an event with the parts of its sentence; the words are chosen when the page is
drawn, in the reader's language. A kind that is not in the table is a fault of the action that
wrote it, which a test finds.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from django.utils.formats import date_format, localize
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from pulih.cases.models import Basis, CaseEvent, Closure, FollowUp, Need, Plan, Referral
from pulih.cases.service_forms import told_parts
from pulih.cases.stages import Stage
from pulih.people.codes import SERVICE_KINDS, Entry

Text: TypeAlias = str | Promise

FORM = "form"
"""The part of a detail that holds the answers of a short form: kind, version, answers."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """How one kind of event is told.

    Attributes:
        text: the sentence, with the named parts of the event's detail.
        icon: a sign of the UI kit beside it.
        note: the part of the detail that holds somebody's own words, shown below the sentence.
    """

    text: Text
    icon: str = "circle"
    note: str = ""


SENTENCES: dict[str, Sentence] = {
    "opened": Sentence(gettext_lazy("The case was opened."), "folder"),
    "opened_from_report": Sentence(
        gettext_lazy("The case was opened from report %(number)s."), "folder"
    ),
    "report_repeated": Sentence(
        gettext_lazy("Report %(number)s came in about the same matter."), "megaphone"
    ),
    "lead_named": Sentence(gettext_lazy("%(who)s leads the case."), "person-check", "reason"),
    "lead_changed": Sentence(
        gettext_lazy("%(former)s handed the case over to %(who)s."), "person-check", "reason"
    ),
    "member_added": Sentence(gettext_lazy("%(who)s joined the team."), "person-plus"),
    "member_left": Sentence(gettext_lazy("%(who)s left the team."), "person-dash", "reason"),
    "reader_named": Sentence(
        gettext_lazy("%(who)s was named as somebody who may know."), "shield-lock", "reason"
    ),
    "reader_left": Sentence(
        gettext_lazy("%(who)s may no longer know of the case."), "shield-lock", "reason"
    ),
    "grant_given": Sentence(
        gettext_lazy("%(who)s may read the case until %(until)s."), "shield-lock", "purpose"
    ),
    "grant_ended": Sentence(
        gettext_lazy("The grant of %(who)s to read the case ended."), "shield-lock", "reason"
    ),
    "held_closer": Sentence(
        gettext_lazy("The case is held more closely now: %(held)s."), "shield-lock"
    ),
    "basis_recorded": Sentence(
        gettext_lazy("The basis of the work was recorded: %(basis)s."), "check-circle"
    ),
    "basis_withdrawn": Sentence(
        gettext_lazy("The basis “%(basis)s” was withdrawn."), "x-circle", "reason"
    ),
    "assessed": Sentence(
        gettext_lazy("The assessment was written (version %(version)s)."), "clipboard-check"
    ),
    "measured": Sentence(gettext_lazy("Functioning was measured: %(score)s of 100."), "bar-chart"),
    "measured_with": Sentence(
        gettext_lazy("%(scale)s was measured: %(score)s of %(most)s."), "bar-chart"
    ),
    "measured_with_in_part": Sentence(
        gettext_lazy("%(scale)s was measured in part, without a total."), "bar-chart"
    ),
    "measured_in_part": Sentence(
        gettext_lazy("Functioning was measured in part, without a total."), "bar-chart"
    ),
    "plan_started": Sentence(gettext_lazy("Version %(version)s of the plan was begun."), "pencil"),
    "plan_agreed": Sentence(
        gettext_lazy("Agreed to version %(version)s of the plan: %(agreed_by)s."), "check-circle"
    ),
    "plan_submitted": Sentence(
        gettext_lazy("Version %(version)s of the plan was submitted for approval."), "send"
    ),
    "plan_taken_back": Sentence(
        gettext_lazy("Version %(version)s of the plan was taken back to be changed."),
        "arrow-counterclockwise",
    ),
    "plan_approved": Sentence(
        gettext_lazy("Version %(version)s of the plan was approved."), "shield-check", "note"
    ),
    "plan_returned": Sentence(
        gettext_lazy("Version %(version)s of the plan was returned for changes."),
        "arrow-left",
        "note",
    ),
    "moved": Sentence(
        gettext_lazy("The case moved from “%(start)s” to “%(end)s”."), "arrow-right", "reason"
    ),
    "service_requested": Sentence(
        gettext_lazy("A service was asked for: %(service)s."), "person-raised-hand", "text"
    ),
    "service_provided": Sentence(
        gettext_lazy("A service was given: %(service)s (%(hours)s hours)."), "check-circle", FORM
    ),
    "service_declined": Sentence(
        gettext_lazy("The client declined a service: %(service)s."), "x-circle", "reason"
    ),
    "service_cancelled": Sentence(
        gettext_lazy("A service was cancelled: %(service)s."), "slash-circle", "reason"
    ),
    "session_attended": Sentence(
        gettext_lazy("Took part in a group session: %(topic)s — %(service)s (%(hours)s hours)."),
        "people",
        FORM,
    ),
    "goals_rated": Sentence(
        gettext_lazy("The goals were rated; the score is %(score)s."), "bar-chart"
    ),
    "referral_sent": Sentence(
        gettext_lazy("Referral %(number)s went to %(to)s; an answer is due by %(due)s."), "send"
    ),
    "referral_sent_again": Sentence(
        gettext_lazy("Referral %(number)s was sent to %(to)s again; an answer is due by %(due)s."),
        "send",
    ),
    "referral_answered": Sentence(
        gettext_lazy("%(to)s answered referral %(number)s: %(answer)s."), "envelope-open", "note"
    ),
    "referral_withdrawn": Sentence(
        gettext_lazy("Referral %(number)s to %(to)s was withdrawn."), "arrow-left", "reason"
    ),
    "referral_overdue": Sentence(
        gettext_lazy(
            "Referral %(number)s to %(to)s had no answer by %(due)s; the section head was told."
        ),
        "exclamation-triangle",
    ),
    "referral_case_opened": Sentence(
        gettext_lazy("%(to)s opened a case of its own from referral %(number)s."), "folder"
    ),
    "conference_held": Sentence(
        gettext_lazy("The case was discussed in a case conference."), "people", "decisions"
    ),
    "note_written": Sentence(gettext_lazy("A note was written."), "pencil"),
    "closed": Sentence(gettext_lazy("The case ended: %(closing)s. Outcome: %(outcome)s."), "flag"),
    "followed_up": Sentence(gettext_lazy("Follow-up (%(mode)s): %(condition)s."), "house-heart"),
    "from_counter": Sentence(
        gettext_lazy("The matter began at the counter, as %(number)s."), "ticket-perforated"
    ),
    "unit_changed": Sentence(
        gettext_lazy("The case went to another unit: %(unit)s."), "diagram-3", "reason"
    ),
    "need_met": Sentence(gettext_lazy("A need was met: %(need)s."), "check-circle", "reason"),
    "need_explained": Sentence(
        gettext_lazy("A need cannot be met: %(need)s."), "x-circle", "reason"
    ),
    "client_rated": Sentence(
        gettext_lazy("The client said how far the goals are reached."), "person-raised-hand"
    ),
    "reopened": Sentence(
        gettext_lazy("The case was opened again, in “%(end)s”."), "arrow-counterclockwise", "reason"
    ),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the story, ready for the page."""

    on: dt.date
    text: str
    note: str
    by: str
    icon: str


def tell(events: Iterable[CaseEvent]) -> list[Line]:
    """Turn events, read with their authors, into lines in the reader's language."""
    return [_line(event) for event in events]


def _line(event: CaseEvent) -> Line:
    sentence = SENTENCES[event.kind]
    detail: Mapping[str, Any] = event.detail or {}
    parts = {key: _part(key, value) for key, value in detail.items()}
    return Line(
        on=event.happened_on,
        text=str(sentence.text) % parts,
        note=_note(sentence.note, detail),
        by=event.by.full_name if event.by else "",
        icon=sentence.icon,
    )


def _note(name: str, detail: Mapping[str, Any]) -> str:
    said = detail.get(name) if name else None
    if name == FORM and said:
        return "\n".join(f"{told.label}: {told.words}" for told in told_parts(*said))
    return str(said or "")


def _part(key: str, value: Any) -> str:
    word = _WORDS.get(key)
    return str(value) if word is None or value in (None, "") else word(value)


def _either(value: Any) -> str:
    """A name that is kept in both languages."""
    return str(Entry("", *value))


def _stage(value: Any) -> str:
    return str(Stage(int(value)).label)


def _day(value: Any) -> str:
    return date_format(dt.date.fromisoformat(str(value)), "j F Y")


def _number(value: Any) -> str:
    number = float(value)
    return str(localize(int(number) if number.is_integer() else number))


_HELD = {
    "restricted": gettext_lazy("restricted to the team"),
    "sealed": gettext_lazy("sealed, for named people alone"),
}

_WORDS: dict[str, Callable[[Any], str]] = {
    "basis": lambda value: str(Basis.Kind(value).label).lower(),
    "agreed_by": lambda value: str(Plan.AgreedBy(value).label).lower(),
    "start": _stage,
    "end": _stage,
    "service": lambda value: SERVICE_KINDS.label(str(value)),
    "hours": _number,
    "most": _number,
    "scale": _either,
    "score": _number,
    "due": _day,
    "on": _day,
    "until": _day,
    "answer": lambda value: str(Referral.State(value).label).lower(),
    "held": lambda value: str(_HELD[value]),
    "closing": lambda value: str(Closure.Reason(value).label).lower(),
    "outcome": lambda value: str(Closure.Outcome(value).label).lower(),
    "need": lambda value: str(Need.Kind(value).label).lower(),
    "mode": lambda value: str(FollowUp.Mode(value).label).lower(),
    "condition": lambda value: str(FollowUp.Condition(value).label).lower(),
}
"""How a part of a detail is written out; a part that is not here is shown as it is."""
