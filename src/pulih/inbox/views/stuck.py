"""What waits for a decision that nobody now present can give."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from pulih.access.guards import StaffRequest, guard
from pulih.access.policy import Action
from pulih.access.rules import names_of
from pulih.inbox.queries import stuck_tasks
from pulih.inbox.rules import holder_of


@guard(Action.STUCK_WATCH)
@require_GET
def list_(request: StaffRequest) -> HttpResponse:
    """Tasks whose holder is not here, for the head of office."""
    stuck = stuck_tasks(user=request.user)
    context = {
        "lines": [(task, holder_of(task)) for task in stuck.tasks],
        "sealed": stuck.sealed,
        "who": names_of(Action.USER_CHANGE),
    }
    return render(request, "inbox/stuck.html", context)
