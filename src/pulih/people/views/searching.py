"""The search that comes before every new entry."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods

from pulih.access.guards import StaffRequest, guard
from pulih.access.policy import Action
from pulih.common.clock import today
from pulih.people import places
from pulih.people.ages import age_text
from pulih.people.evidence import Line, codes_in, lines
from pulih.people.forms.searching import SearchForm
from pulih.people.models import Person
from pulih.people.queries import (
    PeopleFilter,
    SimilarPerson,
    find_similar_people,
    list_people,
)
from pulih.people.queries.asking import strength_of
from pulih.people.queries.portraits import portrait_urls
from pulih.people.queries.search_notes import write_ticket
from pulih.people.queries.unknown import list_unidentified_like

MOST_UNIDENTIFIED = 5
MOST_OFFERED = 12
SHORTEST, LONGEST = 2, 80


@dataclass(frozen=True, slots=True)
class Found:
    """One answer of the search, as the page shows it."""

    person: Person
    age: str
    place: str
    strength: str
    percent: int
    lines: list[Line]
    photo: str


@guard(Action.PERSON_REGISTER)
@require_http_methods(["GET", "POST"])
def search(request: StaffRequest) -> HttpResponse:
    """Who may it be? The answers, and the ticket without which nobody is registered (R-PEO-1)."""
    form = SearchForm(request.POST or None)
    if request.method != "POST":
        return render(request, "people/search.html", {"form": form})
    if not form.is_valid():
        return render(request, "people/search.html", {"form": form}, status=422)
    query = form.record()
    similar = find_similar_people(query, user=request.user, today=today())
    unidentified = []
    if form.cleaned_data["nameless"] or not similar:
        unidentified = list(list_unidentified_like(query, user=request.user)[:MOST_UNIDENTIFIED])
    context = {
        "form": form,
        "searched": True,
        "found": _found(similar),
        "unidentified": _unidentified(unidentified),
        "ticket": write_ticket(form.remembered(), by=request.user),
        "nameless": form.cleaned_data["nameless"],
    }
    return render(request, "people/search.html", context)


def _found(similar: list[SimilarPerson]) -> list[Found]:
    codes = {code for item in similar for code in codes_in(item.match.evidence)}
    codes |= {item.person.home_code for item in similar}
    names = places.names(codes)
    photos = portrait_urls([item.person for item in similar])
    return [
        Found(
            person=item.person,
            age=age_text(item.person, today()),
            place=names.get(item.person.home_code, ""),
            strength=strength_of(item.match.score),
            percent=round(item.match.score * 100),
            lines=lines(item.match.evidence, names),
            photo=photos.get(item.person.pk, ""),
        )
        for item in similar
    ]


def _unidentified(people: list[Person]) -> list[tuple[Person, str, str]]:
    """People without a name, each with the age and the photo by which they may be recognised."""
    photos = portrait_urls(people)
    return [(person, age_text(person, today()), photos.get(person.pk, "")) for person in people]


@require_GET
@guard(Action.PERSON_READ)
def person_search(request: StaffRequest) -> HttpResponse:
    """People the reader may see with the typed text in their name or number, for the picker."""
    text = request.GET.get("q", "").strip()[:LONGEST]
    options: list[dict[str, str]] = []
    if len(text) >= SHORTEST:
        rows = list_people(user=request.user, narrowed=PeopleFilter(text=text))
        people = list(rows[:MOST_OFFERED])
        names = places.names(person.home_code for person in people)
        options = [
            {
                "value": person.number,
                "text": person.name,
                "note": " · ".join(
                    part
                    for part in (
                        person.number,
                        age_text(person, today()),
                        names.get(person.home_code, ""),
                    )
                    if part
                ),
            }
            for person in people
        ]
    return render(request, "ui/picker_options.html", {"options": options})
