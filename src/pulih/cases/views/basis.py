"""Consent or basis in law of a case, and its withdrawal."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from pulih.access.guards import StaffRequest, guard
from pulih.access.policy import Action
from pulih.access.rules import may
from pulih.cases.actions.basis import record_basis, withdraw_basis
from pulih.cases.forms.assessing import (
    BASIS_FIELD_OF_RULE,
    WITHDRAW_FIELD_OF_RULE,
    BasisForm,
    WithdrawForm,
)
from pulih.cases.models import Case
from pulih.cases.queries.cases import get_case
from pulih.cases.views.shell import case_page
from pulih.common.acting import done


@require_http_methods(["GET", "POST"])
@guard(Action.CASE_READ)
def basis(request: StaffRequest, number: str) -> HttpResponse:
    """What the work stands on, and recording it."""
    case = get_case(number, user=request.user)
    if request.method == "POST":
        may(request.user, Action.CASE_WORK, case).require()
    form = BasisForm(request.POST or None)
    if done(
        form,
        lambda: record_basis(case=case, grounds=form.grounds(), by=request.user),
        BASIS_FIELD_OF_RULE,
    ):
        messages.success(request, _("The basis of the work is recorded."))
        return redirect("cases:basis", case.number)
    return _page(request, case, form=form)


@require_http_methods(["GET", "POST"])
@guard(Action.CASE_WORK)
def basis_withdraw(request: StaffRequest, number: str, pk: UUID) -> HttpResponse:
    """Record that a basis holds no more."""
    case = get_case(number, user=request.user)
    may(request.user, Action.CASE_WORK, case).require()
    found = get_object_or_404(case.bases, pk=pk, withdrawn_on=None)
    form = WithdrawForm(request.POST or None)
    if done(
        form,
        lambda: withdraw_basis(basis=found, by=request.user, **form.cleaned_data),
        WITHDRAW_FIELD_OF_RULE,
    ):
        messages.success(request, _("The withdrawal is recorded."))
        return redirect("cases:basis", case.number)
    return _page(request, case, withdraw_form=form, withdrawing=found)


def _page(request: StaffRequest, case: Case, **sent: object) -> HttpResponse:
    context = {
        "form": BasisForm(),
        "bases": list(case.bases.select_related("recorded_by")),
        **sent,
    }
    refused = any(isinstance(form, forms.Form) and form.errors for form in sent.values())
    return case_page(
        request, case, "basis", "cases/basis.html", context, status=422 if refused else 200
    )
