"""Notes, conferences and goal ratings of a case."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from pulih.access.guards import StaffRequest, guard
from pulih.access.policy import Action
from pulih.access.rules import may
from pulih.cases.actions.conferring import record_conference
from pulih.cases.actions.noting import write_note
from pulih.cases.actions.rating import rate_goals
from pulih.cases.actions.tasking import ask_on_case
from pulih.cases.forms.working import AskForm, ConferenceForm, NoteForm, RatingForm
from pulih.cases.queries.cases import get_case
from pulih.cases.queries.delivery import (
    baseline_score,
    conferences_of,
    goals_of,
    scores_over_time,
)
from pulih.cases.rules import may_read_private
from pulih.common.acting import refuse
from pulih.common.errors import RuleError
from pulih.ui.formats import short_day

DAY = {"R-CASE-50": "on"}


@require_http_methods(["GET", "POST"])
@guard(Action.CASE_WORK)
def note(request: StaffRequest, number: str) -> HttpResponse:
    """Write a note."""
    case = get_case(number, user=request.user)
    may(request.user, Action.CASE_WORK, case).require()
    on_team = bool(may_read_private(request.user, case))
    form = NoteForm(request.POST or None, on_team=on_team)
    if request.method == "POST" and form.is_valid():
        try:
            write_note(case=case, by=request.user, **form.cleaned_data)
        except RuleError as refusal:
            refuse(form, refusal, DAY | {"R-CASE-43": "shared"})
        else:
            messages.success(request, _("The note is kept."))
            return redirect("cases:detail", case.number)
    context = {"case": case, "form": form}
    return render(request, "cases/note.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@guard(Action.CASE_WORK)
def ask(request: StaffRequest, number: str) -> HttpResponse:
    """Ask somebody of the team to do something for the case."""
    case = get_case(number, user=request.user)
    may(request.user, Action.CASE_WORK, case).require()
    form = AskForm(
        request.POST or None,
        team=[member.user for member in case.now],  # type: ignore[attr-defined]
        initial={"to": request.user.pk},
    )
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            ask_on_case(
                case=case,
                title=said["title"],
                to=said["to"],
                when=form.when(),
                body=said["body"],
                by=request.user,
            )
        except RuleError as refusal:
            refuse(form, refusal, {"R-CASE-51": "to", "R-INBOX-4": "recurrence"})
        else:
            messages.success(request, _("The task is in the list of whoever was asked."))
            return redirect("cases:detail", case.number)
    context = {"case": case, "form": form}
    return render(request, "cases/ask.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@guard(Action.CASE_WORK)
def confer(request: StaffRequest, number: str) -> HttpResponse:
    """Record a case conference; the earlier ones stand below."""
    case = get_case(number, user=request.user)
    may(request.user, Action.CASE_WORK, case).require()
    form = ConferenceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            record_conference(case=case, by=request.user, **form.cleaned_data)
        except RuleError as refusal:
            refuse(form, refusal, DAY)
        else:
            messages.success(request, _("The conference is recorded."))
            return redirect("cases:conferences", case.number)
    context = {"case": case, "form": form}
    return render(request, "cases/confer.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET"])
@guard(Action.CASE_READ)
def conferences(request: StaffRequest, number: str) -> HttpResponse:
    """The conferences on a case with their minutes."""
    case = get_case(number, user=request.user)
    context = {
        "case": case,
        "conferences": conferences_of(case),
        "can_work": bool(may(request.user, Action.CASE_WORK, case)),
    }
    return render(request, "cases/conferences.html", context)


@require_http_methods(["GET", "POST"])
@guard(Action.CASE_WORK)
def rate(request: StaffRequest, number: str) -> HttpResponse:
    """Rate the goals of the approved plan, their anchors in sight."""
    case = get_case(number, user=request.user)
    may(request.user, Action.CASE_WORK, case).require()
    goals = goals_of(case)
    form = RatingForm(request.POST or None, goals=goals)
    if request.method == "POST" and form.is_valid():
        try:
            rate_goals(
                case=case,
                levels=form.levels(),
                on=form.cleaned_data["on"],
                by=request.user,
            )
        except RuleError as refusal:
            refuse(form, refusal, DAY)
        else:
            messages.success(request, _("The ratings are kept."))
            return redirect("cases:rate", case.number)
    points = scores_over_time(goals)
    context = {
        "case": case,
        "form": form,
        "rows": form.rows(),
        "points": points,
        "baseline": baseline_score(goals),
        "chart_labels": [short_day(point.on) for point in points],
        "chart_series": [{"label": _("T score"), "values": [round(p.score, 1) for p in points]}],
    }
    return render(request, "cases/rate.html", context, status=422 if form.errors else 200)
