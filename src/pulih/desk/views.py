"""The day of whoever is logged in."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from pulih.access.guards import StaffRequest, guard
from pulih.access.policy import Action


@guard(Action.DAY_VIEW)
@require_GET
def day(request: StaffRequest) -> HttpResponse:
    """What is due, new, waiting and blocked for this user."""
    return render(request, "desk/day.html")
