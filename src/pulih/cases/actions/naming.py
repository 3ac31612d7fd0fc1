"""Naming people in a sealed record by two officers: one names, another confirms."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from pulih.access.actions.compartments import (
    confirm_member,
    name_by_office,
    name_member,
    refuse_member,
)
from pulih.access.models import CompartmentMember, User
from pulih.cases.actions import telling
from pulih.cases.actions.settling import end_tasks
from pulih.cases.models import Case, Report
from pulih.cases.queries.naming import record_of
from pulih.cases.queries.staff import heads_of, seconds_of


@transaction.atomic
def name_in(
    *,
    record: Case | Report,
    user: User,
    purpose: str,
    valid_until: dt.date | None = None,
    by: User,
) -> CompartmentMember | None:
    """Name somebody in the compartment of a record and ask a second officer; part of an action.

    Returns:
        None where the record is not sealed.

    Source: R-CASE-330, docs/rules/cases.md.
    """
    if record.compartment is None:
        return None
    if heads_of(record.section, record.unit).filter(pk=user.pk).exists():
        # Whoever heads the matter knows by office, whoever writes it down.
        return name_by_office(compartment=record.compartment, user=user, purpose=purpose, by=by)
    seconds = list(seconds_of(record.section, record.unit))
    member = name_member(
        compartment=record.compartment,
        user=user,
        purpose=purpose,
        seconds=seconds,
        valid_until=valid_until,
        by=by,
    )
    if member.is_unconfirmed:
        telling.name_waits(member, record, seconds, by)
    return member


@transaction.atomic
def confirm_name(*, member: CompartmentMember, by: User) -> CompartmentMember:
    """Confirm, as the second officer, that somebody may know of a sealed record.

    Raises:
        PermissionDenied: `by` heads neither the section of the record nor the office.
        RuleError: `by` named them or is named, or it no longer waits.

    Source: R-CASE-330, docs/rules/cases.md.
    """
    _require_second(member, by)
    confirmed = confirm_member(member=member, by=by)
    end_tasks(member.pk, by)
    telling.name_decided(confirmed, by, confirmed=True)
    return confirmed


@transaction.atomic
def refuse_name(*, member: CompartmentMember, reason: str, by: User) -> CompartmentMember:
    """Refuse, as the second officer; what the name had opened closes at once.

    Raises:
        PermissionDenied: `by` heads neither the section of the record nor the office.
        RuleError: no reason, `by` named them or is named, or it no longer waits.

    Source: R-CASE-330, docs/rules/cases.md.
    """
    _require_second(member, by)
    refused = refuse_member(member=member, reason=reason, by=by)
    end_tasks(member.pk, by)
    telling.name_decided(refused, by, confirmed=False, why=reason)
    return refused


def _require_second(member: CompartmentMember, by: User) -> None:
    record = record_of(member)
    if record is None or not seconds_of(record.section, record.unit).filter(pk=by.pk).exists():
        raise PermissionDenied(_("Names are confirmed by the heads of the section or the office."))
    if isinstance(record, Case) and record.exclusions.filter(user=by, ended_at=None).exists():
        raise PermissionDenied(_("Names are confirmed by the heads of the section or the office."))
