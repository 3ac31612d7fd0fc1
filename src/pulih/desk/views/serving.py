"""The counter, second screen: the service with its papers, form and letters, in one page."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods

from pulih.access.guards import StaffRequest, guard
from pulih.access.policy import Action
from pulih.access.programme_queries import offered_activities
from pulih.cases.counter_rules import check_client
from pulih.cases.models import ServiceOffer
from pulih.cases.queries.counter import services_of
from pulih.cases.queries.offers import find_offer, list_offers
from pulih.common.clock import today
from pulih.common.errors import RuleError
from pulih.desk.actions.visiting import Served, serve_visit
from pulih.desk.forms.counter import VisitForm
from pulih.desk.queue_queries import get_ticket
from pulih.papers.queries import template_of
from pulih.people.models import Person
from pulih.people.queries import get_person
from pulih.people.queries.asking import on_record

FINISH = "selesai"


@guard(Action.COUNTER_SERVE)
@require_http_methods(["GET", "POST"])
def serve(request: StaffRequest, pk: UUID) -> HttpResponse:
    """What the person comes for; everything up to the printed letter happens here."""
    person = get_person(pk, user=request.user)
    ticket = get_ticket(request.GET.get("antrean", ""), user=request.user)
    chosen = request.POST.get("offer", "") or request.GET.get("layanan", "")
    offer = find_offer(chosen, user=request.user) or (ticket.offer if ticket else None)
    context = {"ticket": ticket, **_about(request, person, offer)}
    if request.method != "POST" or offer is None:
        return render(request, "desk/serve.html", context)
    form = _form(request, offer, request.POST)
    context["form"] = form
    if not form.is_valid():
        return _page(request, context, status=422)
    try:
        served = serve_visit(
            visit=form.visit(person),
            letters=form.cleaned_data.get("letters", ()),
            finish=request.POST.get("after") == FINISH,
            ticket=ticket,
            by=request.user,
        )
    except RuleError as refusal:
        form.add_error(None, refusal.message)
        return _page(request, context, status=422)
    return _served(request, context, served)


@guard(Action.COUNTER_SERVE)
@require_GET
def terms(request: StaffRequest, pk: UUID) -> HttpResponse:
    """The terms and the form of the service that was chosen; a part of the page."""
    person = get_person(pk, user=request.user)
    offer = find_offer(request.GET.get("offer", ""), user=request.user)
    return render(request, "desk/_terms.html", _about(request, person, offer))


def _about(request: StaffRequest, person: Person, offer: ServiceOffer | None) -> dict[str, object]:
    return {
        "person": person,
        "record": on_record(person, today=today()),
        "offers": list_offers(user=request.user),
        "offer": offer,
        "form": _form(request, offer) if offer and offer.kind == "counter" else None,
        "earlier": services_of(person.pk, user=request.user),
        "refused": _refused(person),
    }


def _form(request: StaffRequest, offer: ServiceOffer, data: QueryDict | None = None) -> VisitForm:
    """The form of a service, with the lines of this year's programme that it may count for."""
    offered = offered_activities(offer.section, user=request.user)
    year = today().year
    return VisitForm(
        data, offer=offer, activities=[one for one in offered if one.programme.year == year]
    )


def _refused(person: Person) -> str:
    try:
        check_client(person)
    except RuleError as refusal:
        return refusal.message
    return ""


def _page(request: StaffRequest, context: dict[str, object], *, status: int) -> HttpResponse:
    template = "desk/_terms.html" if request.htmx else "desk/serve.html"
    return render(request, template, context, status=status)


def _served(request: StaffRequest, context: dict[str, object], served: Served) -> HttpResponse:
    context |= {
        "served": served,
        "service": served.service,
        "letters": [(letter, template_of(letter).name) for letter in served.letters],
        "may_raise": request.user.may(Action.CASE_OPEN),
    }
    template = "desk/_served.html" if request.htmx else "desk/serve.html"
    return render(request, template, context)
