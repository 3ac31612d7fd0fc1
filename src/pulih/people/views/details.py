"""One short form for each thing that is added to an entry, taken away or ended."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from pulih.access.guards import StaffRequest, guard
from pulih.access.models import User
from pulih.access.policy import Action
from pulih.common.errors import RuleError
from pulih.people.actions import consents, details, statuses
from pulih.people.forms import details as parts
from pulih.people.models import Person
from pulih.people.queries.people import find_by_number
from pulih.people.tasks import look_for_sealed
from pulih.people.views.editing import form_page, get_editable

Save = Callable[[Person, Any, User], object]


@dataclass(frozen=True, slots=True)
class Addition:
    """Something that can be added: its form, its title, how it is saved."""

    title: str | Promise
    form: type[forms.Form]
    save: Save


def _add_kin(person: Person, form: parts.KinForm, by: User) -> object:
    number = form.cleaned_data["other"].strip()
    other = find_by_number(number, user=by) if number else None
    if number and other is None:
        raise RuleError(_("There is no entry with this number."), rule="R-PEO-2")
    return details.add_kinship(person=person, draft=form.draft(), other=other, by=by)


def _add_status(person: Person, form: parts.StatusForm, by: User) -> object:
    primary = form.cleaned_data["is_primary"]
    return statuses.add_status(person=person, draft=form.draft(), is_primary=primary, by=by)


ADDITIONS: dict[str, Addition] = {
    "nama": Addition(
        gettext_lazy("Add a name"),
        parts.NameForm,
        lambda person, form, by: details.add_name(person=person, draft=form.draft(), by=by),
    ),
    "nomor": Addition(
        gettext_lazy("Add a number"),
        parts.NumberForm,
        lambda person, form, by: details.add_identifier(person=person, draft=form.draft(), by=by),
    ),
    "alamat": Addition(
        gettext_lazy("Add an address"),
        parts.AddressForm,
        lambda person, form, by: details.add_address(person=person, draft=form.draft(), by=by),
    ),
    "kontak": Addition(
        gettext_lazy("Add a contact"),
        parts.ContactForm,
        lambda person, form, by: details.add_contact(person=person, draft=form.draft(), by=by),
    ),
    "keluarga": Addition(gettext_lazy("Add a relative"), parts.KinForm, _add_kin),
    "ciri": Addition(
        gettext_lazy("Add a mark"),
        parts.MarkForm,
        lambda person, form, by: details.add_mark(person=person, draft=form.draft(), by=by),
    ),
    "barang": Addition(
        gettext_lazy("Add a belonging"),
        parts.BelongingForm,
        lambda person, form, by: details.add_belonging(person=person, draft=form.draft(), by=by),
    ),
    "ppks": Addition(gettext_lazy("Add a PPKS kind"), parts.StatusForm, _add_status),
    "riwayat": Addition(
        gettext_lazy("Add to the history"),
        parts.FactForm,
        lambda person, form, by: statuses.add_fact(person=person, draft=form.draft(), by=by),
    ),
    "persetujuan": Addition(
        gettext_lazy("Record a consent"),
        parts.ConsentForm,
        lambda person, form, by: consents.record_consent(person=person, terms=form.terms(), by=by),
    ),
}
"""What can be added, by the word in the address."""

REMOVABLE = {
    "nama": "names",
    "nomor": "identifiers",
    "alamat": "addresses",
    "kontak": "contacts",
    "keluarga": "kin",
    "ciri": "marks",
    "barang": "belongings",
}
"""What can be taken away, and where it hangs."""


@guard(Action.PERSON_EDIT)
@require_http_methods(["GET", "POST"])
def add(request: StaffRequest, pk: UUID, what: str) -> HttpResponse:
    """Add one thing to an entry."""
    addition = ADDITIONS.get(what)
    if addition is None:
        raise Http404(_("There is no such page."))
    person = get_editable(pk, request)
    form = addition.form(request.POST or None)
    if isinstance(form, parts.KinForm):
        form.read_for(request.user)
    if request.method == "POST" and form.is_valid():
        try:
            addition.save(person, form, request.user)
        except RuleError as refusal:
            form.add_error(None, refusal.message)
        else:
            look_for_sealed.enqueue(str(person.pk))
            messages.success(request, _("Recorded."))
            return redirect("people:detail", pk=person.pk)
    return form_page(request, person, form, str(addition.title))


@guard(Action.PERSON_EDIT)
@require_http_methods(["GET", "POST"])
def remove(request: StaffRequest, pk: UUID, what: str, part: UUID) -> HttpResponse:
    """Take away what was recorded wrongly."""
    person = get_editable(pk, request)
    row = _part(person, REMOVABLE.get(what, ""), part)
    form = parts.ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        details.remove_detail(detail=row, reason=form.cleaned_data["reason"], by=request.user)
        messages.success(request, _("Removed; the trail keeps what it was."))
        return redirect("people:detail", pk=person.pk)
    title = _("Remove: %(what)s") % {"what": row}
    return form_page(request, person, form, title, danger=True)


@guard(Action.PERSON_EDIT)
@require_http_methods(["GET", "POST"])
def end_status(request: StaffRequest, pk: UUID, part: UUID) -> HttpResponse:
    """End a PPKS status."""
    person = get_editable(pk, request)
    status = _part(person, "statuses", part)
    form = parts.EndStatusForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            statuses.end_status(status=status, **form.cleaned_data, by=request.user)
        except RuleError as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, _("The status ended; it stays in the history."))
            return redirect("people:detail", pk=person.pk)
    return form_page(request, person, form, _("End the PPKS status"))


@guard(Action.PERSON_EDIT)
@require_http_methods(["GET", "POST"])
def withdraw(request: StaffRequest, pk: UUID, part: UUID) -> HttpResponse:
    """Take a consent back."""
    person = get_editable(pk, request)
    consent = _part(person, "consents", part)
    form = parts.ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            consents.withdraw_consent(consent=consent, **form.cleaned_data, by=request.user)
        except RuleError as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, _("The consent was withdrawn from today."))
            return redirect("people:detail", pk=person.pk)
    return form_page(request, person, form, _("Withdraw the consent"), danger=True)


def _part(person: Person, where: str, part: UUID) -> Any:
    """A row that hangs on this very person, or 404."""
    row = getattr(person, where).filter(pk=part).first() if where else None
    if row is None:
        raise Http404(_("There is no such entry."))
    return row
