"""Opening one case by name for a time, ending it, and holding a case more closely."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from pulih.access.guards import StaffRequest, guard
from pulih.access.policy import Action
from pulih.access.rules import may
from pulih.cases.actions.granting import end_grant, grant_case
from pulih.cases.actions.holding import hold_closer
from pulih.cases.forms.granting import FIELD_OF_RULE, EndGrantForm, GrantForm, HoldCloserForm
from pulih.cases.intake_rules import class_of
from pulih.cases.queries.cases import get_case
from pulih.cases.queries.staff import GRANTABLE, holders
from pulih.cases.views.shell import case_page
from pulih.common.acting import done


@require_http_methods(["GET", "POST"])
@guard(Action.CASE_GRANT)
def grant(request: StaffRequest, number: str) -> HttpResponse:
    """Let somebody outside the team read the case between two days."""
    case = get_case(number, user=request.user)
    may(request.user, Action.CASE_GRANT, case).require()
    team = [member.user for member in case.team.filter(left_on=None).select_related("user")]
    readers = holders(case.office, *GRANTABLE).exclude(pk__in=[user.pk for user in team])
    form = GrantForm(request.POST or None, readers=readers.order_by("full_name"), team=team)
    if done(
        form,
        lambda: grant_case(case=case, facts=form.facts(), by=request.user),
        FIELD_OF_RULE,
    ):
        messages.success(
            request,
            _("%(who)s may read the case until %(until)s.")
            % {
                "who": form.cleaned_data["user"].full_name,
                "until": form.cleaned_data["valid_until"].strftime("%d/%m/%Y"),
            },
        )
        return redirect("cases:team", case.number)
    status = 422 if form.errors else 200
    return case_page(request, case, "team", "cases/grant.html", {"form": form}, status=status)


@require_http_methods(["GET", "POST"])
@guard(Action.CASE_ASSIGN)
def grant_end(request: StaffRequest, number: str, key: UUID) -> HttpResponse:
    """End a grant before its last day; asks for no fresh proof: closing a door is always easy."""
    case = get_case(number, user=request.user)
    may(request.user, Action.CASE_GRANT, case).require()
    found = get_object_or_404(case.grants.select_related("user"), pk=key, ended_at=None)
    form = EndGrantForm(request.POST or None)
    if done(
        form,
        lambda: end_grant(grant=found, by=request.user, **form.cleaned_data),
        {"R-CASE-331": "reason"},
    ):
        messages.success(
            request, _("%(who)s reads the case no longer.") % {"who": found.user.full_name}
        )
        return redirect("cases:team", case.number)
    context = {"form": form, "ending": found}
    status = 422 if form.errors else 200
    return case_page(request, case, "team", "cases/grant.html", context, status=status)


@require_http_methods(["GET", "POST"])
@guard(Action.CASE_ASSIGN)
def closer(request: StaffRequest, number: str) -> HttpResponse:
    """Hold the case more closely from now on; no fresh proof: closing a door is always easy."""
    case = get_case(number, user=request.user)
    may(request.user, Action.CASE_ASSIGN, case).require()
    form = HoldCloserForm(request.POST or None, above=class_of(case))
    if done(
        form,
        lambda: hold_closer(case=case, by=request.user, **form.cleaned_data),
        {"R-CASE-333": "held"},
    ):
        messages.success(request, _("The case is held more closely from now on."))
        return redirect("cases:team", case.number)
    status = 422 if form.errors else 200
    return case_page(request, case, "team", "cases/closer.html", {"form": form}, status=status)
