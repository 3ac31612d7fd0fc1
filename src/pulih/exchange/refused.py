"""The refused rows of an import as a spreadsheet: each row as it was, and why."""

from __future__ import annotations

import io

import xlsxwriter
from django.db import transaction
from django.utils.translation import gettext as _

from pulih.access import audit
from pulih.access.models import User
from pulih.exchange.exports.workbook import OPTIONS
from pulih.exchange.models import ImportBatch, RowReport
from pulih.exchange.sheets.fields import Field
from pulih.exchange.telling import tell, tell_field
from pulih.exchange.work import layouts

NAMES = {str(Field.NAME), str(Field.HEAD_NAME), str(Field.INITIALS)}
WIDTH = 18
SHEET_NAME = 31


@transaction.atomic
def refused_workbook(*, batch: ImportBatch, by: User) -> bytes:
    """Write the refused rows, sheet by sheet, with the titles of their columns.

    Text is written as text, so that no number loses a digit and nothing becomes a formula. The file
    is made in memory: nothing of it is left on a disk.

    Args:
        batch: an import that was read in scope.
        by: whoever downloads it; the export is in the trail.

    Source: R-EXC-8, docs/rules/exchange.md.
    """
    buffer = io.BytesIO()
    workbook = xlsxwriter.Workbook(buffer, OPTIONS)
    head = workbook.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    text = workbook.add_format({"num_format": "@"})
    why = workbook.add_format({"text_wrap": True, "font_color": "#9c1c1c"})
    layout = layouts.unpack(batch.layout)
    reports = batch.reports.filter(verdict=RowReport.Verdict.REFUSED)
    count = 0
    for sheet in layout.data_sheets:
        rows = reports.filter(sheet=sheet.name[:80])
        if not rows.exists():
            continue
        page = workbook.add_worksheet((sheet.name or "data")[:SHEET_NAME])
        width = max((column.index for column in sheet.columns), default=0) + 1
        for column in sheet.columns:
            page.write_string(0, column.index, column.title, head)
        page.write_string(0, width, _("Reason for refusal"), head)
        page.set_column(0, width - 1, WIDTH)
        page.set_column(width, width, 60)
        page.freeze_panes(1, 0)
        for number, report in enumerate(rows, start=1):
            for position, cell in enumerate(report.cells or []):
                page.write_string(number, position, str(cell), text)
            page.write_string(number, width, _reasons(report), why)
            count += 1
    if not count:
        workbook.add_worksheet(_("None")[:SHEET_NAME])
    workbook.close()
    audit.record("import.refused_exported", actor=by, subject=batch, detail={"rows": count})
    return buffer.getvalue()


def name_in(report: RowReport, batch: ImportBatch) -> str:
    """The name that a refused row held, by which somebody finds it again; else nothing."""
    cells: list[str] = report.cells or []
    for columns in batch.mapping.values():
        for column, field in columns.items():
            if field in NAMES and int(column) < len(cells) and cells[int(column)]:
                return cells[int(column)]
    return ""


def _reasons(report: RowReport) -> str:
    said = []
    for where, code, level, params in report.problems or []:
        if level == "error":
            field = tell_field(where)
            said.append(f"{field}: {tell(code, params)}" if field else tell(code, params))
    return " ".join(said)
