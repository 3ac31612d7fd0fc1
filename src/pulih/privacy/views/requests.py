"""Requests about data: the register, one request, writing one down, the dossier."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from pulih.access.guards import StaffRequest, guard
from pulih.access.policy import Action
from pulih.access.rules import may
from pulih.common.acting import attempt, done
from pulih.common.clock import now
from pulih.people.actions.limiting import lift_limit
from pulih.people.queries import get_person
from pulih.people.queries.limits import limit_of
from pulih.privacy import queries, rules
from pulih.privacy.actions.looking import open_dossier
from pulih.privacy.actions.requests import grant_request, receive_request, refuse_request
from pulih.privacy.forms.requests import (
    GRANT_FIELD_OF_RULE,
    RECEIVE_FIELD_OF_RULE,
    REFUSE_FIELD_OF_RULE,
    GrantForm,
    LiftForm,
    ReceiveForm,
    RefuseForm,
)
from pulih.privacy.models import RightsRequest

PAGE_ROWS = 50


@guard(Action.RIGHTS_READ)
@require_GET
def list_(request: StaffRequest) -> HttpResponse:
    """The register: what waits, due first; or everything."""
    open_only = request.GET.get("semua") != "1"
    rows = queries.list_requests(user=request.user, open_only=open_only)
    page = Paginator(rows, PAGE_ROWS).get_page(request.GET.get("page"))
    context = {"page": page, "open_only": open_only, "now": now()}
    return render(request, "privacy/requests.html", context)


@guard(Action.RIGHTS_RECEIVE)
@require_http_methods(["GET", "POST"])
def receive(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Write a request of a person, or of who speaks for them, down."""
    person = get_person(pk, user=request.user)
    may(request.user, Action.RIGHTS_RECEIVE, person).require()
    form = ReceiveForm(request.POST or None)
    made: list[RightsRequest] = []
    if done(
        form,
        lambda: made.append(receive_request(person=person, asked=form.asked(), by=request.user)),
        RECEIVE_FIELD_OF_RULE,
    ):
        messages.success(request, _("The request is written down; the clock runs."))
        return redirect("privacy:request", made[0].pk)
    context = {"person": person, "form": form}
    return render(request, "privacy/receive.html", context, status=422 if form.errors else 200)


@guard(Action.RIGHTS_READ)
@require_GET
def detail(request: StaffRequest, pk: UUID) -> HttpResponse:
    """One request with its clock, and what may be decided."""
    return _page(request, queries.get_request(pk, user=request.user))


@guard(Action.RIGHTS_DECIDE)
@require_POST
def grant(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Carry a request out."""
    found = queries.get_request(pk, user=request.user)
    form = GrantForm(request.POST, kind=found.kind, person=found.person)

    def act() -> object:
        chosen = [one.pk for one in form.cleaned_data.get("consents", ())]
        return grant_request(
            request=found, answer=form.cleaned_data["answer"], consents=chosen, by=request.user
        )

    if done(form, act, GRANT_FIELD_OF_RULE):
        messages.success(request, _("The request is carried out."))
        return redirect("privacy:request", pk)
    return _page(request, found, grant_form=form)


@guard(Action.RIGHTS_DECIDE)
@require_POST
def refuse(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Refuse a request."""
    found = queries.get_request(pk, user=request.user)
    form = RefuseForm(request.POST)
    if done(
        form,
        lambda: refuse_request(request=found, by=request.user, **form.cleaned_data),
        REFUSE_FIELD_OF_RULE,
    ):
        messages.success(request, _("The request is refused; the reason is kept."))
        return redirect("privacy:request", pk)
    return _page(request, found, refuse_form=form)


@guard(Action.RIGHTS_DECIDE)
@require_GET
def dossier(request: StaffRequest, pk: UUID) -> HttpResponse:
    """What the office holds of the person and who used it, to be printed and handed over."""
    found = queries.get_request(pk, user=request.user)
    shown = open_dossier(request=found, by=request.user)
    return render(request, "privacy/dossier.html", {"request_": found, "dossier": shown})


@guard(Action.RIGHTS_DECIDE)
@require_POST
def lift(request: StaffRequest, pk: UUID) -> HttpResponse:
    """End the limit on a person's data."""
    found = queries.get_request(pk, user=request.user)
    decision = rules.may_lift(request.user, found)
    decision.require()
    form = LiftForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    attempt(
        request,
        lambda: lift_limit(person=found.person, reason=reason, by=request.user),
        _("The limit has ended."),
    )
    return redirect("privacy:request", pk)


def _page(request: StaffRequest, found: RightsRequest, **sent: object) -> HttpResponse:
    if not queries.reads_words(request.user, found) and sent:
        raise PermissionDenied
    may_decide = rules.may_decide(request.user, found)
    context = {
        "request_": found,
        "now": now(),
        "reads": queries.reads_words(request.user, found),
        "may_decide": may_decide,
        "may_grant": rules.may_grant(found),
        "limit": limit_of(found.person),
        "may_lift": rules.may_lift(request.user, found),
        "grant_form": GrantForm(kind=found.kind, person=found.person),
        "refuse_form": RefuseForm(),
        "lift_form": LiftForm(),
        **sent,
    }
    return render(request, "privacy/request.html", context, status=422 if sent else 200)
