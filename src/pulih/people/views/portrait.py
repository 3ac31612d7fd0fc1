"""The portrait of a person: chosen among their photos, taken anew, or taken away."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from pulih.access.guards import StaffRequest, guard
from pulih.access.policy import Action
from pulih.common.errors import RuleError
from pulih.files.queries import get_attachment
from pulih.people.actions.portrait import add_portrait, choose_portrait, drop_portrait
from pulih.people.forms.portrait import PortraitForm, photo_in
from pulih.people.models import Consent, Person
from pulih.people.queries.portraits import photos_of, portraits_of
from pulih.people.views.editing import get_editable


@guard(Action.PERSON_EDIT)
@require_http_methods(["GET", "POST"])
def portrait(request: StaffRequest, pk: UUID) -> HttpResponse:
    """The photos there are, a new one, or none."""
    person = get_editable(pk, request)
    form = PortraitForm(
        *((request.POST, request.FILES) if request.method == "POST" else ()),
    )
    if form.is_valid():
        try:
            _change(person, form, request)
        except RuleError as refusal:
            form.add_error("photo", refusal.message)
        else:
            messages.success(request, _("The photo of the entry was changed."))
            return redirect("people:detail", pk=person.pk)
    consents = person.consents.filter(purpose=Consent.Purpose.PHOTO, withdrawn_on=None)
    context = {
        "person": person,
        "form": form,
        "photos": photos_of(person, user=request.user),
        "chosen": portraits_of([person]).get(person.pk),
        "consent": consents.first(),
    }
    return render(request, "people/portrait.html", context, status=422 if form.errors else 200)


def _change(person: Person, form: PortraitForm, request: StaffRequest) -> None:
    said = form.cleaned_data
    if said["drop"]:
        drop_portrait(person=person, by=request.user)
    elif said["choose"]:
        photo = get_attachment(said["choose"], user=request.user)
        choose_portrait(person=person, photo=photo, by=request.user)
    else:
        photo_new = photo_in(said["photo"])
        if photo_new is None:
            raise RuleError(_("Choose a photo."), rule="R-PEO-60")
        add_portrait(person=person, photo=photo_new, by=request.user)
