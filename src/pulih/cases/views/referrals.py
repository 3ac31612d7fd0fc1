"""Referrals of a case: the list, drafting, sending, withdrawing and the letter."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from pulih.access.guards import StaffRequest, guard
from pulih.access.policy import Action
from pulih.access.rules import may
from pulih.cases.actions.lettering import KIND as LETTERS_OF
from pulih.cases.actions.lettering import write_referral_letter
from pulih.cases.actions.referring import (
    draft_referral,
    edit_referral,
    send_referral,
    send_referral_again,
    withdraw_referral,
)
from pulih.cases.forms.referring import ReferralForm, SendForm, WithdrawForm
from pulih.cases.links import token_for
from pulih.cases.models import Referral
from pulih.cases.queries.cases import get_case
from pulih.cases.queries.delivery import get_referral, referrals_of
from pulih.cases.views.shell import case_page
from pulih.common.acting import refuse
from pulih.common.errors import RuleError
from pulih.common.stamps import seen_in, stamped
from pulih.papers.queries import letters_of_record

SHOWN = 50


@require_GET
@guard(Action.CASE_READ)
def referrals(request: StaffRequest, number: str) -> HttpResponse:
    """The referrals of a case with their answers."""
    case = get_case(number, user=request.user)
    rows = list(referrals_of(case, user=request.user)[:SHOWN])
    return case_page(request, case, "referrals", "cases/referrals.html", {"referrals": rows})


@require_http_methods(["GET", "POST"])
@guard(Action.CASE_WORK)
def refer(request: StaffRequest, number: str) -> HttpResponse:
    """Draft a referral."""
    case = get_case(number, user=request.user)
    may(request.user, Action.CASE_WORK, case).require()
    form = ReferralForm(request.POST or None, case=case)
    if request.method == "POST" and form.is_valid():
        try:
            made = draft_referral(case=case, asked=form.asked(), by=request.user)
        except RuleError as refusal:
            refuse(form, refusal)
        else:
            return redirect("cases:referral", made.pk)
    context = {"case": case, "form": form, "referral": None}
    return render(request, "cases/refer.html", context, status=422 if form.errors else 200)


@require_GET
@guard(Action.CASE_READ)
def referral(request: StaffRequest, key: UUID) -> HttpResponse:
    """One referral with the steps that are open, for those who may read the case."""
    found = _of_readable_case(request, key)
    return _page(request, found)


@require_http_methods(["GET", "POST"])
@guard(Action.CASE_WORK)
def edit(request: StaffRequest, key: UUID) -> HttpResponse:
    """Change a draft."""
    found = _of_readable_case(request, key)
    may(request.user, Action.CASE_WORK, found.case).require()
    names = ReferralForm.base_fields.keys()
    initial = {name: getattr(found, name) for name in names}
    form = stamped(ReferralForm(request.POST or None, case=found.case, initial=initial), found)
    if request.method == "POST" and form.is_valid():
        try:
            edit_referral(referral=found, seen=seen_in(form), asked=form.asked(), by=request.user)
        except RuleError as refusal:
            refuse(form, refusal)
        else:
            return redirect("cases:referral", found.pk)
    context = {"case": found.case, "form": form, "referral": found}
    return render(request, "cases/refer.html", context, status=422 if form.errors else 200)


@require_http_methods(["POST"])
@guard(Action.CASE_WORK)
def send(request: StaffRequest, key: UUID) -> HttpResponse:
    """Send it, or send it again: the clock starts and the letter's link lives."""
    found = _of_readable_case(request, key)
    may(request.user, Action.CASE_WORK, found.case).require()
    form = SendForm(request.POST)
    if form.is_valid():
        step = send_referral if found.state == Referral.State.DRAFT else send_referral_again
        try:
            step(referral=found, by=request.user, **form.cleaned_data)
        except RuleError as refusal:
            refuse(form, refusal, {"R-CASE-37": "due_on", "R-CASE-50": "on"})
        else:
            messages.success(request, _("The referral is on its way; its clock runs."))
            return redirect("cases:referral", found.pk)
    return _page(request, found, send_form=form, status=422)


@require_http_methods(["POST"])
@guard(Action.CASE_WORK)
def withdraw(request: StaffRequest, key: UUID) -> HttpResponse:
    """Take it back."""
    found = _of_readable_case(request, key)
    may(request.user, Action.CASE_WORK, found.case).require()
    form = WithdrawForm(request.POST)
    if form.is_valid():
        try:
            withdraw_referral(referral=found, reason=form.cleaned_data["reason"], by=request.user)
        except RuleError as refusal:
            refuse(form, refusal, {"R-CASE-41": "reason"})
        else:
            messages.success(request, _("The referral is withdrawn; its link is dead."))
            return redirect("cases:referral", found.pk)
    return _page(request, found, withdraw_form=form, status=422)


@require_http_methods(["GET", "POST"])
@guard(Action.CASE_WORK)
def letter(request: StaffRequest, key: UUID) -> HttpResponse:
    """Write the letter, with the living link, and go to it; or go to the one that is there."""
    found = _of_readable_case(request, key)
    may(request.user, Action.CASE_WORK, found.case).require()
    if request.method == "GET":
        written = letters_of_record(LETTERS_OF, found.pk)
        return redirect("papers:letter", written[0].pk) if written else _page(request, found)
    try:
        made = write_referral_letter(referral=found, link=_link(request, found), by=request.user)
    except RuleError as refusal:
        messages.error(request, refusal.message)
        return redirect("cases:referral", found.pk)
    return redirect("papers:letter", made.pk)


def _link(request: StaffRequest, found: Referral) -> str:
    """Where whoever is asked answers, while the referral waits for it."""
    if found.state != Referral.State.SENT or found.is_inside:
        return ""
    path = reverse("cases:answer_by_link", args=[token_for(found)])
    return request.build_absolute_uri(path)


def _of_readable_case(request: StaffRequest, key: UUID) -> Referral:
    """A referral of a case that the reader may see; the section that was asked has other pages."""
    found = get_referral(key, user=request.user)
    found.case = get_case(found.case.number, user=request.user)
    return found


def _page(
    request: StaffRequest,
    found: Referral,
    *,
    send_form: SendForm | None = None,
    withdraw_form: WithdrawForm | None = None,
    status: int = 200,
) -> HttpResponse:
    state = Referral.State(found.state)
    context = {
        "referral": found,
        "send_form": send_form or SendForm(),
        "withdraw_form": withdraw_form or WithdrawForm(),
        "is_draft": state == Referral.State.DRAFT,
        "may_send_again": state in {Referral.State.SENT, Referral.State.FULL},
        "may_withdraw": state in {Referral.State.DRAFT, Referral.State.SENT},
        "letters": letters_of_record(LETTERS_OF, found.pk),
        "has_letter": not found.is_inside and state != Referral.State.WITHDRAWN,
    }
    return case_page(
        request, found.case, "referrals", "cases/referral.html", context, status=status
    )
