"""The breach assistant: the list, writing one down, one breach with its letters."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from pulih.access.guards import StaffRequest, guard
from pulih.access.policy import Action
from pulih.common.acting import attempt, done
from pulih.common.clock import now
from pulih.common.errors import RuleError
from pulih.papers.rules import may_begin
from pulih.privacy import queries
from pulih.privacy.actions.breaching import close_breach, open_breach, trace, write_letters
from pulih.privacy.forms.breaches import FIELD_OF_RULE, BreachForm, HandlingForm
from pulih.privacy.models import Breach

PAGE_ROWS = 50


@guard(Action.BREACH_READ)
@require_GET
def list_(request: StaffRequest) -> HttpResponse:
    """The breaches, the newest first."""
    rows = queries.list_breaches(user=request.user)
    page = Paginator(rows, PAGE_ROWS).get_page(request.GET.get("page"))
    return render(request, "privacy/breaches.html", {"page": page, "now": now()})


@guard(Action.BREACH_MANAGE)
@require_http_methods(["GET", "POST"])
def new(request: StaffRequest) -> HttpResponse:
    """Write a breach down; whom it touches is read from the trail at once."""
    form = BreachForm(request.POST or None, user=request.user)
    made: list[Breach] = []
    if done(
        form,
        lambda: made.append(open_breach(noticed=form.noticed(), by=request.user)),
        FIELD_OF_RULE,
    ):
        messages.success(request, _("The breach is written down; the clock runs."))
        return redirect("privacy:breach", made[0].pk)
    status = 422 if form.errors else 200
    return render(request, "privacy/breach_new.html", {"form": form}, status=status)


@guard(Action.BREACH_READ)
@require_GET
def detail(request: StaffRequest, pk: UUID) -> HttpResponse:
    """One breach: its clock, whom it touches, what left, the letters."""
    found = queries.get_breach(pk, user=request.user)
    touched = queries.list_touched(found, user=request.user)
    context = {
        "breach": found,
        "now": now(),
        "page": Paginator(touched, PAGE_ROWS).get_page(request.GET.get("page")),
        "without_letter": touched.filter(letter=None).count(),
        "sees_names": request.user.may(Action.PERSON_READ),
        "writes": bool(may_begin(request.user)),
        "form": HandlingForm(initial={"handling": found.handling}),
    }
    return render(request, "privacy/breach.html", context)


@guard(Action.BREACH_MANAGE)
@require_POST
def retrace(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Read the trail again."""
    found = queries.get_breach(pk, user=request.user)
    trace(breach=found, by=request.user)
    messages.success(request, _("The trail was read again."))
    return redirect("privacy:breach", pk)


@guard(Action.BREACH_MANAGE)
@require_POST
def letters(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Draft the letters that are missing."""
    found = queries.get_breach(pk, user=request.user)
    try:
        made = write_letters(breach=found, by=request.user)
    except RuleError as refusal:
        messages.error(request, refusal.message)
    else:
        count = len(made)
        said = ngettext("%(count)d letter is drafted.", "%(count)d letters are drafted.", count)
        messages.success(request, said % {"count": count})
    return redirect("privacy:breach", pk)


@guard(Action.BREACH_MANAGE)
@require_POST
def close(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Close a breach."""
    found = queries.get_breach(pk, user=request.user)
    form = HandlingForm(request.POST)
    handling = form.cleaned_data["handling"] if form.is_valid() else ""
    attempt(
        request,
        lambda: close_breach(breach=found, handling=handling, by=request.user),
        _("The breach is closed."),
    )
    return redirect("privacy:breach", pk)
