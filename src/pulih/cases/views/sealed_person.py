"""Registering the person of a sealed report, after a search that only shows."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from pulih.access.guards import StaffRequest, guard
from pulih.access.policy import Action
from pulih.access.rules import may
from pulih.cases.actions.registering import register_in_report
from pulih.cases.forms.sealed_person import SealedPersonForm
from pulih.cases.queries.intake import get_report
from pulih.common.acting import done
from pulih.common.clock import today
from pulih.people.queries import SimilarPerson, find_similar_people

WORTH_SHOWING = 0.05
SHOWN = 5


@require_http_methods(["GET", "POST"])
@guard(Action.REPORT_TRIAGE)
def report_register(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Who may it be among those the reader may see? Else a new entry inside the compartment."""
    found = get_report(pk, user=request.user)
    may(request.user, Action.REPORT_TRIAGE, found).require()
    if found.compartment_id is None:
        raise Http404
    form = SealedPersonForm(request.POST or None)
    similar = _similar(request, form)
    if not similar and done(
        form,
        lambda: register_in_report(report=found, draft=form.draft(), by=request.user),
        {},
    ):
        messages.success(request, _("Registered inside the report; the registry shows nothing."))
        return redirect("cases:report", pk=found.pk)
    context = {"report": found, "form": form, "similar": similar}
    status = 422 if form.errors else 200
    return render(request, "cases/report_register.html", context, status=status)


def _similar(request: StaffRequest, form: SealedPersonForm) -> list[SimilarPerson]:
    """Entries that may be the person; nothing when the reader has looked at them already."""
    if not form.is_bound or not form.is_valid() or form.cleaned_data["anyway"]:
        return []
    return find_similar_people(
        form.record(), user=request.user, today=today(), limit=SHOWN, minimum=WORTH_SHOWING
    )
