"""The list of people with its filters."""

from __future__ import annotations

from dataclasses import dataclass

import django_tables2 as tables
from django.core.paginator import EmptyPage, Page
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET
from django_tables2.paginators import LazyPaginator

from pulih.access.guards import StaffRequest, guard
from pulih.access.policy import Action
from pulih.common.clock import today
from pulih.people import places
from pulih.people.ages import age_text
from pulih.people.codes import KINDS
from pulih.people.forms.searching import ListFilterForm
from pulih.people.models import Person
from pulih.people.queries import list_people
from pulih.people.queries.portraits import portrait_urls

PAGE_SIZE = 25
# Nobody leafs through more: the filters find the rest, and no page grows with the table.
LAST_PAGE = 40


@dataclass(frozen=True, slots=True)
class Row:
    """A person as a line of the list."""

    person: Person
    age: str
    place: str
    kind: str
    photo: str


class PeopleTable(tables.Table):  # type: ignore[misc]
    """One line a person."""

    person = tables.TemplateColumn(
        template_name="people/_person_cell.html",
        verbose_name=gettext_lazy("Name"),
        orderable=False,
    )
    sex = tables.Column(
        accessor="person__get_sex_display", verbose_name=gettext_lazy("Sex"), orderable=False
    )
    age = tables.Column(verbose_name=gettext_lazy("Age"), orderable=False)
    place = tables.Column(verbose_name=gettext_lazy("Place"), orderable=False)
    kind = tables.Column(verbose_name=gettext_lazy("PPKS kind"), orderable=False)

    class Meta:
        empty_text = gettext_lazy("Nobody fits. Change the filters, or register somebody new.")


@require_GET
@guard(Action.PERSON_READ)
def people_list(request: StaffRequest) -> HttpResponse:
    """People the reader may see, by name; the page does not count what it does not show."""
    form = ListFilterForm(request.GET)
    narrowed = form.narrowed()
    people = list_people(user=request.user, narrowed=narrowed, today=today())
    page = _page(LazyPaginator(people, PAGE_SIZE), _page_number(request.GET.get("page")))
    at_end = page.number == LAST_PAGE and page.has_next()
    context = {
        "form": form,
        "table": PeopleTable(_rows(list(page.object_list))),
        "page": page,
        "at_end": at_end,
        "narrowed": any(value for name, value in request.GET.items() if name != "page"),
        "can_register": request.user.may(Action.PERSON_REGISTER),
    }
    template = "people/_list.html" if request.htmx else "people/list.html"
    return render(request, template, context)


def _rows(people: list[Person]) -> list[Row]:
    names = places.names(person.home_code for person in people)
    names |= places.names(person.found_in_id for person in people if not person.home_code)
    photos = portrait_urls(people)
    return [
        Row(
            person=person,
            age=age_text(person, today()),
            place=names.get(person.home_code or person.found_in_id or "", ""),
            kind=KINDS.label(str(person.main_kind)) if person.main_kind else "",
            photo=photos.get(person.pk, ""),
        )
        for person in people
    ]


def _page(pages: LazyPaginator, number: int) -> Page[Person]:
    """The page asked for; the first one where the list has become shorter than that."""
    try:
        found: Page[Person] = pages.page(number)
    except EmptyPage:
        found = pages.page(1)
    return found


def _page_number(text: str | None) -> int:
    """A page number from 1 on; anything else is the first page."""
    if not text or not text.isascii() or not text.isdecimal() or len(text) > 4:
        return 1
    return min(max(int(text), 1), LAST_PAGE)
