"""The report that somebody is finding the person for; it waits in the session meanwhile."""

from __future__ import annotations

from uuid import UUID

from pulih.access.guards import StaffRequest
from pulih.access.policy import Action
from pulih.cases.models import Report

IN_HAND = "report_in_hand"


def take_in_hand(request: StaffRequest, report: Report) -> None:
    """Remember which report the search in the registry is for."""
    request.session[IN_HAND] = str(report.pk)


def let_go(request: StaffRequest) -> None:
    """The person was found, or the search is over."""
    request.session.pop(IN_HAND, None)


def report_in_hand(request: StaffRequest) -> Report | None:
    """The report, as long as it waits and the user decides on it."""
    key = request.session.get(IN_HAND)
    if not key:
        return None
    rows = Report.objects.visible_to(request.user, Action.REPORT_TRIAGE)
    return rows.filter(pk=UUID(key), state=Report.State.NEW).first()
