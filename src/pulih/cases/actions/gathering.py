"""Group sessions: one session, and a service record of their own for everyone who took part."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from pulih.access import audit
from pulih.access.models import User
from pulih.access.policy import Action
from pulih.cases.actions import reminding
from pulih.cases.actions.history import add_event
from pulih.cases.actions.serving import IN_COMMON, check_given, form_part, new_record
from pulih.cases.facts import Given, SessionFacts
from pulih.cases.models import Case, GroupSession, ServiceRecord
from pulih.common.errors import RuleError

MOST_PARTICIPANTS = 200


@transaction.atomic
def hold_session(
    *,
    facts: SessionFacts,
    given: Given,
    cases: Sequence[Case],
    each: Mapping[UUID, Mapping[str, Any]] | None = None,
    by: User,
) -> GroupSession:
    """Record a group session; every participant gets a service record of the same kind and hours.

    Args:
        facts: topic and section.
        given: kind, day, hours, place; `result` is the same for all and may be left empty.
            Its details are those that hold for all.
        cases: the cases of those who took part; `by` works on each of them.
        each: what the kind's short form asks for every participant, by the key of the case; who is
            not in it is asked only what holds for all.

    Raises:
        RuleError: nobody took part, somebody's case is not one that `by` works on or had ended
            before that day, there is no topic, or a fact cannot be.

    Source: R-CASE-34, R-CASE-60, docs/rules/cases.md.
    """
    check_given(given)
    if not facts.topic.strip():
        raise RuleError(_("Give the session a topic."), rule="R-CASE-34")
    locked = _lock_all(cases, by)
    _check_open(locked, given)
    session = GroupSession.objects.create(
        office=by.office,
        section=facts.section,
        kind=given.kind,
        topic=facts.topic.strip(),
        held_on=given.on,
        hours=given.hours,
        place=given.place.strip(),
        led_by=given.provider or by,
        note=facts.note.strip(),
        activity=given.activity,
    )
    records = []
    for case in locked:
        record = _record(case, given, each or {}, by)
        record.session = session
        records.append(record)
    ServiceRecord.objects.bulk_create(records)
    audit.record("session.held", actor=by, subject=session, detail={"kind": given.kind})
    for record in records:
        _tell(record, session, by)
    return session


def _record(
    case: Case, given: Given, each: Mapping[UUID, Mapping[str, Any]], by: User
) -> ServiceRecord:
    """The record of one participant: what holds for all, and what was answered for them."""
    if given.details is None or case.pk not in each:
        return new_record(case, given, by=by, asked=IN_COMMON)
    theirs = replace(given, details={**given.details, **each[case.pk]})
    try:
        return new_record(case, theirs, by=by)
    except RuleError as fault:
        # The refusal names whose answer is missing.
        raise RuleError(f"{case.number}: {fault.message}", rule=fault.rule) from fault


def _lock_all(cases: Sequence[Case], by: User) -> list[Case]:
    wanted = {case.pk for case in cases}
    if not wanted:
        raise RuleError(_("Choose who took part."), rule="R-CASE-34")
    if len(wanted) > MOST_PARTICIPANTS:
        raise RuleError(
            _("A session takes at most %(most)d participants.") % {"most": MOST_PARTICIPANTS},
            rule="R-CASE-34",
        )
    workable = Case.objects.visible_to(by, Action.CASE_WORK).filter(pk__in=wanted).values("pk")
    # Ordered, so that two sessions with the same people lock them in the same order.
    locked = list(
        Case._base_manager.select_for_update(of=("self",)).filter(pk__in=workable).order_by("pk")
    )
    if len(locked) != len(wanted):
        raise RuleError(_("You do not work on the case of everyone you chose."), rule="R-CASE-34")
    return locked


def _check_open(cases: Sequence[Case], given: Given) -> None:
    ended = [case.number for case in cases if case.ended_on and given.on > case.ended_on]
    if ended:
        raise RuleError(
            _("These cases had ended before that day: %(numbers)s.")
            % {"numbers": ", ".join(ended)},
            rule="R-CASE-31",
        )


def _tell(record: ServiceRecord, session: GroupSession, by: User) -> None:
    add_event(
        record.case,
        "session_attended",
        on=session.held_on,
        by=by,
        topic=session.topic,
        service=session.kind,
        hours=str(session.hours),
        **form_part(record),
    )
    reminding.danger_is_seen(record, by)
    # One line for each case: a sealed case keeps its line in its own compartment.
    audit.record(
        "service.provided",
        actor=by,
        subject=record.case,
        detail={"service": str(record.pk), "kind": record.kind, "session": str(session.pk)},
    )
