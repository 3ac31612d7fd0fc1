"""The needs of a case: the list with its quick tick, and the forms around it."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from pulih.access.guards import StaffRequest, guard
from pulih.access.models import User
from pulih.access.policy import Action
from pulih.cases.actions.needing import (
    change_need,
    explain_need,
    meet_need,
    record_needs,
    reopen_need,
)
from pulih.cases.forms.needing import FIELD_OF_RULE, NeedForm, UnmetForm, UsualNeedsForm
from pulih.cases.models import Case, Need
from pulih.cases.queries.cases import get_case
from pulih.cases.queries.needs import get_need, needs_of, offered_needs
from pulih.cases.views.shell import case_page, workable_case
from pulih.common.acting import done
from pulih.common.errors import RuleError
from pulih.common.stamps import seen_in, stamped


@require_GET
@guard(Action.CASE_READ)
def needs(request: StaffRequest, number: str) -> HttpResponse:
    """What the client lacks: what is still open first."""
    return _page(request, get_case(number, user=request.user))


@require_POST
@guard(Action.CASE_WORK)
def need_add(request: StaffRequest, number: str) -> HttpResponse:
    """Write down a need."""
    case = workable_case(request, number)
    form = NeedForm(request.POST, team=_team(case))
    if done(
        form,
        lambda: record_needs(case=case, needed=[form.needed()], by=request.user),
        FIELD_OF_RULE,
    ):
        messages.success(request, _("The need is on the list."))
        return redirect("cases:needs", case.number)
    return _page(request, case, need_form=form)


@require_POST
@guard(Action.CASE_WORK)
def need_usual(request: StaffRequest, number: str) -> HttpResponse:
    """Take over what the kind of the case usually asks for."""
    case = workable_case(request, number)
    form = _usual_form(request, case, list(needs_of(case)), request.POST)
    if done(form, lambda: record_needs(case=case, needed=form.needed(), by=request.user), {}):
        messages.success(request, _("The needs are on the list."))
        return redirect("cases:needs", case.number)
    return _page(request, case, usual_form=form)


@require_POST
@guard(Action.CASE_WORK)
def need_tick(request: StaffRequest, number: str, key: UUID) -> HttpResponse:
    """Tick a need as met, or take the tick back."""
    case = workable_case(request, number)
    need = get_need(case, key)
    try:
        if request.POST.get("again"):
            reopen_need(need=need, by=request.user)
        else:
            meet_need(need=need, by=request.user)
    except RuleError as refusal:
        messages.error(request, refusal.message)
    return redirect("cases:needs", case.number)


@require_http_methods(["GET", "POST"])
@guard(Action.CASE_WORK)
def need_unmet(request: StaffRequest, number: str, key: UUID) -> HttpResponse:
    """Say why a need cannot be met."""
    case = workable_case(request, number)
    need = get_need(case, key)
    form = UnmetForm(request.POST or None)
    if done(
        form,
        lambda: explain_need(need=need, by=request.user, **form.cleaned_data),
        FIELD_OF_RULE,
    ):
        messages.success(request, _("It is written down why the need is not met."))
        return redirect("cases:needs", case.number)
    context = {"case": case, "need": need, "form": form}
    return render(request, "cases/need_unmet.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@guard(Action.CASE_WORK)
def need_edit(request: StaffRequest, number: str, key: UUID) -> HttpResponse:
    """Change who sees to a need, until when, and what exactly is lacking."""
    case = workable_case(request, number)
    need = get_need(case, key)
    form = stamped(
        NeedForm(request.POST or None, team=_team(case), initial=NeedForm.initial_of(need)), need
    )
    if done(
        form,
        lambda: change_need(need=need, seen=seen_in(form), needed=form.needed(), by=request.user),
        FIELD_OF_RULE,
    ):
        messages.success(request, _("The need is changed."))
        return redirect("cases:needs", case.number)
    context = {"case": case, "need": need, "form": form}
    return render(request, "cases/need_edit.html", context, status=422 if form.errors else 200)


def _team(case: Case) -> list[User]:
    return [member.user for member in case.now]  # type: ignore[attr-defined]


def _usual_form(
    request: StaffRequest, case: Case, rows: list[Need], sent: object = None
) -> UsualNeedsForm:
    team = _team(case)
    owner = next((user for user in team if user == request.user), team[0] if team else None)
    return UsualNeedsForm(sent, offered=offered_needs(case, rows), owner=owner)


def _page(request: StaffRequest, case: Case, **sent: forms.Form) -> HttpResponse:
    """The list with its forms; a form that was sent and refused stays as it was filled in."""
    rows = list(needs_of(case))
    offered = offered_needs(case, rows)
    context = {
        "needs": rows,
        "open_count": sum(need.is_open for need in rows),
        "offered": offered,
        "usual_form": _usual_form(request, case, rows) if offered else None,
        "need_form": NeedForm(team=_team(case)),
        **sent,
    }
    status = 422 if any(form.errors for form in sent.values()) else 200
    return case_page(request, case, "needs", "cases/needs.html", context, status=status)
