"""Reading names that want a second word, for the officers who give it."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.http import Http404
from django.shortcuts import get_object_or_404

from pulih.access.models import CompartmentMember, User
from pulih.cases.models import Case, Report
from pulih.cases.queries.staff import seconds_of

BY_COMPARTMENT = "who confirms a name is told the number of the record, nothing that is inside"


@dataclass(frozen=True, slots=True)
class Naming:
    """A name with the number of its record, for somebody who may not know the record."""

    member: CompartmentMember
    record: Case | Report

    @property
    def number(self) -> str:
        """The number of the record."""
        return self.record.number


def record_of(member: CompartmentMember) -> Case | Report | None:
    """The case of a compartment, or the report where there is no case yet."""
    cases = Case.objects.unscoped(reason=BY_COMPARTMENT).filter(compartment=member.compartment_id)
    case = cases.select_related("section", "unit", "office").order_by("opened_on").first()
    if case is not None:
        return case
    reports = Report.objects.unscoped(reason=BY_COMPARTMENT)
    reports = reports.filter(compartment=member.compartment_id)
    return reports.select_related("section", "unit", "office").order_by("received_at").first()


def get_naming(key: UUID, *, user: User) -> Naming:
    """One name, or 404 for everybody but the officers who may confirm it."""
    rows = CompartmentMember.objects.select_related("user", "named_by", "confirmed_by")
    member = get_object_or_404(rows, pk=key, compartment__office=user.office_id)
    record = record_of(member)
    if record is None or not seconds_of(record.section, record.unit).filter(pk=user.pk).exists():
        raise Http404
    if isinstance(record, Case) and record.exclusions.filter(user=user, ended_at=None).exists():
        raise Http404
    return Naming(member, record)
