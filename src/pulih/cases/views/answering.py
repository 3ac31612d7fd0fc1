"""Answers to referrals: of the section that was asked, and by the link of a letter."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_GET, require_http_methods

from pulih.access.guards import StaffRequest, guard, public
from pulih.access.policy import Action
from pulih.cases.actions.answering import answer_from_outside, answer_inside
from pulih.cases.actions.taking_over import open_case_from_referral
from pulih.cases.forms.referring import InsideAnswerForm, OutsideAnswerForm, OwnCaseForm
from pulih.cases.links import find_by_token
from pulih.cases.models import Case
from pulih.cases.queries.delivery import get_referral, incoming_referrals
from pulih.cases.queries.staff import workers_of
from pulih.cases.rules import may_answer_inside
from pulih.cases.views.pages import page_of
from pulih.common.acting import refuse
from pulih.common.clock import today
from pulih.common.errors import RuleError


@require_GET
@guard(Action.CASE_REOPEN)
def incoming(request: StaffRequest) -> HttpResponse:
    """The referrals that were sent to the sections the reader heads."""
    page = page_of(incoming_referrals(user=request.user), request.GET.get("page"))
    return render(request, "cases/incoming.html", {"page": page})


@require_http_methods(["GET", "POST"])
@guard(Action.CASE_READ)
def answer(request: StaffRequest, key: UUID) -> HttpResponse:
    """Answer a referral to one's own section; of the case it shows only what was told."""
    found = get_referral(key, user=request.user)
    decision = may_answer_inside(request.user, found)
    decision.require()
    form = InsideAnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            answer_inside(referral=found, reply=form.reply(), by=request.user)
        except RuleError as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("The answer is on record, and the lead is told."))
            return redirect("cases:answer", found.pk)
    readable = Case.objects.visible_to(request.user).filter(pk=found.case_id).exists()
    own = found.opened_case.number if found.opened_case else ""
    context = {
        "referral": found,
        "form": form,
        "case_is_readable": readable,
        "opened_case_url": reverse("cases:detail", args=[own]) if own else "",
    }
    return render(request, "cases/answer.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@guard(Action.CASE_OPEN)
def open_from_referral(request: StaffRequest, key: UUID) -> HttpResponse:
    """Open a case of one's own section from a referral that was accepted."""
    found = get_referral(key, user=request.user)
    may_answer_inside(request.user, found).require()
    if found.to_section is None:
        raise Http404
    form = OwnCaseForm(
        request.POST or None,
        section=found.to_section,
        workers=workers_of(found.case.office),
        initial={"problem": found.purpose},
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = open_case_from_referral(
                referral=found,
                facts=form.facts(ppks_kind=found.case.ppks_kind),
                by=request.user,
            )
        except RuleError as refusal:
            refuse(form, refusal)
        else:
            return redirect("cases:detail", made.number)
    context = {"referral": found, "form": form}
    status = 422 if form.errors else 200
    return render(request, "cases/open_from_referral.html", context, status=status)


@public("one-purpose link of a referral")
@require_http_methods(["GET", "POST"])
@csrf_protect
def answer_by_link(request: HttpRequest, token: str) -> HttpResponseBase:
    """Answer a referral without an account: what the letter told, and three answers.

    An unknown, withdrawn or replaced link answers like any other unknown one.
    """
    found = find_by_token(token)
    if found is None:
        return render(request, "cases/link_unknown.html", status=404)
    expired = found.link_expires_on is not None and today() > found.link_expires_on
    context: dict[str, Any] = {"referral": found, "office": found.case.office}
    if not found.is_waiting:
        return render(request, "cases/link_answered.html", context)
    if expired:
        return render(request, "cases/link_expired.html", context, status=410)
    form: OutsideAnswerForm = OutsideAnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            answer_from_outside(token=token, reply=form.reply())
        except RuleError as refusal:
            refuse(form, refusal)
        else:
            return redirect("cases:answer_by_link", token)
    context["form"] = form
    return render(request, "cases/link.html", context, status=422 if form.errors else 200)
