"""The users of the office, for its administrator."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from pulih.access import queries, user_rules
from pulih.access.actions.factors import reset_factors
from pulih.access.actions.granting import Letter, end_role, give_preset, give_role
from pulih.access.actions.users import (
    Issued,
    add_user,
    deactivate_user,
    edit_user,
    reactivate_user,
    reset_password,
)
from pulih.access.factors import has_factor
from pulih.access.forms.users import (
    GrantForm,
    NewUserForm,
    PresetForm,
    ReasonForm,
    UserFilterForm,
    UserForm,
)
from pulih.access.guards import StaffRequest, guard
from pulih.access.models import StudentRecord, User
from pulih.access.policy import Action
from pulih.access.roles import Role
from pulih.common.acting import done, refuse
from pulih.common.clock import today
from pulih.common.errors import RuleError
from pulih.common.stamps import seen_in, stamped

PAGE_ROWS = 25


@guard(Action.USER_MANAGE)
@require_GET
def list_(request: StaffRequest) -> HttpResponse:
    """Everybody with an account, and the roles they hold today."""
    form = UserFilterForm(request.GET)
    wanted = form.cleaned_data if form.is_valid() else {}
    rows = queries.list_users(
        user=request.user,
        words=wanted.get("q", ""),
        role=wanted.get("role", ""),
        active=not wanted.get("closed"),
    )
    page = Paginator(rows, PAGE_ROWS).get_page(request.GET.get("page"))
    day = today()
    lines = [{"user": user, "grants": queries.grants_on(day, of=user)} for user in page.object_list]
    return render(request, "access/users.html", {"page": page, "lines": lines, "form": form})


@guard(Action.USER_CHANGE)
@require_http_methods(["GET", "POST"])
def add(request: StaffRequest) -> HttpResponse:
    """Add a user; the first password is shown on the answer, once."""
    form = NewUserForm(request.POST or None)
    if form.is_valid():
        try:
            issued = add_user(**form.cleaned_data, by=request.user)
        except RuleError as refusal:
            form.add_error(None, refusal.message)
        else:
            return _issued(request, issued)
    return render(
        request, "access/add_user.html", {"form": form}, status=422 if form.errors else 200
    )


def _issued(request: StaffRequest, issued: Issued) -> HttpResponse:
    context = {"person": issued.user, "password": issued.password}
    return render(request, "access/issued.html", context)


@guard(Action.USER_MANAGE)
@require_GET
def detail(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """One user: who they are, their roles, what can be done."""
    person = queries.get_user(pk, user=request.user)
    return _page(request, person)


def _page(
    request: StaffRequest,
    person: User,
    grant_form: forms.Form | None = None,
    preset_form: forms.Form | None = None,
) -> HttpResponse:
    other = user_rules.may_manage_other(request.user, person)
    sections = queries.list_sections(user=request.user)
    student = queries.student_of(person)
    context = {
        "person": person,
        "student": student,
        "grants": queries.list_grants(person),
        "today": today(),
        "has_factor": has_factor(person),
        "other": other,
        "grant_form": grant_form
        or GrantForm(
            sections=sections,
            units=queries.list_units(user=request.user),
            initial=_proposed(student),
        ),
        "preset_form": preset_form or PresetForm(sections=sections),
        "reason_form": ReasonForm(),
    }
    status = 422 if any(form and form.errors for form in (grant_form, preset_form)) else 200
    return render(request, "access/user.html", context, status=status)


def _proposed(student: StudentRecord | None) -> dict[str, object]:
    """The role that a student is waiting for, from the first planned day to the last."""
    if student is None:
        return {}
    return {
        "role": Role.STUDENT,
        "valid_from": student.planned_from or today(),
        "valid_until": student.planned_until,
    }


@guard(Action.USER_CHANGE)
@require_http_methods(["GET", "POST"])
def edit(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Change name, position, NIP."""
    person = queries.get_user(pk, user=request.user)
    initial = {"full_name": person.full_name, "position": person.position, "nip": person.nip}
    form = stamped(UserForm(request.POST or None, initial=initial), person)
    if form.is_valid():
        seen = seen_in(form)
        try:
            edit_user(user=person, **form.cleaned_data, seen=seen, by=request.user)
        except RuleError as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("The changes are saved."))
            return redirect("access:user", pk)
    context = {"person": person, "form": form}
    return render(request, "access/edit_user.html", context, status=422 if form.errors else 200)


