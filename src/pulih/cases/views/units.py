"""The page on which a case is given to a unit."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from pulih.access.guards import StaffRequest, guard
from pulih.access.policy import Action
from pulih.access.rules import may
from pulih.cases.actions.units import set_unit
from pulih.cases.forms.units import FIELD_OF_RULE, UnitForm
from pulih.cases.models import Case
from pulih.cases.queries.cases import get_case
from pulih.common.acting import done


@require_http_methods(["GET", "POST"])
@guard(Action.CASE_ASSIGN)
def unit_set(request: StaffRequest, number: str) -> HttpResponse:
    """Give the case to a unit of its section."""
    case = get_case(number, user=request.user)
    may(request.user, Action.CASE_ASSIGN, case).require()
    form = UnitForm(request.POST or None, section=case.section, initial={"unit": case.unit_id})
    if done(
        form,
        lambda: set_unit(case=case, by=request.user, **form.cleaned_data),
        FIELD_OF_RULE,
    ):
        messages.success(request, _("The case is with its unit."))
        if Case.objects.visible_to(request.user).filter(pk=case.pk).exists():
            return redirect("cases:team", case.number)
        return redirect("cases:list")
    context = {"case": case, "form": form}
    return render(request, "cases/unit.html", context, status=422 if form.errors else 200)
