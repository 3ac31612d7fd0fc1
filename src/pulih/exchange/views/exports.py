"""Exporting a list: what for, then the file; a long one is fetched when it is ready."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from pulih.access.guards import StaffRequest, guard, to_be_proven
from pulih.access.lists import ListExport, declared
from pulih.access.policy import Action
from pulih.common.downloads import download
from pulih.common.errors import RuleError
from pulih.exchange import queries, rules
from pulih.exchange.actions.exporting import (
    Exported,
    export_now,
    fetch_export,
    is_open,
    request_export,
    revoke_export,
    sitting_of,
)
from pulih.exchange.export_tasks import write_export
from pulih.exchange.exports import reading
from pulih.exchange.exports.protecting import password_of
from pulih.exchange.exports.workbook import XLSX
from pulih.exchange.forms import PurposeForm
from pulih.exchange.models import ExportRun

State = ExportRun.State


@guard(Action.DAY_VIEW)
@require_http_methods(["GET", "POST"])
def export(request: StaffRequest, code: str) -> HttpResponse:
    """What the file will hold, and what it is for; then the file, or the way to it."""
    wanted = _wanted(request, code)
    if wanted.personal and (proof := to_be_proven(request)):
        return proof
    query = request.GET.urlencode()
    asked = reading.ask(wanted, query, user=request.user)
    rows = reading.count(asked, most=rules.EXPORT_MOST)
    form = PurposeForm(request.POST if request.method == "POST" else None, asked=wanted.personal)
    if form.is_valid():
        purpose = form.cleaned_data.get("purpose", "")
        try:
            return _made(request, wanted, query, purpose, rows)
        except RuleError as refusal:
            form.add_error("purpose" if refusal.rule == "R-EXC-11" else None, refusal.message)
    context = {
        "wanted": wanted,
        "said": asked.said,
        "rows": rows,
        "is_too_long": rows > rules.EXPORT_MOST,
        "is_long": rows > rules.EXPORT_AT_ONCE,
        "most": rules.EXPORT_MOST,
        "form": form,
        "query": query,
        "home": _home(wanted, query),
    }
    return render(request, "exchange/export.html", context, status=422 if form.errors else 200)


def _wanted(request: StaffRequest, code: str) -> ListExport:
    wanted = declared().get(code)
    if wanted is None:
        raise Http404
    rules.may_export(request.user, wanted).require()
    return wanted


def _made(
    request: StaffRequest, wanted: ListExport, query: str, purpose: str, rows: int
) -> HttpResponse:
    if rows <= rules.EXPORT_AT_ONCE and not wanted.personal:
        done = export_now(export=wanted, query=query, purpose=purpose, by=request.user)
        return _file(done)
    run = request_export(
        export=wanted, query=query, purpose=purpose, session=_session(request), by=request.user
    )
    if rows <= rules.EXPORT_AT_ONCE:
        # Short, so that nobody waits for the worker.
        write_export.func(str(run.pk))
    else:
        write_export.enqueue(str(run.pk))
    return redirect("export:run", key=run.pk)


def _session(request: StaffRequest) -> str:
    return request.session.session_key or ""


def _home(wanted: ListExport, query: str) -> str:
    address = reverse(wanted.home)
    return f"{address}?{query}" if query else address


@guard(Action.DAY_VIEW)
@require_GET
def export_run(request: StaffRequest, key: UUID) -> HttpResponse:
    """How far a long export is; when it is ready, the way to the file."""
    found = queries.get_export(key, user=request.user)
    wanted = declared()[found.list_code]
    if wanted.personal and (proof := to_be_proven(request)):
        return proof
    context: dict[str, Any] = {"run": found, "wanted": wanted}
    if request.htmx and found.state == State.WRITING:
        return render(request, "exchange/_export_progress.html", context)
    if request.htmx:
        answer = HttpResponse()
        answer["HX-Refresh"] = "true"
        return answer
    is_here = found.sitting == sitting_of(_session(request))
    context["is_ready"] = is_open(found) and is_here
    context["is_elsewhere"] = is_open(found) and not is_here
    if context["is_ready"] and declared()[found.list_code].personal:
        context["password"] = password_of(found.pk)
    context["again"] = f"{reverse('export:ask', args=[found.list_code])}?{found.query}"
    return render(request, "exchange/export_run.html", context)


@guard(Action.DAY_VIEW)
@require_POST
def fetch(request: StaffRequest, key: UUID) -> HttpResponse:
    """The file, once."""
    found = queries.get_export(key, user=request.user)
    if declared()[found.list_code].personal and (proof := to_be_proven(request)):
        return proof
    try:
        return _file(fetch_export(run=found, session=_session(request), by=request.user))
    except RuleError as refusal:
        if refusal.rule == "R-EXC-61":
            revoke_export(run=found, by=request.user)
        # The page of the export says what there is to do.
        return redirect("export:run", key=found.pk)


def _file(done: Exported) -> HttpResponse:
    return download(done.content, content_type=XLSX, name=done.name)
