"""The case page: its story, its dates and notes, and the button that moves it on."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from pulih.access.guards import StaffRequest, guard
from pulih.access.policy import Action
from pulih.cases.actions.moves import move_case
from pulih.cases.models import Case
from pulih.cases.queries.cases import events_of, get_case, notes_of, tasks_of
from pulih.cases.queries.needs import needs_of
from pulih.cases.stages import Stage
from pulih.cases.timeline import tell
from pulih.cases.views.shell import case_page
from pulih.common.errors import RuleError

LINES_SHOWN = 40
LINES_AT_MOST = 500
NOTES_SHOWN = 10


@require_GET
@guard(Action.CASE_READ)
def detail(request: StaffRequest, number: str) -> HttpResponse:
    """The overview of a case."""
    case = get_case(number, user=request.user)
    return _overview(request, case)


@require_POST
@guard(Action.CASE_WORK)
def move(request: StaffRequest, number: str) -> HttpResponse:
    """Move the case to the stage that was asked for."""
    case = get_case(number, user=request.user)
    asked = request.POST.get("to", "")
    try:
        if asked not in {str(int(stage)) for stage in Stage}:
            raise RuleError(_("Choose the stage to move to."), rule="R-CASE-1")
        moved = move_case(
            case=case,
            to=Stage(int(asked)),
            reason=request.POST.get("reason", ""),
            by=request.user,
        )
    except RuleError as refusal:
        return _overview(request, case, refused=refusal.message, status=422)
    messages.success(
        request, _("The case is now in “%(stage)s”.") % {"stage": moved.stage_now.label}
    )
    return redirect("cases:detail", case.number)


def _overview(
    request: StaffRequest, case: Case, *, refused: str = "", status: int = 200
) -> HttpResponse:
    limit = LINES_AT_MOST if request.GET.get("semua") else LINES_SHOWN
    events = events_of(case, limit=limit)
    notes = notes_of(case, limit=NOTES_SHOWN)
    needs = list(needs_of(case))
    context = {
        "open_needs": [need for need in needs if need.is_open],
        "has_needs": bool(needs),
        "lines": tell(events[:limit]),
        "more_lines": len(events) > limit,
        "tasks": tasks_of(case, user=request.user),
        "notes": notes[:NOTES_SHOWN],
        "refused": refused,
    }
    return case_page(request, case, "overview", "cases/detail.html", context, status=status)
