"""Services asked for and given, one to one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from pulih.access import audit
from pulih.access.models import User
from pulih.access.policy import Action
from pulih.access.rules import may
from pulih.cases.actions import reminding
from pulih.cases.actions.history import add_event
from pulih.cases.actions.moves import lock_case
from pulih.cases.facts import Given
from pulih.cases.models import Case, Plan, PlannedService, ServiceRecord
from pulih.cases.rules import check_day
from pulih.cases.service_forms import check, current
from pulih.common.errors import RuleError
from pulih.people.codes import SERVICE_KINDS

LONGEST_DAY = Decimal(24)
ALL, BEFOREHAND, IN_COMMON, IN_PART = "all", "beforehand", "in common", "in part"
"""Which part of a short form is asked."""


@transaction.atomic
def request_service(
    *,
    case: Case,
    kind: str,
    on: dt.date,
    text: str = "",
    planned: PlannedService | None = None,
    details: Mapping[str, Any] | None = None,
    by: User,
) -> ServiceRecord:
    """Record that a service is asked for; it counts as given only when it is provided.

    Args:
        kind: A to K.
        text: what exactly is asked for.
        planned: the service of the approved plan that is called up, if any.
        details: what the kind's short form asks beforehand; None without the form.

    Raises:
        PermissionDenied: `by` does not work on the case.
        RuleError: the case has ended, the kind is unknown, the day is to come, an answer does not
            fit, or the planned service belongs to no approved plan of this case.

    Source: R-CASE-30, R-CASE-31, R-CASE-33, R-CASE-60, docs/rules/cases.md.
    """
    case = lock_case(case)
    may(by, Action.CASE_WORK, case).require()
    _check_kind(kind)
    check_day(on)
    _check_not_ended(case, on)
    _check_planned(case, planned)
    version, kept = kept_details(kind, details, asked=BEFOREHAND)
    record = ServiceRecord.objects.create(
        case=case,
        form_version=version,
        details=kept,
        planned=planned,
        kind=kind,
        atensi=planned.atensi if planned else None,
        state=ServiceRecord.State.REQUESTED,
        requested_on=on,
        request=text.strip(),
        recorded_by=by,
    )
    add_event(case, "service_requested", on=on, by=by, service=kind, text=text.strip())
    audit.record("service.requested", actor=by, subject=case, detail=_trail(record))
    return record


@transaction.atomic
def provide_service(
    *, case: Case, given: Given, planned: PlannedService | None = None, by: User
) -> ServiceRecord:
    """Record a service that was given, from the plan or outside it.

    Args:
        given: kind, day, hours, place, who and result.
        planned: the service of the approved plan that it fulfils, if any.

    Raises:
        PermissionDenied: `by` does not work on the case.
        RuleError: the case had ended before that day, or a fact cannot be.

    Source: R-CASE-30, R-CASE-31, R-CASE-33, R-CASE-60, docs/rules/cases.md (PP 39/2012 art. 7(1)).
    """
    case = lock_case(case)
    may(by, Action.CASE_WORK, case).require()
    check_given(given)
    _check_not_ended(case, given.on)
    _check_planned(case, planned)
    record = new_record(case, given, by=by)
    record.planned = planned
    record.save(force_insert=True)
    _tell_provided(record, given.on, by)
    return record


@transaction.atomic
def fulfil_request(*, record: ServiceRecord, given: Given, by: User) -> ServiceRecord:
    """Record that a service which was asked for has been given; the request stays as it was.

    Args:
        record: a requested service; it is locked and re-read here.
        given: what was given; its kind must be the one asked for.

    Raises:
        PermissionDenied: `by` does not work on the case.
        RuleError: it is not waiting any more, it is given before it was asked for, or it is
            another kind.

    Source: R-CASE-30, R-CASE-32, R-CASE-60, docs/rules/cases.md.
    """
    record = _lock_waiting(record, by)
    check_given(given)
    _check_not_ended(record.case, given.on)
    if given.kind != record.kind:
        raise RuleError(
            _("Another kind was asked for: record this service on its own."), rule="R-CASE-32"
        )
    if record.requested_on and given.on < record.requested_on:
        raise RuleError(
            _("A service is not given before the day it was asked for."), rule="R-CASE-32"
        )
    record.state = ServiceRecord.State.PROVIDED
    record.provided_on = given.on
    record.hours = given.hours
    record.place = given.place.strip()
    record.result = given.result.strip()
    record.provider = given.provider or by
    record.atensi = given.atensi or record.atensi
    record.activity = given.activity or record.activity
    if given.details is not None:
        record.form_version, record.details = kept_details(given.kind, given.details)
    record.save()
    _tell_provided(record, given.on, by)
    return record


@transaction.atomic
def drop_request(
    *, record: ServiceRecord, declined: bool, reason: str, on: dt.date, by: User
) -> ServiceRecord:
    """Record that a service which was asked for will not be given.

    Args:
        record: a requested service; it is locked and re-read here.
        declined: the client said no; otherwise the office cancels it.
        reason: why; kept with the record.

    Raises:
        PermissionDenied: `by` does not work on the case.
        RuleError: it is not waiting any more, or no reason is given.

    Source: R-CASE-32, docs/rules/cases.md.
    """
    record = _lock_waiting(record, by)
    check_day(on)
    if not reason.strip():
        raise RuleError(_("Say why the service is not given."), rule="R-CASE-32")
    state = ServiceRecord.State.DECLINED if declined else ServiceRecord.State.CANCELLED
    record.state = state
    record.reason = reason.strip()
    record.save()
    add_event(
        record.case, f"service_{state}", on=on, by=by, service=record.kind, reason=reason.strip()
    )
    audit.record(
        f"service.{state}", actor=by, subject=record.case, reason=reason, detail=_trail(record)
    )
    return record


def check_given(given: Given) -> None:
    """Refuse facts that cannot be (R-CASE-30, R-ACC-64); part of actions that record a service."""
    _check_kind(given.kind)
    check_day(given.on)
    if not 0 < given.hours <= LONGEST_DAY:
        raise RuleError(_("The hours of one day lie above 0 and up to 24."), rule="R-CASE-30")
    if given.activity is not None and given.activity.programme.year != given.on.year:
        raise RuleError(
            _("This activity is in the work programme of another year."), rule="R-ACC-64"
        )


def new_record(case: Case, given: Given, *, by: User, asked: str = ALL) -> ServiceRecord:
    """A provided service that is not saved yet; `asked` as in `kept_details`."""
    version, kept = kept_details(given.kind, given.details, asked=asked)
    return ServiceRecord(
        case=case,
        form_version=version,
        details=kept,
        kind=given.kind,
        atensi=given.atensi,
        state=ServiceRecord.State.PROVIDED,
        provided_on=given.on,
        hours=given.hours,
        place=given.place.strip(),
        result=given.result.strip(),
        provider=given.provider or by,
        recorded_by=by,
        activity=given.activity,
    )


def kept_details(
    kind: str, details: Mapping[str, Any] | None, *, asked: str = ALL
) -> tuple[str, dict[str, Any] | str]:
    """The version of the kind's form and its answers as a record keeps them (R-CASE-60).

    Args:
        details: None where the form was not asked; nothing is kept then.
        asked: ALL; or BEFOREHAND, what is known when the service is planned; or IN_COMMON, what
            holds for everybody in a group; or IN_PART, whatever is known. Of these nothing is
            needed.

    Raises:
        RuleError: an answer is missing or does not fit.
    """
    if details is None:
        return "", ""
    form = current(kind)
    fields = {
        BEFOREHAND: form.planned_fields,
        IN_COMMON: form.common_fields,
        IN_PART: form.fields,
    }.get(asked)
    kept = check(form, details, fields=fields)
    return (form.version, kept) if kept else ("", "")


def form_part(record: ServiceRecord) -> dict[str, Any]:
    """The answers of a record's form, as its line in the story keeps them."""
    if not record.details:
        return {}
    return {"form": [record.kind, record.form_version, record.details]}


