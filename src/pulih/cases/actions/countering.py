"""Small services at the counter: begun, completed, ended, or raised to a case."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from pulih.access import audit
from pulih.access.models import User
from pulih.access.numbering import next_numbers
from pulih.access.policy import Action
from pulih.access.rules import may, names_of
from pulih.cases.actions.counter_telling import service_ended, service_waits
from pulih.cases.actions.history import add_event
from pulih.cases.actions.opening import open_case
from pulih.cases.counter_facts import Visit
from pulih.cases.counter_rules import (
    check_client,
    check_complete,
    check_running,
    check_served_here,
)
from pulih.cases.intake_facts import NewCase
from pulih.cases.models import Case, CounterEvent, CounterService
from pulih.common.clock import now, today
from pulih.common.errors import RuleError
from pulih.files.actions.handing import hand_over_files
from pulih.files.models import Owner
from pulih.people.models import Person

SERIES = "LK"


@transaction.atomic
def start_service(*, visit: Visit, by: User) -> CounterService:
    """Write down what somebody asks for at the counter; missing papers are recorded, not refused.

    Args:
        visit: an open entry that `by` can see, a service that is offered, and what was shown.

    Raises:
        PermissionDenied: `by` does not serve at the counter, or cannot see the person.
        RuleError: the matter begins with a report, the entry is sealed or joined, the same
            service runs for this person already, or the activity is one of another year.

    Source: R-CASE-82, docs/rules/cases.md.
    """
    if not by.may(Action.COUNTER_SERVE):
        raise PermissionDenied(_("Your role does not serve at the counter."))
    if not Person.objects.visible_to(by).filter(pk=visit.person.pk).exists():
        raise PermissionDenied(_("There is no such person."))
    check_served_here(visit.offer)
    check_client(visit.person)
    if visit.activity is not None and visit.activity.programme.year != today().year:
        raise RuleError(
            _("This activity is in the work programme of another year."), rule="R-ACC-64"
        )
    _refuse_twice(visit, by)
    service = CounterService.objects.create(
        office=by.office,
        number=next_numbers(by.office, SERIES, today().year)[0],
        person=visit.person,
        offer=visit.offer,
        section=visit.offer.section,
        unit=visit.offer.unit,
        requirements=[
            {**paper, "brought": paper["key"] in visit.brought}
            for paper in visit.offer.requirements
        ],
        answers=_answers(visit.offer.fields, visit.answers),
        note=visit.note.strip(),
        activity=visit.activity,
        started_at=now(),
        started_by=by,
        due_on=today() + dt.timedelta(days=visit.offer.promised_days),
    )
    service.state = _running_state(service)
    service.save(update_fields=["state"])
    may(by, Action.COUNTER_SERVE, service).require()
    _remember(service, CounterEvent.Kind.STARTED, by)
    audit.record("counter.started", actor=by, subject=service, detail={"offer": visit.offer.code})
    service_waits(service, by)
    return service


@transaction.atomic
def bring_papers(
    *,
    service: CounterService,
    brought: frozenset[str],
    answers: Mapping[str, str] | None = None,
    note: str = "",
    by: User,
) -> CounterService:
    """Record what was shown on a later visit, and answers that were still open.

    Args:
        brought: keys of all papers that have been shown by now.
        answers: by key, those that change.

    Raises:
        PermissionDenied: `by` does not serve at the counter.
        RuleError: it has ended.

    Source: R-CASE-83, docs/rules/cases.md.
    """
    service = _locked(service, by)
    fresh = [
        paper["label"]
        for paper in service.requirements
        if paper["key"] in brought and not paper["brought"]
    ]
    service.requirements = [
        {**paper, "brought": paper["key"] in brought} for paper in service.requirements
    ]
    if answers:
        service.answers = [
            {**answer, "value": answers.get(answer["key"], answer["value"])}
            for answer in service.answers or ()
        ]
    if note.strip():
        service.note = "\n".join(part for part in (str(service.note), note.strip()) if part)
    service.state = _running_state(service)
    service.save(update_fields=["requirements", "answers", "note", "state"])
    _remember(service, CounterEvent.Kind.PAPERS, by, ", ".join(fresh))
    audit.record("counter.papers_brought", actor=by, subject=service, detail={"papers": len(fresh)})
    return service


@transaction.atomic
def finish_service(*, service: CounterService, outcome: str = "", by: User) -> CounterService:
    """End a service: what was promised has been given or sent.

    Args:
        outcome: what came of it, where there is more to say than the catalogue does.

    Raises:
        PermissionDenied: `by` does not serve at the counter.
        RuleError: it has ended, or needed papers are missing.

    Source: R-CASE-83, docs/rules/cases.md.
    """
    service = _locked(service, by)
    check_complete(service)
    _end(service, CounterService.State.DONE, outcome, by)
    _remember(service, CounterEvent.Kind.DONE, by, outcome)
    audit.record("counter.finished", actor=by, subject=service)
    return service


@transaction.atomic
def cancel_service(*, service: CounterService, reason: str, by: User) -> CounterService:
    """Give a service up, with the reason.

    Raises:
        PermissionDenied: `by` does not serve at the counter.
        RuleError: it has ended, or no reason is given.

    Source: R-CASE-83, docs/rules/cases.md.
    """
    service = _locked(service, by)
    if not reason.strip():
        raise RuleError(_("Say why it is cancelled."), rule="R-CASE-83")
    _end(service, CounterService.State.CANCELLED, reason, by)
    _remember(service, CounterEvent.Kind.CANCELLED, by, reason)
    audit.record("counter.cancelled", actor=by, subject=service, reason=reason)
    return service


@transaction.atomic
def raise_service(*, service: CounterService, facts: NewCase, by: User) -> Case:
    """Make a case of a counter service: person, problem and documents go along.

    Where the case is held more closely than the counter, nothing of it is told here: the counter
    service ends as done, and the way between the two stands in the case alone.

    Args:
        facts: section, matter, lead and team.

    Raises:
        PermissionDenied: `by` does not serve at the counter, or may not open such a case.
        RuleError: it was cancelled or is a case, or the facts do not fit.

    Source: R-CASE-84, docs/rules/cases.md.
    """
    service = _locked(service, by, ended=True)
    if service.state in (CounterService.State.RAISED, CounterService.State.CANCELLED):
        check_running(service)
    case = open_case(facts=facts, person=service.person, by=by)
    add_event(case, "from_counter", on=today(), by=by, number=service.number)
    hand_over_files(source=Owner.of(service), target=Owner.of(case), by=by)
    if case.is_held_closely:
        if service.is_running:
            _end(service, CounterService.State.DONE, "", by)
            _remember(service, CounterEvent.Kind.DONE, by)
            audit.record("counter.finished", actor=by, subject=service)
        return case
    service.case = case
    _end(service, CounterService.State.RAISED, "", by)
    service.save(update_fields=["case"])
    _remember(service, CounterEvent.Kind.RAISED, by, case.number)
    audit.record("counter.raised", actor=by, subject=service, detail={"case": str(case.pk)})
    return case


def remember_letter(service: CounterService, number: str, by: User) -> None:
    """Write into the history that a letter was issued; part of an action that records it."""
    _remember(service, CounterEvent.Kind.LETTER, by, number)


def _refuse_twice(visit: Visit, by: User) -> None:
    running = CounterService.objects.visible_to(by).filter(
        person=visit.person, offer=visit.offer, state__in=CounterService.RUNNING
    )
    if found := running.first():
        raise RuleError(
            _("The same service runs for this person already: %(number)s.")
            % {"number": found.number},
            rule="R-CASE-82",
        )


def _answers(fields: list[dict[str, Any]], given: Mapping[str, str]) -> list[dict[str, str]]:
    return [
        {
            "key": field["key"],
            "label": field["label"],
            "kind": field["kind"],
            "value": str(given.get(field["key"], "") or "").strip(),
        }
        for field in fields
    ]


def _running_state(service: CounterService) -> str:
    waits = bool(service.missing)
    return CounterService.State.WAITING if waits else CounterService.State.OPEN


def _locked(service: CounterService, by: User, *, ended: bool = False) -> CounterService:
    """The service, locked, if `by` serves here and it still runs."""
    rows = CounterService._base_manager.select_for_update(of=("self",))
    found = rows.select_related("person", "offer", "section", "unit", "office").get(pk=service.pk)
    decision = may(by, Action.COUNTER_SERVE, found)
    if not decision:
        raise PermissionDenied(f"{decision.reason} {names_of(Action.COUNTER_SERVE)}")
    if not ended:
        check_running(found)
    return found


def _end(service: CounterService, state: str, outcome: str, by: User) -> None:
    service.state, service.ended_at, service.ended_by = state, now(), by
    service.outcome = outcome.strip()
    service.save(update_fields=["state", "ended_at", "ended_by", "outcome"])
    service_ended(service, by)


def _remember(service: CounterService, kind: str, by: User, detail: str = "") -> None:
    service.events.create(kind=kind, at=now(), by=by, detail=detail.strip())
