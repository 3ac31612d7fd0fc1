"""The client's own page, and the client's own rating; the joint plan on a person's page."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from pulih.access.guards import StaffRequest, guard
from pulih.access.policy import Action
from pulih.cases.actions.hearing import hear_client
from pulih.cases.casework_rules import may_print_own_page
from pulih.cases.forms.hearing import FACES, HearingForm
from pulih.cases.queries.cases import get_case
from pulih.cases.queries.delivery import goals_of
from pulih.cases.queries.own_page import own_page
from pulih.cases.queries.plans_of_person import joint_plan
from pulih.cases.views.shell import workable_case
from pulih.common.acting import done
from pulih.common.clock import today


@require_GET
@guard(Action.CASE_WORK)
def own(request: StaffRequest, number: str) -> HttpResponse:
    """*Lembar saya*: large type, plain words, no label, no kind, no section."""
    case = get_case(number, user=request.user)
    may_print_own_page(request.user, case).require()
    page = own_page(case, user=request.user)
    context = {
        "case": case,
        "page": page,
        "faces": [
            {"value": level, "words": words, "mouth": mouth}
            for level, (words, mouth) in FACES.items()
        ],
        "sealed": case.compartment_id is not None,
        "today": today(),
    }
    return render(request, "cases/own_page.html", context)


@require_http_methods(["GET", "POST"])
@guard(Action.CASE_WORK)
def hear(request: StaffRequest, number: str) -> HttpResponse:
    """The client says how far the goals are reached, with faces and plain words."""
    case = workable_case(request, number)
    goals = goals_of(case)
    form = HearingForm(request.POST or None, goals=goals)
    if done(
        form,
        lambda: hear_client(
            case=case,
            levels=form.levels(),
            mode=form.cleaned_data["mode"],
            on=form.cleaned_data["on"],
            by=request.user,
        ),
        {"R-CASE-50": "on"},
    ):
        messages.success(request, _("What the client said is kept."))
        return redirect("cases:rate", case.number)
    context = {"case": case, "form": form, "asked": list(form.asked())}
    return render(request, "cases/hear.html", context, status=422 if form.errors else 200)


@require_GET
@guard(Action.CASE_READ)
def person_plan(request: StaffRequest, person_id: UUID) -> HttpResponse:
    """The joint plan of one person across sections; a part of the person's page."""
    parts = joint_plan(person_id, user=request.user)
    return render(request, "cases/_person_plan.html", {"parts": parts})