@guard(Action.USER_CHANGE)
@require_POST
def give(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Give a role."""
    person = queries.get_user(pk, user=request.user)
    form = GrantForm(
        request.POST,
        sections=queries.list_sections(user=request.user),
        units=queries.list_units(user=request.user),
    )
    if form.is_valid():
        data = form.cleaned_data
        try:
            give_role(
                user=person,
                role=Role(data["role"]),
                section=data["section"],
                unit=data["unit"],
                valid_from=data["valid_from"],
                valid_until=data["valid_until"],
                letter=Letter(data["acting"], data["letter_number"], data["letter_on"])
                if data["acting"]
                else None,
                by=request.user,
            )
        except RuleError as refusal:
            refuse(form, refusal, {"R-ACC-184": "acting"})
        else:
            messages.success(request, _("The role is given."))
            if data["acting"]:
                messages.info(
                    request,
                    _("Letters print Plt., Plh. or a.n. once they stand among the signatories."),
                )
            return redirect("access:user", pk)
    return _page(request, person, form)


@guard(Action.USER_CHANGE)
@require_POST
def give_set(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Give a set of roles for a small office."""
    person = queries.get_user(pk, user=request.user)
    form = PresetForm(request.POST, sections=queries.list_sections(user=request.user))
    if done(
        form,
        lambda: give_preset(user=person, by=request.user, **form.cleaned_data),
        {"R-ACC-185": "preset", "R-ACC-10": "section"},
    ):
        messages.success(request, _("The roles are given."))
        return redirect("access:user", pk)
    return _page(request, person, preset_form=form)


@guard(Action.USER_CHANGE)
@require_POST
def end(request: StaffRequest, pk: uuid.UUID, grant_pk: uuid.UUID) -> HttpResponse:
    """End a role at once."""
    person = queries.get_user(pk, user=request.user)
    grant = queries.get_grant(grant_pk, of=person)
    return _do(
        request, pk, lambda: end_role(grant=grant, by=request.user), _("The role has ended.")
    )


@guard(Action.USER_CHANGE)
@require_POST
def factors(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Take the second factors of somebody who lost them away."""
    person = queries.get_user(pk, user=request.user)
    reason = request.POST.get("reason", "")[:500]
    return _do(
        request,
        pk,
        lambda: reset_factors(user=person, reason=reason, by=request.user),
        _("The second factors are taken away; new ones are set up at the next login."),
    )


@guard(Action.USER_CHANGE)
@require_POST
def close(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Close an account."""
    person = queries.get_user(pk, user=request.user)
    reason = request.POST.get("reason", "")[:500]
    return _do(
        request,
        pk,
        lambda: deactivate_user(user=person, reason=reason, by=request.user),
        _("The account is closed."),
    )


def _do(
    request: StaffRequest, pk: uuid.UUID, act: Callable[[], object], answer: str
) -> HttpResponse:
    try:
        act()
    except RuleError as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, answer)
    return redirect("access:user", pk)


@guard(Action.USER_CHANGE)
@require_POST
def reset(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """A new first password, shown once."""
    person = queries.get_user(pk, user=request.user)
    return _issued(request, reset_password(user=person, by=request.user))


@guard(Action.USER_CHANGE)
@require_POST
def reopen(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Open a closed account, with a new first password."""
    person = queries.get_user(pk, user=request.user)
    return _issued(request, reactivate_user(user=person, by=request.user))
