"""Who looked at a sealed person: for heads who are named to know of them."""

from __future__ import annotations

from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from pulih.access.guards import StaffRequest, guard
from pulih.access.policy import Action
from pulih.access.rules import may
from pulih.access.seen import look_of, looks_at
from pulih.people.queries import get_person

PAGE_ROWS = 50


@guard(Action.PERSON_WATCH)
@require_GET
def seen(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Every look at the person that the trail holds, the newest first (R-ACC-194)."""
    person = get_person(pk, user=request.user)
    if person.compartment_id is None:
        # Looks at open entries are not written down.
        raise Http404(_("There is no such page."))
    may(request.user, Action.PERSON_WATCH, person).require()
    rows = looks_at(person.office, [person.pk])
    page = Paginator(rows, PAGE_ROWS).get_page(request.GET.get("page"))
    context = {"person": person, "page": page, "looks": [look_of(event) for event in page]}
    return render(request, "people/seen.html", context)
