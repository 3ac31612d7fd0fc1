"""The lists of cases and of incoming reports as they may be exported."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pulih.access import lists
from pulih.access.models import User
from pulih.access.policy import Action
from pulih.cases.forms.listing import CaseFilterForm
from pulih.cases.forms.report_filter import ReportFilterForm
from pulih.cases.models import Report
from pulih.cases.queries.cases import list_cases
from pulih.cases.queries.intake import list_reports
from pulih.people.queries.limits import limited

CASES = (
    lists.Column(gettext_lazy("Case"), 16),
    lists.Column(gettext_lazy("Client"), 32),
    lists.Column(gettext_lazy("Register number"), 16),
    lists.Column(gettext_lazy("Kind of PPKS"), 34),
    lists.Column(gettext_lazy("Section"), 26),
    lists.Column(gettext_lazy("Unit"), 30),
    lists.Column(gettext_lazy("Stage"), 22),
    lists.Column(gettext_lazy("In this stage since"), 16),
    lists.Column(gettext_lazy("Lead"), 28),
    lists.Column(gettext_lazy("Opened"), 14),
    lists.Column(gettext_lazy("Ended"), 14),
    lists.Column(gettext_lazy("Restricted"), 12),
)
REPORTS = (
    lists.Column(gettext_lazy("Report"), 16),
    lists.Column(gettext_lazy("State"), 22),
    lists.Column(gettext_lazy("About"), 40),
    lists.Column(gettext_lazy("Kind of PPKS"), 34),
    lists.Column(gettext_lazy("How it came"), 24),
    lists.Column(gettext_lazy("Urgent"), 10),
    lists.Column(gettext_lazy("Section"), 26),
    lists.Column(gettext_lazy("Received"), 18),
    lists.Column(gettext_lazy("Received by"), 26),
    lists.Column(gettext_lazy("Person in the registry"), 18),
    lists.Column(gettext_lazy("Decided at"), 18),
)


def install() -> None:
    """Declare the lists of cases and reports."""
    lists.declare(
        lists.ListExport(
            code="kasus",
            title=gettext_lazy("Cases"),
            noun="case",
            actions=(Action.CASE_READ,),
            personal=True,
            home="cases:list",
            ask=_cases,
            columns=CASES,
            lines=_case_lines,
        )
    )
    lists.declare(
        lists.ListExport(
            code="laporan",
            title=gettext_lazy("Incoming reports"),
            noun="report",
            actions=(Action.REPORT_READ,),
            personal=True,
            home="cases:report_list",
            ask=_reports,
            columns=REPORTS,
            lines=_report_lines,
        )
    )


def _cases(params: QueryDict, user: User) -> lists.Asked:
    form = CaseFilterForm(params, user=user)
    rows = list_cases(form.wanted(), user=user)
    # A case of somebody who asked for a limit leaves in no list (R-PEO-30).
    rows = rows.filter(~limited("person_id"), compartment=None)
    return lists.Asked(rows, lists.said_by(form))


def _case_lines(cases: Sequence[Any]) -> Iterable[lists.Line]:
    for case in cases:
        yield (
            case.number,
            case.person.name,
            case.person.number,
            case.kind_label,
            case.section.name,
            case.unit.name if case.unit else "",
            case.get_stage_display(),
            case.stage_since,
            ", ".join(member.user.full_name for member in case.now),
            case.opened_on,
            case.ended_on,
            _("yes") if case.restricted else "",
        )


def _reports(params: QueryDict, user: User) -> lists.Asked:
    state = params.get("status", Report.State.NEW)
    if state not in {*Report.State.values, "semua"}:
        state = Report.State.NEW
    form = ReportFilterForm(params, user=user)
    wanted = form.wanted("" if state == "semua" else state)
    rows = list_reports(wanted, user=user).filter(compartment=None)
    word = _("All") if state == "semua" else str(Report.State(state).label)
    return lists.Asked(rows, [(_("State"), word), *lists.said_by(form)])


def _report_lines(reports: Sequence[Report]) -> Iterable[lists.Line]:
    for report in reports:
        # A report may have been about somebody open who is held in a sealed entry by now.
        person = report.person
        number = person.number if person and person.compartment_id is None else ""
        yield (
            report.number,
            report.get_state_display(),
            str(report.about or report.description),
            report.kind_label,
            report.get_channel_display(),
            _("yes") if report.urgent else "",
            report.section.name,
            report.received_at,
            report.received_by.full_name,
            number,
            report.decided_at,
        )
