"""The team of a case, and who may know of a sealed one."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from pulih.access.guards import StaffRequest, guard, to_be_proven
from pulih.access.models import User
from pulih.access.policy import Action
from pulih.access.rules import may
from pulih.cases.actions.excluding import end_exclusion, exclude_user
from pulih.cases.actions.team import (
    add_member,
    name_lead,
    name_reader,
    remove_member,
    remove_reader,
)
from pulih.cases.forms.opening import (
    TEAM_FIELD_OF_RULE,
    ExcludeForm,
    LeadForm,
    LeaveForm,
    MemberForm,
    ReaderForm,
    ReaderLeaveForm,
)
from pulih.cases.models import Case
from pulih.cases.queries.cases import get_case
from pulih.cases.queries.glass import broken_now
from pulih.cases.queries.staff import candidates_for, readers_of, staff_of
from pulih.cases.queries.team import (
    former_members,
    named_readers,
    standing_grants,
    unconfirmed_names,
)
from pulih.cases.views.shell import case_page
from pulih.common.acting import attempt, done


@require_GET
@guard(Action.CASE_READ)
def team(request: StaffRequest, number: str) -> HttpResponse:
    """Who works on the case now and did before, with the ways to change it."""
    return _page(request, get_case(number, user=request.user))


@require_POST
@guard(Action.CASE_ASSIGN)
def team_add(request: StaffRequest, number: str) -> HttpResponse:
    """Put somebody on the team."""
    case = get_case(number, user=request.user)
    if stopped := _naming_unproven(request, case):
        return stopped
    form = MemberForm(request.POST, workers=candidates_for(case.section))
    if done(
        form,
        lambda: add_member(case=case, by=request.user, **form.cleaned_data),
        TEAM_FIELD_OF_RULE,
    ):
        messages.success(request, _("The team has a new member."))
        return redirect("cases:team", case.number)
    return _page(request, case, member_form=form)


@require_POST
@guard(Action.CASE_ASSIGN)
def team_lead(request: StaffRequest, number: str) -> HttpResponse:
    """Name the lead, or hand the case over."""
    case = get_case(number, user=request.user)
    if stopped := _naming_unproven(request, case):
        return stopped
    form = LeadForm(request.POST, workers=candidates_for(case.section))
    if done(
        form,
        lambda: name_lead(case=case, by=request.user, **form.cleaned_data),
        TEAM_FIELD_OF_RULE,
    ):
        messages.success(request, _("The case has a lead."))
        return redirect("cases:team", case.number)
    return _page(request, case, lead_form=form)


@require_http_methods(["GET", "POST"])
@guard(Action.CASE_ASSIGN)
def team_leave(request: StaffRequest, number: str, user_id: UUID) -> HttpResponse:
    """Take somebody off the team."""
    case = get_case(number, user=request.user)
    may(request.user, Action.CASE_ASSIGN, case).require()
    leaving = get_object_or_404(
        User, pk__in=case.team.filter(left_on=None, user=user_id).values("user")
    )
    form = LeaveForm(request.POST or None)
    if done(
        form,
        lambda: remove_member(case=case, user=leaving, by=request.user, **form.cleaned_data),
        TEAM_FIELD_OF_RULE,
    ):
        messages.success(
            request, _("%(who)s is no longer on the team.") % {"who": leaving.full_name}
        )
        return _back(request, case)
    return _page(request, case, leave_form=form, leaving=leaving)


@require_POST
@guard(Action.CASE_ASSIGN)
def reader_add(request: StaffRequest, number: str) -> HttpResponse:
    """Name somebody who may know of a sealed case."""
    case = get_case(number, user=request.user)
    if stopped := _naming_unproven(request, case):
        return stopped
    form = ReaderForm(request.POST, readers=readers_of(case.office))
    if done(
        form,
        lambda: name_reader(case=case, by=request.user, **form.cleaned_data),
        TEAM_FIELD_OF_RULE,
    ):
        messages.success(request, _("One more person may know of the case."))
        return redirect("cases:team", case.number)
    return _page(request, case, reader_form=form)


@require_http_methods(["GET", "POST"])
@guard(Action.CASE_ASSIGN)
def reader_leave(request: StaffRequest, number: str, user_id: UUID) -> HttpResponse:
    """End somebody's knowing of a sealed case."""
    case = get_case(number, user=request.user)
    may(request.user, Action.CASE_ASSIGN, case).require()
    leaving = get_object_or_404(
        User, pk__in=[reader.user_id for reader in named_readers(case) if reader.user_id == user_id]
    )
    form = ReaderLeaveForm(request.POST or None)
    if done(
        form,
        lambda: remove_reader(case=case, user=leaving, by=request.user, **form.cleaned_data),
        TEAM_FIELD_OF_RULE,
    ):
        messages.success(
            request, _("%(who)s may no longer know of the case.") % {"who": leaving.full_name}
        )
        return _back(request, case)
    return _page(request, case, reader_leave_form=form, leaving=leaving)


