"""The calendar of a week."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from pulih.access.guards import StaffRequest, guard
from pulih.access.models import User
from pulih.access.policy import Action
from pulih.common.clock import today
from pulih.common.errors import RuleError
from pulih.inbox import queries
from pulih.inbox.actions import Slot, add_entry, cancel_entry
from pulih.inbox.forms.calendar import EntryForm
from pulih.inbox.forms.tasks import FIRST_DAY, LAST_DAY
from pulih.inbox.models import Subject

WEEK = dt.timedelta(days=7)


def _monday(text: str | None) -> dt.date:
    """The Monday of the week that holds a date; of this week for anything else."""
    try:
        day = dt.date.fromisoformat(text or "")
    except ValueError:
        day = today()
    if not FIRST_DAY <= day <= LAST_DAY:
        day = today()
    return day - dt.timedelta(days=day.weekday())


def _week(user: User, monday: dt.date) -> list[dict[str, Any]]:
    sunday = monday + dt.timedelta(days=6)
    entries = list(queries.list_entries(user=user, first=monday, last=sunday))
    due = queries.list_due(user=user, first=monday, last=sunday)
    days = [monday + dt.timedelta(days=number) for number in range(7)]
    return [
        {
            "date": day,
            "is_today": day == today(),
            "entries": [entry for entry in entries if entry.held_on == day],
            "tasks": [task for task in due if task.due_on == day],
        }
        for day in days
    ]


@guard(Action.TASK_WORK)
@require_GET
def week(request: StaffRequest) -> HttpResponse:
    """Seven days with appointments and due tasks."""
    monday = _monday(request.GET.get("tanggal"))
    context = {
        "days": _week(request.user, monday),
        "monday": monday,
        "sunday": monday + dt.timedelta(days=6),
        "earlier": (monday - WEEK).isoformat(),
        "later": (monday + WEEK).isoformat(),
        "is_this_week": monday == _monday(None),
    }
    return render(request, "inbox/calendar.html", context)


@guard(Action.TASK_WORK)
@require_http_methods(["GET", "POST"])
def add(request: StaffRequest) -> HttpResponse:
    """An appointment of one's own."""
    form = EntryForm(request.POST or None, initial={"held_on": request.GET.get("tanggal")})
    if form.is_valid():
        data = form.cleaned_data
        try:
            entry = add_entry(
                title=data["title"],
                about=Subject(office=request.user.office),
                to=request.user,
                slot=Slot(data["held_on"], data["starts_at"], data["ends_at"], data["place"]),
                note=data["note"],
                by=request.user,
            )
        except RuleError as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, _("The appointment is in your calendar."))
            address = redirect("inbox:calendar")
            address["Location"] += f"?tanggal={entry.held_on.isoformat()}"
            return address
    return render(
        request, "inbox/add_entry.html", {"form": form}, status=422 if form.errors else 200
    )


@guard(Action.TASK_WORK)
@require_POST
def cancel(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Cancel an appointment of one's own."""
    entry = queries.get_entry(pk, user=request.user)
    cancel_entry(entry=entry, by=request.user)
    messages.success(request, _("The appointment is cancelled."))
    return redirect("inbox:calendar")
