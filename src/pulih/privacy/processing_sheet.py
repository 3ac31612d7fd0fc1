"""The record of processing as a spreadsheet, for the agency and for auditors."""

from __future__ import annotations

import io

import xlsxwriter
from django.utils.translation import gettext as _

from pulih.access.models import Office
from pulih.common.clock import today
from pulih.privacy.processing import list_processing
from pulih.privacy.queries import list_schedule, officer_of

OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}


def workbook_of(office: Office) -> bytes:
    """The record of processing, with who answers for it and the retention schedule."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, OPTIONS)
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    text = book.add_format({"text_wrap": True, "valign": "top"})
    officer = officer_of(office)
    page = book.add_worksheet(_("Processing"))
    page.set_column(0, 8, 34)
    for row, (label, value) in enumerate(
        (
            (_("Controller"), f"{office.name}, {office.address}"),
            (_("Data protection officer"), f"{officer.name}, {officer.contact}" if officer else ""),
            (_("As of"), today().isoformat()),
        )
    ):
        page.write_string(row, 0, str(label), bold)
        page.write_string(row, 1, value, text)
    heads = (
        *(_("Activity"), _("Purpose"), _("Legal basis"), _("People"), _("Data")),
        *(_("Specific data"), _("Recipients"), _("Kept"), _("Protection")),
    )
    for column, head in enumerate(heads):
        page.write_string(4, column, str(head), bold)
    for row, one in enumerate(list_processing(), start=5):
        cells = (
            *(one.name, one.purpose, one.basis, one.subjects, one.data),
            *(_("yes") if one.specific else _("no"), one.recipients, one.retention, one.security),
        )
        for column, cell in enumerate(cells):
            page.write_string(row, column, cell, text)
    kept = book.add_worksheet(_("Retention"))
    kept.set_column(0, 5, 28)
    columns = (_("Cases"), _("Kind of PPKS"), _("Years kept"), _("Then"), _("Code"), _("Decree"))
    for column, head in enumerate(columns):
        kept.write_string(0, column, str(head), bold)
    for row, rule in enumerate(list_schedule(office), start=1):
        line = (
            *(rule.get_type_display(), str(rule.ppks_kind or _("all")), str(rule.years)),
            *(rule.get_fate_display(), rule.code, rule.source),
        )
        for column, cell in enumerate(line):
            kept.write_string(row, column, cell, text)
    book.close()
    return buffer.getvalue()
