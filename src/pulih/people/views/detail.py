"""The page of one person, and the parts of it that are loaded when they are looked at."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from pulih.access.guards import StaffRequest, guard
from pulih.access.policy import Action
from pulih.access.rules import may
from pulih.common.clock import today
from pulih.people import places, rules
from pulih.people.actions.details import reveal_identifier
from pulih.people.ages import birth_text
from pulih.people.models import Person
from pulih.people.queries import get_person, sheet
from pulih.people.queries.limits import limit_of
from pulih.people.queries.merging import merges_into, standing_entry
from pulih.people.queries.portraits import portraits_of


@guard(Action.PERSON_READ)
@require_GET
def detail(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Who it is: names, numbers, addresses, kinds; the rest is loaded below.

    An entry that was joined with another leads on to that one.
    """
    person = get_person(pk, user=request.user)
    if person.merged_into_id is not None:
        return redirect("people:detail", standing_entry(person, user=request.user).pk)
    unknown = bool(person.temporary_code)
    context = {
        "person": person,
        "limit": limit_of(person),
        "portrait": portraits_of([person]).get(person.pk),
        "age": sheet.age_of(person, today()),
        "birth": birth_text(person),
        "found_in": places.full_name(person.found_in) if person.found_in else "",
        "names": person.names.all(),
        "numbers": sheet.numbers_of(person),
        "addresses": sheet.addresses_of(person),
        "statuses": sheet.statuses_of(person, user=request.user),
        "marks": person.marks.all() if unknown else (),
        "belongings": person.belongings.all() if unknown else (),
        "can_edit": _can_edit(request, person),
        "cases_url": _cases_url(request, person, "cases:person_cases"),
        "plan_url": _cases_url(request, person, "cases:person_plan"),
        "rights_url": _rights_url(request, person),
        "can_watch": _can_watch(request, person),
        "joined": merges_into(person, user=request.user),
    }
    return render(request, "people/detail.html", context)


@guard(Action.PERSON_READ)
@require_GET
def family(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Kin, family card and contacts of a person."""
    person = get_person(pk, user=request.user)
    context = {
        "person": person,
        "relatives": sheet.relatives_of(person),
        "household": sheet.household_of(person, user=request.user),
        "contacts": sheet.contacts_of(person, user=request.user),
        "can_edit": _can_edit(request, person),
    }
    return render(request, "people/_family.html", context)


@guard(Action.PERSON_READ)
@require_GET
def history(request: StaffRequest, pk: UUID) -> HttpResponse:
    """What lists said of a person, and the consents."""
    person = get_person(pk, user=request.user)
    context = {
        "person": person,
        "facts": sheet.facts_of(person),
        "consents": person.consents.all(),
        "can_edit": _can_edit(request, person),
        "today": today(),
    }
    return render(request, "people/_history.html", context)


@guard(Action.PERSON_EDIT)
@require_POST
def reveal(request: StaffRequest, pk: UUID, part: UUID) -> HttpResponse:
    """A whole number, for once; asking for it is in the trail."""
    person = get_person(pk, user=request.user)
    number = person.identifiers.filter(pk=part).first()
    if number is None:
        raise Http404(_("There is no such number."))
    value = reveal_identifier(identifier=number, by=request.user)
    return render(request, "people/_number.html", {"value": value})


def _can_edit(request: StaffRequest, person: Person) -> bool:
    """Are the buttons shown? The actions ask again."""
    edits = request.user.may(Action.PERSON_EDIT) and person.merged_into_id is None
    return edits and bool(rules.may_edit(request.user, person))


def _can_watch(request: StaffRequest, person: Person) -> bool:
    """Is the way shown to who looked? The page asks again."""
    return (
        person.compartment_id is not None
        and request.user.may(Action.PERSON_WATCH)
        and bool(may(request.user, Action.PERSON_WATCH, person))
    )


def _cases_url(request: StaffRequest, person: Person, page: str) -> str:
    """Where the cases of this person can be asked for; the registry knows none itself."""
    reads = request.user.may(Action.CASE_READ)
    if not reads and (page != "cases:person_cases" or not request.user.may(Action.REPORT_RECEIVE)):
        return ""
    try:
        return reverse(page, args=[person.pk])
    except NoReverseMatch:
        return ""


def _rights_url(request: StaffRequest, person: Person) -> str:
    """Where a request about the person's data is written down; that app stands above this one."""
    if not request.user.may(Action.RIGHTS_RECEIVE):
        return ""
    try:
        return reverse("privacy:receive", args=[person.pk])
    except NoReverseMatch:
        return ""
