"""Reading reports, and what opening a case needs to know."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.shortcuts import get_object_or_404

from pulih.access.models import Section, Unit, User
from pulih.access.policy import Action
from pulih.access.purpose import require as require_purpose
from pulih.cases.models import Case, Report
from pulih.cases.queries.cases import current_team
from pulih.cases.stages import ENDED
from pulih.people.models import Person

EARLIER_SHOWN = 5


@dataclass(frozen=True, slots=True)
class WantedReports:
    """What a list of reports shows; an empty part does not narrow it."""

    state: str = ""
    section: Section | None = None
    unit: Unit | None = None
    kind: int | None = None
    channel: str = ""
    urgent: bool = False
    number: str = ""


def list_reports(wanted: WantedReports, *, user: User) -> QuerySet[Report]:
    """The reports the user may see, the latest first; urgent new ones before all."""
    found = _narrow(wanted, user)
    if wanted.state:
        found = found.filter(state=wanted.state)
    urgent_first = ["-urgent"] if wanted.state == Report.State.NEW else []
    return found.select_related("section", "unit", "received_by", "person").order_by(
        *urgent_first, "-received_at"
    )


def count_reports(wanted: WantedReports, *, user: User) -> dict[str, int]:
    """How many reports each state has, by the filters that do not name a state."""
    rows = _narrow(wanted, user).order_by().values("state").annotate(count=Count("pk"))
    return {row["state"]: row["count"] for row in rows}


def get_report(key: UUID, *, user: User) -> Report:
    """One report, or 404; a report hidden from the reader answers as if it were absent."""
    rows = Report.objects.visible_to(user).select_related(
        "section", "unit", "received_by", "decided_by", "person", "case", "earlier", "office"
    )
    report: Report = get_object_or_404(rows, pk=key)
    require_purpose(report.compartment_id, user=user)
    return report


def find_report(number: str, *, user: User) -> Report | None:
    """The report of a number, if the reader may see it."""
    rows = Report.objects.visible_to(user).select_related("case")
    return rows.filter(office=user.office_id, number__iexact=number.strip()).first()


def visible_case_of(report: Report, *, user: User) -> Case | None:
    """The case that a report became, if the reader may see it."""
    return Case.objects.visible_to(user).filter(report=report).first()


def reports_of(person: Person, *, user: User, but: Report | None = None) -> list[Report]:
    """Reports about a person that the reader may see, the latest first."""
    rows = Report.objects.visible_to(user).filter(person=person).order_by("-received_at")
    if but is not None:
        rows = rows.exclude(pk=but.pk)
    return list(rows[:EARLIER_SHOWN])


def running_cases(person: Person, *, user: User) -> list[Case]:
    """Cases of a person that have not ended and that the reader may see (R-CASE-13)."""
    same = Q(person=person) | Q(open_entry=person)
    cases = Case.objects.visible_to(user).filter(same).exclude(stage__in=ENDED)
    return list(cases.select_related("section").prefetch_related(current_team(lead_only=True)))


def get_person(key: str, *, user: User) -> Person | None:
    """The entry of the registry with this key, if the reader may see it."""
    try:
        found = UUID(key)
    except ValueError:
        return None
    return Person.objects.visible_to(user).filter(pk=found).first()


def may_triage(user: User, report: Report) -> bool:
    """Does the user decide on this report?"""
    return Report.objects.visible_to(user, Action.REPORT_TRIAGE).filter(pk=report.pk).exists()


def _narrow(wanted: WantedReports, user: User) -> QuerySet[Report]:
    found = Report.objects.visible_to(user)
    if wanted.section is not None:
        found = found.filter(section=wanted.section)
    if wanted.unit is not None:
        found = found.filter(unit=wanted.unit)
    if wanted.channel:
        found = found.filter(channel=wanted.channel)
    if wanted.urgent:
        found = found.filter(urgent=True)
    if wanted.number:
        found = found.filter(number__icontains=wanted.number.strip())
    if wanted.kind is not None:
        # The kind of a sealed report is not shown, so a filter does not tell it either.
        found = found.filter(ppks_kind=wanted.kind, compartment=None)
    return found
