"""The one search box."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from pulih.access.guards import StaffRequest, guard
from pulih.access.policy import Action
from pulih.desk.queries import search


@guard(Action.DAY_VIEW)
@require_GET
def search_everything(request: StaffRequest) -> HttpResponse:
    """People, cases and reports that the text may mean."""
    text = request.GET.get("q", "").strip()[:120]
    context = {
        "text": text,
        "found": search(text, user=request.user),
        "may_register": request.user.may(Action.PERSON_REGISTER),
    }
    return render(request, "desk/search.html", context)