@require_POST
@guard(Action.CASE_EXCLUDE)
def exclude(request: StaffRequest, number: str) -> HttpResponse:
    """Shut somebody out for a conflict of interest."""
    case = get_case(number, user=request.user)
    may(request.user, Action.CASE_EXCLUDE, case).require()
    form = ExcludeForm(request.POST, staff=staff_of(case.office))
    if done(
        form,
        lambda: exclude_user(case=case, by=request.user, **form.cleaned_data),
        {"R-CASE-320": "reason", "R-CASE-321": "user"},
    ):
        messages.success(request, _("The case is shut to this person from now on."))
        return _back(request, case)
    return _page(request, case, exclude_form=form)


@require_POST
@guard(Action.CASE_EXCLUDE)
def admit(request: StaffRequest, number: str, key: UUID) -> HttpResponse:
    """Let somebody in again."""
    case = get_case(number, user=request.user)
    found = get_object_or_404(case.exclusions, pk=key)
    attempt(
        request,
        lambda: end_exclusion(
            exclusion=found, reason=request.POST.get("reason", "")[:300], by=request.user
        ),
        _("The case is no longer shut to this person."),
    )
    return redirect("cases:team", case.number)


def _back(request: StaffRequest, case: Case) -> HttpResponse:
    """To the team, or to the list for whoever has just left what only the team sees."""
    if Case.objects.visible_to(request.user).filter(pk=case.pk).exists():
        return redirect("cases:team", case.number)
    return redirect("cases:list")


def _naming_unproven(request: StaffRequest, case: Case) -> HttpResponse | None:
    """Naming somebody in a sealed case asks once more who sits there (R-ACC-101)."""
    return to_be_proven(request) if case.compartment_id is not None else None


def _page(request: StaffRequest, case: Case, **sent: object) -> HttpResponse:
    """The team with its forms; a form that was sent and refused stays as it was filled in."""
    workers = list(candidates_for(case.section))
    sealed = case.compartment_id is not None
    readers = list(readers_of(case.office)) if sealed else []
    context = {
        "member_form": MemberForm(workers=workers),
        "lead_form": LeadForm(workers=workers),
        "reader_form": ReaderForm(readers=readers) if sealed else None,
        "readers": named_readers(case) if sealed else [],
        "former": former_members(case),
        "broken": broken_now(case),
        "unconfirmed": unconfirmed_names(case),
        "grants": standing_grants(case),
        **_shut_out(request, case),
        **sent,
    }
    refused = any(isinstance(form, forms.Form) and form.errors for form in sent.values())
    return case_page(
        request, case, "team", "cases/team.html", context, status=422 if refused else 200
    )


def _shut_out(request: StaffRequest, case: Case) -> dict[str, object]:
    """Who is shut out, for whoever may shut out; nobody else learns of it."""
    if not may(request.user, Action.CASE_EXCLUDE, case):
        return {}
    return {
        "exclusions": list(case.exclusions.filter(ended_at=None).select_related("user")),
        "exclude_form": ExcludeForm(staff=staff_of(case.office)),
    }
