"""A letter becomes a report, an appointment or a task."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from pulih.access.guards import StaffRequest, guard
from pulih.access.policy import Action
from pulih.cases.intake_rules import may_receive
from pulih.cases.models import Report
from pulih.cases.queries.staff import workers_of
from pulih.common.acting import done
from pulih.common.clock import today
from pulih.desk import mail_queries, mail_rules
from pulih.desk.actions.turning import turn_into_event, turn_into_report, turn_into_task
from pulih.desk.forms.disposing import (
    EVENT_FIELDS,
    REPORT_FIELDS,
    EventTurnForm,
    ReportTurnForm,
    TaskTurnForm,
)
from pulih.desk.models import IncomingLetter

DAYS_TO_ANSWER = 7
"""How long an institution that refers somebody waits, when nobody says otherwise."""


@guard(Action.MAIL_ANSWER)
@require_http_methods(["GET", "POST"])
def report(request: StaffRequest, pk: UUID) -> HttpResponse:
    """A report, or an incoming referral; what the letter says is filled in already."""
    letter = _turnable(request, pk)
    may_receive(request.user).require()
    is_referral = request.GET.get("sebagai") == "rujukan"
    form = ReportTurnForm(
        request.POST or None,
        is_referral=is_referral,
        office=request.user.office,
        workers=workers_of(request.user.office),
        initial={
            "section": next(iter(request.user.section_ids), None),
            "answer_due_on": today() + dt.timedelta(days=DAYS_TO_ANSWER),
        },
    )
    made: list[Report] = []
    if done(
        form,
        lambda: made.append(turn_into_report(letter=letter, facts=form.facts(), by=request.user)),
        REPORT_FIELDS,
    ):
        messages.success(
            request, _("The letter became report %(number)s.") % {"number": made[0].number}
        )
        if Report.objects.visible_to(request.user).filter(pk=made[0].pk).exists():
            return redirect("cases:report", made[0].pk)
        return redirect("mail:letter", pk)
    if is_referral:
        return _page(request, letter, form, _("Make a referral of it"), _("Make the referral"))
    return _page(request, letter, form, _("Make a report of it"), _("Make the report"))


@guard(Action.MAIL_ANSWER, Action.MAIL_DISPOSE)
@require_http_methods(["GET", "POST"])
def event(request: StaffRequest, pk: UUID) -> HttpResponse:
    """An appointment in the calendars of those who go."""
    letter = _turnable(request, pk)
    form = EventTurnForm(
        request.POST or None,
        people=mail_queries.people_of(letter, user=request.user),
        initial={
            "title": _("Invitation, letter %(number)s") % {"number": letter.number},
            "attendants": [str(request.user.pk)],
        },
    )
    if done(
        form,
        lambda: turn_into_event(letter=letter, facts=form.facts(), by=request.user),
        EVENT_FIELDS,
    ):
        messages.success(request, _("The appointment is in the calendar."))
        return redirect("mail:letter", pk)
    return _page(request, letter, form, _("Make an appointment of it"), _("Make the appointment"))


@guard(Action.MAIL_ANSWER, Action.MAIL_DISPOSE)
@require_http_methods(["GET", "POST"])
def task(request: StaffRequest, pk: UUID) -> HttpResponse:
    """A task for oneself, or for somebody who had the letter."""
    letter = _turnable(request, pk)
    form = TaskTurnForm(
        request.POST or None,
        people=mail_queries.people_of(letter, user=request.user),
        initial={
            "title": _("Work on letter %(number)s") % {"number": letter.number},
            "to": str(request.user.pk),
        },
    )
    if done(
        form,
        lambda: turn_into_task(
            letter=letter,
            title=form.cleaned_data["title"],
            to=form.receiver(),
            due_on=form.cleaned_data["due_on"],
            by=request.user,
        ),
        {"R-DESK-45": "title"},
    ):
        messages.success(request, _("The task is in the list."))
        return redirect("mail:letter", pk)
    return _page(request, letter, form, _("Make a task of it"), _("Make the task"))


def _turnable(request: StaffRequest, pk: UUID) -> IncomingLetter:
    letter = mail_queries.get_letter(pk, user=request.user)
    mail_rules.may_turn(request.user, letter).require()
    return letter


def _page(
    request: StaffRequest, letter: IncomingLetter, form: forms.Form, title: str, button: str
) -> HttpResponse:
    context: dict[str, Any] = {"letter": letter, "form": form, "title": title, "button": button}
    return render(request, "mail/turn.html", context, status=422 if form.errors else 200)
