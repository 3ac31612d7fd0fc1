"""The search that comes before every new entry."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from pulih.access.guards import StaffRequest, guard
from pulih.access.policy import Action
from pulih.common.clock import today
from pulih.people import places
from pulih.people.ages import age_text
from pulih.people.evidence import Line, codes_in, lines
from pulih.people.forms.searching import SearchForm
from pulih.people.models import Person
from pulih.people.queries import SimilarPerson, find_similar_people
from pulih.people.queries.search_notes import write_ticket
from pulih.people.queries.unknown import list_unidentified_like

MOST_UNIDENTIFIED = 5
LIKELY, POSSIBLE = 0.8, 0.2


@dataclass(frozen=True, slots=True)
class Found:
    """One answer of the search, as the page shows it."""

    person: Person
    age: str
    place: str
    strength: str
    percent: int
    lines: list[Line]


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
        "unidentified": [(person, age_text(person, today())) for person in unidentified],
        "ticket": write_ticket(form.remembered(), by=request.user),
        "nameless": form.cleaned_data["nameless"],
    }
    return render(request, "people/search.html", context)


def _found(similar: list[SimilarPerson]) -> list[Found]:
    codes = {code for item in similar for code in codes_in(item.match.evidence)}
    codes |= {item.person.home_code for item in similar}
    names = places.names(codes)
    return [
        Found(
            person=item.person,
            age=age_text(item.person, today()),
            place=names.get(item.person.home_code, ""),
            strength=_strength(item.match.score),
            percent=round(item.match.score * 100),
            lines=lines(item.match.evidence, names),
        )
        for item in similar
    ]


def _strength(score: float) -> str:
    if score >= LIKELY:
        return "likely"
    return "possible" if score >= POSSIBLE else "unlikely"
