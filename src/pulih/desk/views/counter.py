"""The counter, first screen: the queue, and who stands there."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from pulih.access.guards import StaffRequest, guard
from pulih.access.policy import Action
from pulih.cases.queries.counter import due_services
from pulih.cases.queries.offers import find_offer, list_offers
from pulih.common.clock import today
from pulih.common.errors import RuleError
from pulih.desk.actions.queueing import call_again, call_next, miss_ticket, take_ticket
from pulih.desk.forms.counter import FindForm, NewcomerForm, QueueForm
from pulih.desk.models import Ticket
from pulih.desk.queue_queries import called_now, get_ticket, line_of_today
from pulih.people.actions.registration import register_person
from pulih.people.queries.asking import who_may_it_be
from pulih.people.queries.search_notes import read_ticket, write_ticket
from pulih.people.tasks import look_for_sealed

PLACE = "counter_place"


@guard(Action.COUNTER_SERVE)
@require_GET
def home(request: StaffRequest) -> HttpResponse:
    """Call the next number, find or register who comes."""
    return _home(request)


@guard(Action.COUNTER_SERVE)
@require_GET
def queue(request: StaffRequest) -> HttpResponse:
    """The queue alone, as it is now."""
    return render(request, "desk/_queue.html", _line(request))


@guard(Action.COUNTER_SERVE)
@require_POST
def take(request: StaffRequest) -> HttpResponse:
    """Give a waiting number."""
    form = QueueForm(request.POST)
    said = form.cleaned_data if form.is_valid() else {}
    offer = find_offer(said.get("offer", ""), user=request.user)
    try:
        ticket = take_ticket(letter=said.get("letter", ""), offer=offer, by=request.user)
    except RuleError as refusal:
        messages.error(request, refusal.message)
        return redirect("counter:home")
    return _after(request, taken=ticket)


@guard(Action.COUNTER_SERVE)
@require_POST
def call(request: StaffRequest) -> HttpResponse:
    """Call whoever has waited longest."""
    if "place" in request.POST:
        request.session[PLACE] = request.POST["place"].strip()[:20]
    letter = request.POST.get("letter", "")[:1]
    try:
        call_next(letter=letter, place=request.session.get(PLACE, ""), by=request.user)
    except RuleError as refusal:
        return _after(request, refused=refusal.message)
    return _after(request)


@guard(Action.COUNTER_SERVE)
@require_POST
def recall(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Call a number once more."""
    ticket = get_ticket(str(pk), user=request.user)
    try:
        if ticket is not None:
            call_again(ticket=ticket, by=request.user)
    except RuleError as refusal:
        return _after(request, refused=refusal.message)
    return _after(request)


@guard(Action.COUNTER_SERVE)
@require_POST
def miss(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Nobody came for this number."""
    ticket = get_ticket(str(pk), user=request.user)
    try:
        if ticket is not None:
            miss_ticket(ticket=ticket, by=request.user)
    except RuleError as refusal:
        return _after(request, refused=refusal.message)
    return _after(request)


@guard(Action.COUNTER_SERVE)
@require_GET
def screen(request: StaffRequest) -> HttpResponse:
    """The numbers for the waiting room: nothing but numbers."""
    context = {"called": called_now(user=request.user, today=today())}
    template = "desk/_called.html" if request.htmx else "desk/screen.html"
    return render(request, template, context)


@guard(Action.COUNTER_SERVE)
@require_POST
def find(request: StaffRequest) -> HttpResponse:
    """Who may it be; registering somebody new is offered only here, after the search (R-PEO-1)."""
    form = FindForm(request.POST)
    if not form.is_valid():
        return _home(request, {"form": form}, status=422)
    found = who_may_it_be(
        name=form.name,
        nik=form.nik,
        place=form.cleaned_data["place"],
        birth=form.birth(),
        user=request.user,
        today=today(),
    )
    context = {
        "form": form,
        "found": found,
        "searched": True,
        "newcomer": NewcomerForm(initial=form.remembered()),
        "note": write_ticket(form.remembered(), by=request.user),
        "may_register": request.user.may(Action.PERSON_REGISTER),
    }
    if request.htmx:
        return render(request, "desk/_found.html", context | {"ticket_key": _key(request)})
    return _home(request, context)


@guard(Action.PERSON_REGISTER)
@require_POST
def register(request: StaffRequest) -> HttpResponse:
    """Register whom the search did not find, and go on to the service."""
    note = request.POST.get("note", "")
    if read_ticket(note, by=request.user) is None:
        messages.warning(request, _("Search first: the person may be in the registry."))
        return redirect("counter:home")
    form = NewcomerForm(request.POST)
    if not form.is_valid():
        context = {"searched": True, "found": [], "newcomer": form, "note": note}
        return _home(request, {**context, "may_register": True}, status=422)
    person = register_person(draft=form.draft(), by=request.user)
    look_for_sealed.enqueue(str(person.pk))
    key = _key(request)
    address = reverse("counter:serve", args=[person.pk])
    return redirect(f"{address}?{urlencode({'antrean': key})}" if key else address)


def _home(
    request: StaffRequest, more: Mapping[str, object] | None = None, *, status: int = 200
) -> HttpResponse:
    context = {
        "form": FindForm(),
        "due": due_services(user=request.user, today=today()),
        "today": today(),
        **_line(request),
        **(more or {}),
    }
    return render(request, "desk/counter.html", context, status=status)


def _line(request: StaffRequest) -> dict[str, object]:
    line = line_of_today(user=request.user, today=today())
    return {
        "line": line,
        "offers": list_offers(user=request.user),
        "place": request.session.get(PLACE, ""),
        "ticket_key": str(line.mine.pk) if line.mine else "",
    }


def _key(request: StaffRequest) -> str:
    """The number that is being served, if it is one."""
    ticket = get_ticket(request.POST.get("antrean", ""), user=request.user)
    return str(ticket.pk) if ticket else ""


def _after(
    request: StaffRequest, *, taken: Ticket | None = None, refused: str = ""
) -> HttpResponse:
    """The queue as it is after a step; without scripts the page as a whole."""
    if request.htmx:
        context = _line(request) | {"taken": taken, "refused": refused}
        return render(request, "desk/_queue.html", context)
    if refused:
        messages.error(request, refused)
    elif taken is not None:
        messages.success(request, _("Number %(number)s.") % {"number": taken.label})
    return redirect("counter:home")
