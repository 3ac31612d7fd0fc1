"""Retention: the schedule, ended cases with their term, holds, proposals, certificates."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from pulih.access.guards import StaffRequest, guard
from pulih.access.policy import Action
from pulih.access.rules import may
from pulih.cases.queries.cases import get_case
from pulih.common.acting import attempt, done
from pulih.common.errors import RuleError
from pulih.papers.queries import letters_of_record
from pulih.privacy import queries, rules
from pulih.privacy.actions.destroying import (
    certify,
    destroy,
    propose_destruction,
    refuse_destruction,
)
from pulih.privacy.actions.holding import lift_hold, place_hold, remove_retention, set_retention
from pulih.privacy.forms.requests import LiftForm
from pulih.privacy.forms.retention import FIELD_OF_RULE, NoteForm, ScheduleForm
from pulih.privacy.models import Destruction

PAGE_ROWS = 50


@guard(Action.RETENTION_READ)
@require_GET
def overview(request: StaffRequest) -> HttpResponse:
    """Ended cases with their term, and what was proposed and destroyed."""
    user = request.user
    page = Paginator(queries.list_ended(user=user), PAGE_ROWS).get_page(request.GET.get("page"))
    destructions = queries.list_destructions(user=user)
    context = {
        "page": page,
        "kept": queries.kept_of(list(page), user.office),
        "destructions": Paginator(destructions, PAGE_ROWS).get_page(request.GET.get("daftar")),
        "schedule": list(queries.list_schedule(user.office)),
        "may_propose": user.may(Action.DESTRUCTION_PROPOSE),
        "may_manage": user.may(Action.RETENTION_MANAGE),
    }
    return render(request, "privacy/retention.html", context)


@guard(Action.RETENTION_MANAGE)
@require_http_methods(["GET", "POST"])
def schedule(request: StaffRequest) -> HttpResponse:
    """Set a line of the schedule."""
    form = ScheduleForm(request.POST or None)
    if done(form, lambda: set_retention(line=form.line(), by=request.user), FIELD_OF_RULE):
        messages.success(request, _("The schedule is kept."))
        return redirect("privacy:retention")
    context = {"form": form}
    return render(request, "privacy/schedule.html", context, status=422 if form.errors else 200)


@guard(Action.RETENTION_MANAGE)
@require_POST
def schedule_remove(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Take a line of the schedule away."""
    remove_retention(rule=queries.get_rule(pk, user=request.user), by=request.user)
    messages.success(request, _("The line is gone; such cases are kept."))
    return redirect("privacy:retention")


@guard(Action.CASE_HOLD)
@require_http_methods(["GET", "POST"])
def hold(request: StaffRequest, number: str) -> HttpResponse:
    """Place or lift the legal hold of a case."""
    case = get_case(number, user=request.user)
    may(request.user, Action.CASE_HOLD, case).require()
    standing = queries.hold_of(case)
    form = LiftForm(request.POST or None)
    act = lift_hold if standing else place_hold
    if done(
        form,
        lambda: act(case=case, by=request.user, **form.cleaned_data),
        {"R-PRI-11": "reason"},
    ):
        said = _("The hold has ended.") if standing else _("The case is held.")
        messages.success(request, said)
        return redirect("privacy:retention")
    context = {"case": case, "hold": standing, "form": form}
    return render(request, "privacy/hold.html", context, status=422 if form.errors else 200)


@guard(Action.DESTRUCTION_PROPOSE)
@require_POST
def propose(request: StaffRequest, number: str) -> HttpResponse:
    """Propose that a case is destroyed."""
    case = get_case(number, user=request.user)
    attempt(
        request,
        lambda: propose_destruction(case=case, by=request.user),
        _("Proposed. The head of office decides."),
    )
    return redirect("privacy:retention")


@guard(Action.RETENTION_READ)
@require_GET
def destruction(request: StaffRequest, pk: UUID) -> HttpResponse:
    """One proposal, or what was destroyed."""
    return _page(request, queries.get_destruction(pk, user=request.user))


@guard(Action.DESTRUCTION_DECIDE)
@require_POST
def decide(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Destroy the case, or keep it."""
    found = queries.get_destruction(pk, user=request.user)
    form = NoteForm(request.POST)
    note = form.cleaned_data["note"] if form.is_valid() else ""
    act = destroy if request.POST.get("jawaban") == "musnahkan" else refuse_destruction
    try:
        act(proposal=found, note=note, by=request.user)
    except RuleError as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, _("The decision is kept."))
    return redirect("privacy:destruction", pk)


@guard(Action.DESTRUCTION_DECIDE)
@require_POST
def certificate(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Draft the certificate of a destruction."""
    found = queries.get_destruction(pk, user=request.user)
    try:
        letter = certify(destruction=found, by=request.user)
    except RuleError as refusal:
        messages.error(request, refusal.message)
        return redirect("privacy:destruction", pk)
    return redirect("papers:letter", letter.pk)


def _page(request: StaffRequest, found: Destruction) -> HttpResponse:
    context = {
        "found": found,
        "may_decide": rules.may_decide_destruction(request.user, found),
        "blocked": rules.may_destroy(found.case) if found.case else None,
        "letters": letters_of_record(Destruction._meta.label_lower, found.pk),
        "form": NoteForm(),
        "writes": request.user.may(Action.DESTRUCTION_DECIDE),
    }
    return render(request, "privacy/destruction.html", context)
