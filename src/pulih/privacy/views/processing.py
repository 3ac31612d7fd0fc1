"""The record of processing, on the screen and as a spreadsheet, and who answers for it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from pulih.access.guards import StaffRequest, guard
from pulih.access.policy import Action
from pulih.common.acting import done
from pulih.common.downloads import download
from pulih.privacy import queries
from pulih.privacy.actions.officer import name_officer
from pulih.privacy.forms.requests import OfficerForm
from pulih.privacy.processing import list_processing
from pulih.privacy.processing_sheet import workbook_of

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@guard(Action.PROCESSING_READ)
@require_GET
def overview(request: StaffRequest) -> HttpResponse:
    """What the office does with personal data, why, for how long."""
    context = {
        "activities": list_processing(),
        "officer": queries.officer_of(request.user.office),
        "may_manage": request.user.may(Action.PROCESSING_MANAGE),
    }
    return render(request, "privacy/processing.html", context)


@guard(Action.PROCESSING_READ)
@require_GET
def sheet(request: StaffRequest) -> HttpResponse:
    """The record as a spreadsheet."""
    return download(
        workbook_of(request.user.office), content_type=XLSX, name="catatan-pemrosesan.xlsx"
    )


@guard(Action.PROCESSING_MANAGE)
@require_http_methods(["GET", "POST"])
def officer(request: StaffRequest) -> HttpResponse:
    """Name the data protection officer."""
    known = queries.officer_of(request.user.office)
    initial = {"name": known.name, "contact": known.contact} if known else None
    form = OfficerForm(request.POST or None, initial=initial)
    if done(form, lambda: name_officer(by=request.user, **form.cleaned_data), {}):
        messages.success(request, _("The officer is named."))
        return redirect("privacy:processing")
    context = {"form": form}
    return render(request, "privacy/officer.html", context, status=422 if form.errors else 200)
