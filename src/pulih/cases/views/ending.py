"""The end of a case, the follow-up after it, and opening it again."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from pulih.access.guards import StaffRequest, guard
from pulih.access.policy import Action
from pulih.access.rules import may
from pulih.cases.actions.closing import close_case, reopen_case
from pulih.cases.actions.following import record_follow_up
from pulih.cases.forms.ending import ClosureForm, FollowUpForm, ReopenForm
from pulih.cases.models import Case, Closure, FollowUp
from pulih.cases.queries.cases import get_case
from pulih.cases.queries.delivery import closures_of, follow_ups_of
from pulih.cases.rules import closing_blockers
from pulih.cases.views.shell import case_page
from pulih.common.acting import refuse
from pulih.common.errors import RuleError


@require_GET
@guard(Action.CASE_READ)
def ending(request: StaffRequest, number: str) -> HttpResponse:
    """Every end of the case and every follow-up, latest first."""
    case = get_case(number, user=request.user)
    follow_ups = follow_ups_of(case)
    latest = follow_ups[0] if follow_ups else None
    context = {
        "closures": closures_of(case),
        "follow_ups": follow_ups,
        "is_worse": latest is not None
        and case.is_ended
        and latest.condition == FollowUp.Condition.WORSE,
    }
    return case_page(request, case, "ending", "cases/ending.html", context)


@require_http_methods(["GET", "POST"])
@guard(Action.CASE_CLOSE)
def close(request: StaffRequest, number: str) -> HttpResponse:
    """End the case; the page says beforehand what a regular end still needs."""
    case = get_case(number, user=request.user)
    may(request.user, Action.CASE_CLOSE, case).require()
    form = ClosureForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            close_case(case=case, ending=form.ending(), by=request.user)
        except RuleError as refusal:
            refuse(form, refusal, {"R-CASE-46": "reason", "R-CASE-50": "on"})
        else:
            messages.success(request, _("The case has ended. It still takes follow-up entries."))
            return redirect("cases:ending", case.number)
    context = {"case": case, "form": form, **_missing(case)}
    return render(request, "cases/close.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@guard(Action.CASE_WORK)
def follow_up(request: StaffRequest, number: str) -> HttpResponse:
    """Record a visit or call after the end."""
    case = get_case(number, user=request.user)
    may(request.user, Action.CASE_WORK, case).require()
    form = FollowUpForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = record_follow_up(case=case, visit=form.visit(), by=request.user)
        except RuleError as refusal:
            refuse(form, refusal, {"R-CASE-30": "hours", "R-CASE-47": "on", "R-CASE-50": "on"})
        else:
            if made.condition == FollowUp.Condition.WORSE:
                messages.warning(
                    request, _("It is worse than at the end: shall the case be opened again?")
                )
            else:
                messages.success(request, _("The follow-up is recorded."))
            return redirect("cases:ending", case.number)
    context = {"case": case, "form": form}
    return render(request, "cases/follow_up.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@guard(Action.CASE_REOPEN)
def reopen(request: StaffRequest, number: str) -> HttpResponse:
    """Open an ended case again."""
    case = get_case(number, user=request.user)
    may(request.user, Action.CASE_REOPEN, case).require()
    form = ReopenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            reopen_case(
                case=case,
                to=form.cleaned_data["to"],
                reason=form.cleaned_data["reason"],
                by=request.user,
            )
        except RuleError as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("The case is open again."))
            return redirect("cases:detail", case.number)
    context = {"case": case, "form": form}
    return render(request, "cases/reopen.html", context, status=422 if form.errors else 200)


def _missing(case: Case) -> dict[str, Any]:
    """What a regular end still needs, or that from this stage only an early end is open."""
    if case.is_ended:
        return {"missing": [], "only_early": False}
    try:
        lacking = closing_blockers(case, Closure.Reason.GOALS_MET)
    except RuleError:
        return {"missing": [], "only_early": True}
    items = [
        {
            "what": blocker.missing,
            "who": blocker.who,
            "url": reverse(blocker.page, args=[case.number]),
        }
        for blocker in lacking
    ]
    return {"missing": items, "only_early": False}
