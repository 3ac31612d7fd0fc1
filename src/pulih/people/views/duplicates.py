"""Possible duplicates: the list, a pair side by side, the search of the registry."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from pulih.access.guards import StaffRequest, guard
from pulih.access.models import User
from pulih.access.policy import Action
from pulih.common.errors import RuleError
from pulih.people import tasks
from pulih.people.actions.judging import judge_pair
from pulih.people.actions.searching import start_scan
from pulih.people.forms.duplicates import VerdictForm
from pulih.people.models import DuplicatePair, Judgement
from pulih.people.queries import duplicates as queries
from pulih.people.queries.portraits import photos_side_by_side

PAGE_SIZE = 25
JOINED = "joined"


@require_GET
@guard(Action.PERSON_MERGE)
def duplicates(request: StaffRequest) -> HttpResponse:
    """Pairs in a state, the likeliest first; or the entries that were joined."""
    state = request.GET.get("status", DuplicatePair.State.OPEN)
    if state not in (*DuplicatePair.State.values, JOINED):
        state = DuplicatePair.State.OPEN
    user = request.user
    rows: Any
    if state == JOINED:
        rows = queries.list_merges(user=user)
    else:
        rows = queries.list_pairs(user=user, state=state)
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "joined": state == JOINED,
        "rows": page.object_list if state == JOINED else queries.summaries(page.object_list),
        "tabs": _tabs(user, state),
        "state": state,
        "scan": queries.last_scan(user=user),
    }
    return render(request, "people/duplicates.html", context)


def _tabs(user: User, current: str) -> list[dict[str, Any]]:
    counts = queries.count_pairs(user=user)
    tabs: list[dict[str, Any]] = [
        {"label": label, "key": key, "count": counts.get(key, 0)}
        for key, label in DuplicatePair.State.choices
    ]
    tabs.append({"label": _("Joined"), "key": JOINED, "count": None})
    address = reverse("people:duplicates")
    return [
        {**tab, "url": f"{address}?status={tab['key']}", "active": tab["key"] == current}
        for tab in tabs
    ]


@require_http_methods(["GET", "POST"])
@guard(Action.PERSON_MERGE)
def pair(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Two entries side by side, and the verdict on them."""
    found = queries.get_pair(pk, user=request.user)
    form = VerdictForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        verdict = form.cleaned_data["verdict"]
        try:
            judge_pair(
                first=found.first,
                second=found.second,
                verdict=verdict,
                why=form.cleaned_data["why"],
                by=request.user,
            )
        except RuleError as refusal:
            form.add_error(None, refusal.message)
        else:
            return redirect(_next_page(found, verdict))
    context = {
        "pair": found,
        "summary": queries.summaries([found])[0],
        "lines": queries.side_by_side(found.first, found.second),
        "photos": photos_side_by_side(found.first, found.second),
        "last": queries.last_judgement(found.first, found.second, user=request.user),
        "form": form,
    }
    status = 422 if form.errors else 200
    return render(request, "people/pair.html", context, status=status)


def _next_page(found: DuplicatePair, verdict: str) -> str:
    """After "the same" the two are joined; the older entry is the one that usually stays."""
    if verdict != Judgement.Verdict.SAME:
        return reverse("people:duplicates")
    older, newer = found.first, found.second
    if newer.created_at < older.created_at:
        older, newer = newer, older
    return reverse("people:merge", args=[older.pk, newer.pk])


@require_POST
@guard(Action.PERSON_MERGE)
def scan(request: StaffRequest) -> HttpResponse:
    """Begin the search of the whole registry; it goes on in the background."""
    begun = start_scan(by=request.user)
    if begun.done == 0:
        tasks.scan_duplicates.enqueue(str(begun.pk))
    return redirect("people:duplicates")


@require_GET
@guard(Action.PERSON_MERGE)
def scan_progress(request: StaffRequest) -> HttpResponse:
    """How far the search is; the page asks again each two seconds."""
    found = queries.last_scan(user=request.user)
    return render(request, "people/_scan.html", {"scan": found})
