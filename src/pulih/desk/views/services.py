"""Counter services: the list, the page of one, and what is done with it later."""

from __future__ import annotations

from django.core.paginator import EmptyPage, Page
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from django_tables2.paginators import LazyPaginator

from pulih.access.guards import StaffRequest, guard
from pulih.access.policy import Action
from pulih.cases.actions.counter_letters import RECEIPT, issue_letters
from pulih.cases.actions.countering import bring_papers, cancel_service, finish_service
from pulih.cases.models import CounterService
from pulih.cases.queries.counter import case_seen, count_services, get_service, list_services
from pulih.common.acting import attempt
from pulih.common.clock import today
from pulih.desk.forms.counter import ReasonForm, later_form
from pulih.desk.forms.service_filter import ServiceFilterForm
from pulih.papers.letters import find_template
from pulih.papers.queries import letters_of_record
from pulih.people.queries.asking import on_record

PAGE_ROWS = 25


@guard(Action.COUNTER_READ)
@require_GET
def list_(request: StaffRequest) -> HttpResponse:
    """Counter services of the day, of one's own, overdue, or all of them."""
    form = ServiceFilterForm(request.GET, user=request.user)
    wanted = form.wanted(today())
    rows = list_services(wanted, user=request.user, today=today())
    context = {
        "form": form,
        "page": _page_of(rows, request.GET.get("page", "")),
        "counts": _counts(count_services(wanted, user=request.user, today=today())),
        "today": today(),
        "may_serve": request.user.may(Action.COUNTER_SERVE),
    }
    template = "desk/_services.html" if request.htmx else "desk/services.html"
    return render(request, template, context)


@guard(Action.COUNTER_READ)
@require_GET
def service(request: StaffRequest, number: str) -> HttpResponse:
    """One counter service: papers, answers, letters, what blocks it, what happened."""
    return _page(request, get_service(number, user=request.user))


@guard(Action.COUNTER_SERVE)
@require_POST
def papers(request: StaffRequest, number: str) -> HttpResponse:
    """Papers that were brought later, and answers that were open."""
    found = get_service(number, user=request.user)
    form = later_form(found, request.POST)
    if not form.is_valid():
        return _page(request, found, form=form)
    attempt(
        request,
        lambda: bring_papers(
            service=found, brought=form.brought_keys, answers=form.answers, by=request.user
        ),
        _("The papers are recorded."),
    )
    return redirect("counter:service", number)


@guard(Action.COUNTER_SERVE)
@require_POST
def letter(request: StaffRequest, number: str) -> HttpResponse:
    """Issue one of the letters of the service."""
    found = get_service(number, user=request.user)
    code = request.POST.get("template", "")
    attempt(
        request,
        lambda: issue_letters(service=found, templates=[code], by=request.user),
        _("The letter is issued."),
    )
    return redirect("counter:service", number)


@guard(Action.COUNTER_SERVE)
@require_POST
def finish(request: StaffRequest, number: str) -> HttpResponse:
    """End a service."""
    found = get_service(number, user=request.user)
    outcome = request.POST.get("outcome", "")[:500]
    attempt(
        request,
        lambda: finish_service(service=found, outcome=outcome, by=request.user),
        _("The service is done."),
    )
    return redirect("counter:service", number)


@guard(Action.COUNTER_SERVE)
@require_POST
def cancel(request: StaffRequest, number: str) -> HttpResponse:
    """Give a service up."""
    found = get_service(number, user=request.user)
    form = ReasonForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    attempt(
        request,
        lambda: cancel_service(service=found, reason=reason, by=request.user),
        _("The service is cancelled."),
    )
    return redirect("counter:service", number)


@guard(Action.COUNTER_READ)
@require_GET
def slip(request: StaffRequest, number: str) -> HttpResponse:
    """The slip that says what to bring, for the printer of the counter."""
    return render(request, "desk/slip.html", {"service": get_service(number, user=request.user)})


def _page(request: StaffRequest, found: CounterService, form: object = None) -> HttpResponse:
    codes = dict.fromkeys([RECEIPT, *found.offer.letters])
    can_serve = request.user.may(Action.COUNTER_SERVE)
    context = {
        "service": found,
        "record": on_record(found.person, today=today()),
        "today": today(),
        "overdue": found.is_overdue(today()),
        "form": form or (later_form(found) if found.is_running and can_serve else None),
        "events": list(found.events.select_related("by")),
        "letters": letters_of_record("cases.counterservice", found.pk),
        "templates": [
            (code, find_template(code).name)
            for code in codes
            if code == RECEIPT or not found.missing
        ],
        "case": case_seen(found, user=request.user),
        "can_serve": can_serve,
        "can_raise": request.user.may(Action.CASE_OPEN)
        and found.state in (*CounterService.RUNNING, CounterService.State.DONE),
    }
    status = 422 if form is not None else 200
    return render(request, "desk/service.html", context, status=status)


def _page_of(rows: object, asked: str) -> Page[CounterService]:
    paginator = LazyPaginator(rows, PAGE_ROWS)
    number = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 6 else 1
    try:
        page: Page[CounterService] = paginator.page(max(number, 1))
    except EmptyPage:
        page = paginator.page(1)
    return page


def _counts(counted: dict[str, int]) -> list[tuple[str, int]]:
    return [(str(label), counted.get(state, 0)) for state, label in CounterService.State.choices]
