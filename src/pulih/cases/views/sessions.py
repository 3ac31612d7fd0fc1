"""Group sessions: the list, one session with its participants, and recording one."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from pulih.access.guards import StaffRequest, guard
from pulih.access.models import Section
from pulih.access.policy import Action
from pulih.access.programme_queries import offered_activities
from pulih.cases.actions.gathering import hold_session
from pulih.cases.forms.serving import SessionForm
from pulih.cases.queries.cases import workable_cases
from pulih.cases.queries.delivery import get_session, list_sessions
from pulih.cases.views.details import CASES_TO_CHOOSE, answers_of_each, session_forms
from pulih.cases.views.pages import page_of
from pulih.common.acting import refuse
from pulih.common.errors import RuleError

FIELD_OF_RULE = {
    "R-CASE-30": "hours",
    "R-CASE-31": "cases",
    "R-CASE-34": "cases",
    "R-CASE-50": "on",
    "R-ACC-64": "activity",
}


@require_GET
@guard(Action.CASE_READ)
def session_list(request: StaffRequest) -> HttpResponse:
    """The group sessions, latest first."""
    page = page_of(list_sessions(user=request.user), request.GET.get("page"))
    context = {"page": page, "can_hold": request.user.may(Action.CASE_WORK)}
    return render(request, "cases/sessions.html", context)


@require_GET
@guard(Action.CASE_READ)
def session(request: StaffRequest, key: UUID) -> HttpResponse:
    """One session, with the participants whose cases the reader may see."""
    found, records = get_session(key, user=request.user)
    return render(request, "cases/session.html", {"session": found, "records": records})


@require_http_methods(["GET", "POST"])
@guard(Action.CASE_WORK)
def hold(request: StaffRequest) -> HttpResponse:
    """Record a group session and who took part."""
    sections = Section.objects.filter(pk__in=request.user.section_ids)
    cases = list(workable_cases(request.user)[:CASES_TO_CHOOSE])
    form = SessionForm(
        request.POST or None,
        sections=sections,
        cases=cases,
        activities=offered_activities(*sections, user=request.user),
        initial={"section": next(iter(request.user.section_ids), None)},
    )
    chosen = {key for key in request.POST.getlist("cases")}
    common, each = session_forms(
        request.POST.get("kind", ""),
        [case for case in cases if str(case.pk) in chosen],
        data=request.POST or None,
    )
    asked = [one for one in (common, *(one["form"] for one in each)) if one is not None]
    fits = all([one.is_valid() for one in asked])
    if request.method == "POST" and form.is_valid() and fits:
        try:
            made = hold_session(
                facts=form.facts(),
                given=form.given(form.cleaned_data["kind"], common),
                cases=form.participants(),
                each=answers_of_each(each),
                by=request.user,
            )
        except RuleError as refusal:
            refuse(form, refusal, FIELD_OF_RULE)
        else:
            messages.success(request, _("The session is recorded for everyone who took part."))
            return redirect("cases:session", made.pk)
    context = {"form": form, "none_to_choose": not cases, "details": common, "each": each}
    bad = form.errors or any(one.errors for one in asked)
    return render(request, "cases/hold.html", context, status=422 if bad else 200)