def _tell_provided(record: ServiceRecord, on: dt.date, by: User) -> None:
    add_event(
        record.case,
        "service_provided",
        on=on,
        by=by,
        service=record.kind,
        hours=str(record.hours),
        **form_part(record),
    )
    reminding.danger_is_seen(record, by)
    audit.record("service.provided", actor=by, subject=record.case, detail=_trail(record))


def _lock_waiting(record: ServiceRecord, by: User) -> ServiceRecord:
    case = lock_case(record.case)
    may(by, Action.CASE_WORK, case).require()
    found = case.services.select_for_update().get(pk=record.pk)
    found.case = case
    if found.state != ServiceRecord.State.REQUESTED:
        raise RuleError(_("This service does not wait any more."), rule="R-CASE-32")
    return found


def _check_kind(kind: str) -> None:
    if kind not in SERVICE_KINDS:
        raise RuleError(_("Choose one of the eleven kinds of service."), rule="R-CASE-30")


def _check_not_ended(case: Case, on: dt.date) -> None:
    # A service given before the end may be written down late; a later one needs an open case.
    if case.ended_on is not None and on > case.ended_on:
        raise RuleError(
            _("The case has ended: record a follow-up, or let the section head reopen it."),
            rule="R-CASE-31",
        )


def _check_planned(case: Case, planned: PlannedService | None) -> None:
    if planned is None:
        return
    if not Plan.objects.filter(pk=planned.plan_id, case=case, state=Plan.State.APPROVED).exists():
        raise RuleError(
            _("This planned service is not in the approved plan of the case."), rule="R-CASE-33"
        )


def _trail(record: ServiceRecord) -> dict[str, str]:
    return {"service": str(record.pk), "kind": record.kind, "state": record.state}
