"""A new entry, after the search."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from pulih.access.guards import StaffRequest, guard
from pulih.access.policy import Action
from pulih.common.clock import today
from pulih.common.errors import RuleError
from pulih.people.actions.portrait import register_with_photo
from pulih.people.findings import Remark
from pulih.people.forms.portrait import photo_in
from pulih.people.forms.registering import NewPersonForm, UnknownPersonForm
from pulih.people.forms.searching import SearchForm
from pulih.people.models import Identifier
from pulih.people.queries.numbers import holders_of, remarks_on
from pulih.people.queries.search_notes import read_ticket
from pulih.people.tasks import look_for_sealed

KNOWN, UNKNOWN = "known", "unknown"
FORMS: dict[str, type[NewPersonForm] | type[UnknownPersonForm]] = {
    KNOWN: NewPersonForm,
    UNKNOWN: UnknownPersonForm,
}
CHECKED = (Identifier.Kind.NIK, Identifier.Kind.KK)


@guard(Action.PERSON_REGISTER)
@require_http_methods(["GET", "POST"])
def register(request: StaffRequest) -> HttpResponse:
    """The form of a new entry; without the ticket of a search the answer is the search (R-PEO-1).

    Opened by a POST with the ticket alone, so that what was searched for is in no address.
    """
    ticket = request.POST.get("ticket", "")
    said = read_ticket(ticket, by=request.user)
    if said is None:
        if request.method == "POST":
            messages.warning(request, _("Search first: the person may be in the registry."))
            return render(request, "people/search.html", {"form": SearchForm()}, status=422)
        return redirect("people:search")
    variant = UNKNOWN if request.POST.get("variant") == UNKNOWN else KNOWN
    if "save" not in request.POST:
        form = FORMS[variant](initial=said)
        return _page(request, form, ticket, variant)
    form = FORMS[variant](request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, form, ticket, variant, status=422)
    draft = form.draft()
    photo = photo_in(form.cleaned_data.get("photo"))
    try:
        person = register_with_photo(draft=draft, photo=photo, by=request.user)
    except RuleError as refusal:
        form.add_error("photo" if photo else None, refusal.message)
        return _page(request, form, ticket, variant, status=422)
    look_for_sealed.enqueue(str(person.pk))
    for number in draft.numbers:
        found = remarks_on(
            number.kind,
            number.text,
            sex=draft.sex,
            birth=draft.birth,
            user=request.user,
            today=today(),
        )
        for remark in found:
            if remark.is_serious:
                messages.warning(request, remark.text)
    messages.success(request, _("Registered as %(number)s.") % {"number": person.number})
    return redirect("people:detail", pk=person.pk)


@guard(Action.PERSON_REGISTER, Action.PERSON_EDIT)
@require_POST
def check_numbers(request: StaffRequest) -> HttpResponse:
    """What there is to say about the numbers being typed, and who has them already."""
    form = NewPersonForm(request.POST)
    form.is_valid()
    said: dict[str, Any] = form.cleaned_data
    birth = form.birth() if not form.errors.keys() & set(form.BIRTH) else None
    remarks: list[Remark] = []
    holders = []
    for kind in CHECKED:
        text = request.POST.get(kind, "")[:40]
        sex = said.get("sex", "")
        remarks += remarks_on(kind, text, sex=sex, birth=birth, user=request.user, today=today())
        if kind == Identifier.Kind.NIK:
            holders = holders_of(kind, text, user=request.user)
    return render(request, "people/_numbers_said.html", {"remarks": remarks, "holders": holders})


def _page(
    request: StaffRequest,
    form: NewPersonForm | UnknownPersonForm,
    ticket: str,
    variant: str,
    *,
    status: int = 200,
) -> HttpResponse:
    context = {"form": form, "ticket": ticket, "variant": variant}
    return render(request, "people/register.html", context, status=status)
