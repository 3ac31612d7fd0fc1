"""The note of a visit, for the phone at the client's door."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from pulih.access.guards import StaffRequest, guard
from pulih.access.policy import Action
from pulih.cases.actions.following import FOLLOW_UP_KIND
from pulih.cases.actions.visiting import record_visit
from pulih.cases.forms.details import DetailsForm
from pulih.cases.forms.visiting import VISIT_FIELD_OF_RULE, VisitForm
from pulih.cases.service_forms import current
from pulih.cases.views.shell import workable_case
from pulih.common.acting import done

QUICK = ("met", "condition", "found", "danger")
"""What is asked in sight; home, health and occupation are one tap away."""


@require_http_methods(["GET", "POST"])
@guard(Action.CASE_WORK)
def visit(request: StaffRequest, number: str) -> HttpResponse:
    """Write down what a visit found, in a few taps; before and after the end of a case."""
    case = workable_case(request, number)
    form = VisitForm(request.POST or None)
    short = current(FOLLOW_UP_KIND)
    asked = [field for field in short.fields if field.code != "next_on"]
    details = DetailsForm(request.POST or None, short=short, fields=asked)
    found = not details.is_bound or details.is_valid()
    if found and done(
        form,
        lambda: record_visit(case=case, note=form.note(details), by=request.user),
        VISIT_FIELD_OF_RULE,
    ):
        messages.success(request, _("The visit is recorded."))
        return redirect("cases:detail", case.number)
    context = {
        "case": case,
        "form": form,
        "details": details,
        "quick": [details[code] for code in QUICK],
        "rest": [details[field.code] for field in asked if field.code not in QUICK],
    }
    status = 422 if form.errors or details.errors else 200
    return render(request, "cases/visit.html", context, status=status)
