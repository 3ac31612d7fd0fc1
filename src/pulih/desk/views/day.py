"""The day of whoever is logged in."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from pulih.access.guards import StaffRequest, guard
from pulih.access.policy import Action
from pulih.common.clock import now, today
from pulih.desk.queries import desk_of

NOON, EVENING = 11, 18


@guard(Action.DAY_VIEW)
@require_GET
def day(request: StaffRequest) -> HttpResponse:
    """What is due, new, waiting and blocked for this user."""
    user = request.user
    context = {
        "desk": desk_of(user, today=today()),
        "today": today(),
        "now": now(),
        "first_name": user.full_name.split()[0] if user.full_name else user.username,
        "may_register": user.may(Action.PERSON_REGISTER),
        "may_receive": user.may(Action.REPORT_RECEIVE) and user.may(Action.REPORT_READ),
        "may_serve": user.may(Action.COUNTER_SERVE),
        "may_import": user.may(Action.IMPORT_RUN),
        "may_manage": user.may(Action.USER_MANAGE),
        "may_audit": user.may(Action.AUDIT_READ),
    }
    return render(request, "desk/day.html", context)
