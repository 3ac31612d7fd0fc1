"""One import: its columns, its check, its report, and taking it back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from pulih.access.guards import StaffRequest, guard
from pulih.common.clock import today
from pulih.common.downloads import download
from pulih.common.errors import RuleError
from pulih.exchange import queries
from pulih.exchange.actions.progressing import resume, start_undo
from pulih.exchange.actions.uploading import confirm_mapping, start_import
from pulih.exchange.exports.workbook import XLSX
from pulih.exchange.forms import SettingsForm, column_name, field_choices, read_mapping
from pulih.exchange.models import ImportBatch, RowReport
from pulih.exchange.refused import name_in, refused_workbook
from pulih.exchange.rules import IMPORTS
from pulih.exchange.sheets.layout import Layout, SheetLayout
from pulih.exchange.sheets.xlsx import column_letters
from pulih.exchange.tasks import work_on_batch
from pulih.exchange.telling import tell, tell_field
from pulih.exchange.work import accounts, layouts
from pulih.exchange.work.undoing import obstacles

State = ImportBatch.State
ROWS_SHOWN = 50
SKIPPED_SHOWN = 100
TONES = {"error": "bad", "warning": "warn", "information": "info"}


@guard(*IMPORTS)
@require_GET
def batch(request: StaffRequest, key: UUID) -> HttpResponse:
    """The page of an import, whatever its state."""
    found = queries.get_batch(key, user=request.user)
    context: dict[str, Any] = {"batch": found, "counts": found.counts}
    if request.htmx and found.is_busy:
        return render(request, "exchange/_progress.html", context)
    if request.htmx:
        # The work has ended: let the browser load the page of the new state.
        answer = HttpResponse()
        answer["HX-Refresh"] = "true"
        return answer
    if found.state == State.MAPPING:
        return redirect("exchange:mapping", key=found.pk)
    if found.fault.get("code") and found.state == State.REFUSED:
        context["fault"] = tell(found.fault["code"], found.fault["params"])
    if found.state in {State.READY, State.DONE}:
        context |= _rows(request, found)
    if found.state == State.DONE and found.is_of_people:
        context["obstacles"] = obstacles(found)
    elif found.state == State.DONE:
        context["outlook"] = accounts.outlook(found)
    if found.state == State.UNDONE:
        context["stayed"] = found.users.exclude(stayed="").select_related("user")
    context["earlier"] = queries.find_earlier(found, user=request.user)
    return render(request, "exchange/batch.html", context)


def _rows(request: StaffRequest, found: ImportBatch) -> dict[str, Any]:
    verdict = request.GET.get("verdict", "")
    if verdict not in RowReport.Verdict.values:
        verdict = _first_verdict(found)
    reports = queries.list_reports(found, verdict=verdict)
    page = Paginator(reports, ROWS_SHOWN).get_page(request.GET.get("page"))
    rows = [
        {
            "sheet": report.sheet,
            "row": report.row,
            "name": name_in(report, found),
            "problems": [
                {"field": tell_field(where), "text": tell(code, params), "tone": TONES[level]}
                for where, code, level, params in report.problems or []
            ],
        }
        for report in page
    ]
    tallies = {
        RowReport.Verdict.REFUSED: found.counts.get("refused", 0),
        RowReport.Verdict.DUPLICATE: found.counts.get("pairs", 0),
        RowReport.Verdict.WARNED: found.counts.get("warned", 0),
        RowReport.Verdict.UNCHANGED: found.counts.get("unchanged", 0),
        RowReport.Verdict.NOTED: found.counts.get("noted", 0),
    }
    items = [
        {
            "label": one.label,
            "url": f"?verdict={one.value}",
            "active": one.value == verdict,
            "count": count,
        }
        for one, count in tallies.items()
        if count
    ]
    return {"page": page, "rows": rows, "tabs": items}


def _first_verdict(found: ImportBatch) -> str:
    for name in ("refused", "pairs", "warned", "noted", "unchanged"):
        if found.counts.get(name):
            return "duplicate" if name == "pairs" else name
    return "warned"


@guard(*IMPORTS)
@require_http_methods(["GET", "POST"])
def mapping(request: StaffRequest, key: UUID) -> HttpResponse:
    """Confirm what each column holds."""
    found = queries.get_batch(key, user=request.user)
    if found.state not in {State.MAPPING, State.READY}:
        return redirect("exchange:batch", key=found.pk)
    layout = layouts.unpack(found.layout)
    saved = queries.find_saved_mapping(found, user=request.user)
    posted = request.POST if request.method == "POST" else None
    form = SettingsForm(posted, kind=found.kind, initial=_initial(found))
    if form.is_valid():
        chosen = read_mapping(request.POST, layout)
        try:
            confirm_mapping(batch=found, mapping=chosen, settings=form.settings(), by=request.user)
        except RuleError as refusal:
            form.add_error(None, refusal.message)
        else:
            work_on_batch.enqueue(str(found.pk))
            return redirect("exchange:batch", key=found.pk)
    context = {
        "batch": found,
        "form": form,
        "layouts": _columns(layout, found, saved.mapping if saved else {}, request.POST),
        "skipped": [sheet for sheet in layout.sheets if not sheet.is_data],
        "remembered": saved is not None and not found.mapping,
    }
    return render(request, "exchange/mapping.html", context, status=422 if form.errors else 200)


def _initial(found: ImportBatch) -> dict[str, Any]:
    settings = found.settings
    return {
        "date": settings.get("date") or today(),
        "ppks_kind": settings.get("kind", ""),
        "source": settings.get("source", ""),
        "aid": settings.get("aid", ""),
        "university": settings.get("university", ""),
    }


def _columns(
    layout: Layout, found: ImportBatch, saved: dict[str, Any], posted: Any
) -> list[dict[str, Any]]:
    """One table for each layout in the file: sheets that are laid out alike share it."""
    tables: dict[str, dict[str, Any]] = {}
    choices = field_choices(layout.profile)
    for sheet in layout.data_sheets:
        if sheet.fingerprint in tables:
            _add_sheet(tables[sheet.fingerprint], sheet)
            continue
        proposed = {one.column: (str(one.field), one.confidence) for one in sheet.proposals}
        known = found.mapping.get(sheet.fingerprint) or saved.get(sheet.fingerprint)
        columns = []
        for column in sheet.columns:
            name, sure = proposed.get(column.index, ("ignore", 0.0))
            if known is not None:
                name, sure = known.get(str(column.index), "ignore"), 1.0
            html_name = column_name(sheet.fingerprint, column.index)
            columns.append(
                {
                    "letter": column_letters(column.index),
                    "title": column.title,
                    "hidden": column.hidden,
                    "samples": [text for text in column.samples if text],
                    "html_name": html_name,
                    "chosen": posted.get(html_name) or name,
                    "unsure": sure < 0.8 and name != "ignore",
                }
            )
        tables[sheet.fingerprint] = {
            "sheets": [],
            "columns": columns,
            "choices": choices,
            "problems": [],
            "skipped": [],
            "skipped_count": 0,
        }
        _add_sheet(tables[sheet.fingerprint], sheet)
    return list(tables.values())


def _add_sheet(table: dict[str, Any], sheet: SheetLayout) -> None:
    """Add what there is to say about a sheet: hidden rows, and each row that is no person."""
    table["sheets"].append(sheet)
    told = [tell(one.code, one.params) for one in sheet.problems]
    table["problems"] += [text for text in told if text not in table["problems"]]
    table["skipped_count"] += len(sheet.skipped)
    for row, reason in sorted(sheet.skipped.items()):
        if len(table["skipped"]) < SKIPPED_SHOWN:
            said = tell(reason.code, reason.params)
            table["skipped"].append({"sheet": sheet.name, "row": row, "reason": said})


@guard(*IMPORTS)
@require_POST
def start(request: StaffRequest, key: UUID) -> HttpResponse:
    """Import what the check found to be good."""
    found = queries.get_batch(key, user=request.user)
    try:
        start_import(batch=found, by=request.user)
    except RuleError as refusal:
        return _refuse(request, found, refusal)
    work_on_batch.enqueue(str(found.pk))
    return redirect("exchange:batch", key=found.pk)


@guard(*IMPORTS)
@require_POST
def go_on(request: StaffRequest, key: UUID) -> HttpResponse:
    """Take up an import that a fault stopped."""
    found = queries.get_batch(key, user=request.user)
    try:
        resume(batch=found, by=request.user)
    except RuleError as refusal:
        return _refuse(request, found, refusal)
    work_on_batch.enqueue(str(found.pk))
    return redirect("exchange:batch", key=found.pk)


@guard(*IMPORTS)
@require_POST
def undo(request: StaffRequest, key: UUID) -> HttpResponse:
    """Take an import back while nothing was built on it."""
    found = queries.get_batch(key, user=request.user)
    try:
        start_undo(batch=found, by=request.user)
    except RuleError as refusal:
        return _refuse(request, found, refusal)
    work_on_batch.enqueue(str(found.pk))
    return redirect("exchange:batch", key=found.pk)


def _refuse(request: StaffRequest, found: ImportBatch, refusal: RuleError) -> HttpResponse:
    context = {"batch": found, "counts": found.counts, "refusal": refusal.message}
    return render(request, "exchange/batch.html", context, status=422)


@guard(*IMPORTS)
@require_GET
def refused(request: StaffRequest, key: UUID) -> HttpResponse:
    """The refused rows as a spreadsheet with the reasons, to be mended and uploaded again."""
    found = queries.get_batch(key, user=request.user)
    if not found.layout:
        raise Http404(_("The file has not been read yet."))
    content = refused_workbook(batch=found, by=request.user)
    name = f"{found.number}-{_('refused-rows')}.xlsx"
    return download(content, content_type=XLSX, name=name)
