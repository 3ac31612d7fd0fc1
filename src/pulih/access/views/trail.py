"""The trail, for the auditor: who did what when to which number; never a text of a case."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_GET

from pulih.access import heads, queries, unusual
from pulih.access.chain import Point
from pulih.access.forms.trail import TrailForm, UnusualForm
from pulih.access.guards import StaffRequest, guard
from pulih.access.models import AuditEvent
from pulih.access.policy import Action
from pulih.access.queries import TrailFilter
from pulih.access.verbs import NOUNS, words_of

PAGE_ROWS = 50
HEADS = 31


@guard(Action.AUDIT_READ)
@require_GET
def list_(request: StaffRequest) -> HttpResponse:
    """A page of the trail, newest first."""
    user = request.user
    form = TrailForm(
        request.GET, verbs=queries.list_verbs(user=user), actors=queries.list_actors(user=user)
    )
    events = (
        queries.list_trail(_wanted(form.cleaned_data), user=user, limit=PAGE_ROWS + 1)
        if form.is_valid()
        else []
    )
    more = len(events) > PAGE_ROWS
    events = events[:PAGE_ROWS]
    context = {
        "form": form,
        "lines": [_line(event) for event in events],
        "earlier": _address(request.GET, before=events[-1].sequence) if more else "",
        "first_page": _address(request.GET) if request.GET.get("before") else "",
    }
    status = 422 if form.errors else 200
    return render(request, "access/trail.html", context, status=status)


@guard(Action.AUDIT_READ)
@require_GET
def heads_(request: StaffRequest) -> HttpResponse:
    """The daily heads, to be printed and kept where the computer is not."""
    rows = queries.list_daily_heads(user=request.user)[:HEADS]
    context = {"heads": [(row, heads.text_of(Point(row.sequence, row.mac))) for row in rows]}
    return render(request, "access/heads.html", context)


@guard(Action.AUDIT_READ)
@require_GET
def unusual_(request: StaffRequest) -> HttpResponse:
    """Where to look first: openings that no work explains, many, late, and refusals (R-ACC-193)."""
    form = UnusualForm(request.GET)
    found: list[unusual.Unusual] = []
    if form.is_valid():
        data = form.cleaned_data
        found = unusual.list_unusual(user=request.user, first=data["first"], last=data["last"])
        if data["what"]:
            found = [one for one in found if one.what == data["what"]]
    context = {"form": form, "lines": [_unusual_line(one) for one in found]}
    return render(request, "access/unusual.html", context, status=422 if form.errors else 200)


def _unusual_line(found: unusual.Unusual) -> dict[str, Any]:
    day = found.on.isoformat()
    verbs = queries.REFUSALS if found.what == "denials" else queries.OPENINGS
    lines = urlencode({"actor": str(found.who.pk), "first": day, "last": day, "verb": verbs})
    return {
        "found": found,
        "words": unusual.KINDS[found.what],
        "meaning": unusual.MEANINGS[found.what],
        "url": f"{reverse('access:trail')}?{lines}",
    }


def _wanted(data: dict[str, Any]) -> TrailFilter:
    return TrailFilter(
        verb=data["verb"],
        actor=data["actor"].pk if data["actor"] else None,
        first=data["first"],
        last=data["last"],
        subject=data["subject"].strip(),
        before=data["before"],
    )


def _line(event: AuditEvent) -> dict[str, Any]:
    kind = event.subject_kind.partition(".")[2]
    return {
        "event": event,
        "what": words_of(event.verb),
        "kind": NOUNS.get(kind, kind),
        "subject": event.subject_label or event.subject_id[:8],
        "key": event.subject_label or event.subject_id,
    }


def _address(query: QueryDict, before: int | None = None) -> str:
    """The address of this search, from another place of the trail on."""
    changed = query.copy()
    changed.pop("before", None)
    if before is not None:
        changed["before"] = str(before)
    return f"?{changed.urlencode()}"
