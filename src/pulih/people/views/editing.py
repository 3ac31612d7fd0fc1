"""Changes to the facts on an entry."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from pulih.access.guards import StaffRequest, guard
from pulih.access.policy import Action
from pulih.common.acting import refuse
from pulih.common.errors import RuleError
from pulih.common.stamps import seen_in, stamped
from pulih.people import rules
from pulih.people.actions.editing import edit_person, identify_person, record_death
from pulih.people.forms.editing import DeathForm, FactsForm, IdentifyForm
from pulih.people.models import Person
from pulih.people.queries import get_person


@guard(Action.PERSON_EDIT)
@require_http_methods(["GET", "POST"])
def edit(request: StaffRequest, pk: UUID) -> HttpResponse:
    """The facts on the entry itself."""
    person = get_editable(pk, request)
    form = stamped(FactsForm(request.POST or None, person=person), person)
    if request.method == "POST" and form.is_valid():
        seen = seen_in(form)
        try:
            edit_person(person=person, facts=form.facts(), seen=seen, by=request.user)
        except RuleError as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("The entry was changed."))
            return redirect("people:detail", pk=person.pk)
    return form_page(request, person, form, _("Change the entry"))


@guard(Action.PERSON_EDIT)
@require_http_methods(["GET", "POST"])
def identify(request: StaffRequest, pk: UUID) -> HttpResponse:
    """The name of somebody unknown."""
    person = get_editable(pk, request)
    form = stamped(IdentifyForm(request.POST or None, person=person), person)
    if request.method == "POST" and form.is_valid():
        seen, how = seen_in(form), form.cleaned_data["how"]
        try:
            identify_person(person=person, facts=form.facts(), how=how, seen=seen, by=request.user)
        except RuleError as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("The person has a name now."))
            return redirect("people:detail", pk=person.pk)
    return form_page(request, person, form, _("Record who it is"))


@guard(Action.PERSON_EDIT)
@require_http_methods(["GET", "POST"])
def death(request: StaffRequest, pk: UUID) -> HttpResponse:
    """That the person has died."""
    person = get_editable(pk, request)
    form = DeathForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            record_death(person=person, **form.cleaned_data, by=request.user)
        except RuleError as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, _("The death was recorded."))
            return redirect("people:detail", pk=person.pk)
    return form_page(request, person, form, _("Record a death"))


def get_editable(pk: UUID, request: StaffRequest) -> Person:
    """A person the reader may see and change: unseen is 404, not to be changed is 403."""
    person = get_person(pk, user=request.user)
    rules.may_edit(request.user, person).require()
    return person


def form_page(
    request: StaffRequest, person: Person, form: forms.Form, title: str, *, danger: bool = False
) -> HttpResponse:
    """One short form about one person; 422 when it was refused."""
    context = {"person": person, "form": form, "title": title, "danger": danger}
    return render(request, "people/form.html", context, status=422 if form.errors else 200)
