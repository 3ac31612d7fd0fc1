"""Writes a list as a spreadsheet in memory: text stays text, and nothing becomes a formula."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterable, Sequence
from typing import Any

import xlsxwriter
from django.utils import timezone
from django.utils.translation import gettext as _

from pulih.access.lists import Cell, Column, Line, Said

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SHEET_NAME = 31
FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\", "-"))
CELL_CHARACTERS = 32_000
OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}


class ListBook:
    """A spreadsheet of one list, with a second sheet that says what it is and for whom.

    It is made in memory: nothing of it is left on a disk by a program that is killed.
    """

    def __init__(self, title: str, columns: Sequence[Column]) -> None:
        self._buffer = io.BytesIO()
        self._book = xlsxwriter.Workbook(self._buffer, OPTIONS)
        self._head = self._book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        self._text = self._book.add_format({"num_format": "@", "valign": "top"})
        self._day = self._book.add_format({"num_format": "dd-mm-yyyy", "align": "left"})
        self._moment = self._book.add_format({"num_format": "dd-mm-yyyy hh:mm", "align": "left"})
        self._page = self._book.add_worksheet(title.translate(FORBIDDEN)[:SHEET_NAME])
        for place, column in enumerate(columns):
            self._page.set_column(place, place, column.width)
            self._page.write_string(0, place, str(column.title), self._head)
        self._page.freeze_panes(1, 0)
        self._page.set_landscape()
        self._page.repeat_rows(0)
        self._width = len(columns)
        self.rows = 0

    def add(self, lines: Iterable[Line]) -> None:
        """Write more rows below those that are there."""
        for line in lines:
            self.rows += 1
            for place, cell in enumerate(line):
                self._write(self.rows, place, cell)

    def _write(self, row: int, place: int, cell: Cell) -> None:
        if cell is None or cell == "":
            return
        if isinstance(cell, dt.datetime):
            local = timezone.localtime(cell).replace(tzinfo=None)
            self._page.write_datetime(row, place, local, self._moment)
        elif isinstance(cell, dt.date):
            self._page.write_datetime(row, place, cell, self._day)
        elif isinstance(cell, int | float):
            self._page.write_number(row, place, cell)
        else:
            self._page.write_string(row, place, cell[:CELL_CHARACTERS], self._text)

    def close(self, about: Said, *, mark: str) -> bytes:
        """Finish the spreadsheet with the sheet about it, and return its bytes.

        Args:
            mark: stands at the foot of every printed sheet.
        """
        self._page.autofilter(0, 0, max(self.rows, 1), self._width - 1)
        # On every printed sheet: who took the list out, when, and that it is not to be passed on.
        self._page.set_footer(f"&L{_plain(mark)}&R&P / &N")
        # The properties of the file name neither a person nor a program's user.
        self._book.set_properties({"author": "Pulih", "title": "", "comments": ""})
        page: Any = self._book.add_worksheet(_("About this file")[:SHEET_NAME])
        page.set_column(0, 0, 24)
        page.set_column(1, 1, 70)
        for number, (label, words) in enumerate(about):
            page.write_string(number, 0, label, self._head)
            page.write_string(number, 1, words, self._text)
        self._book.close()
        return self._buffer.getvalue()


def _plain(text: str) -> str:
    """Text for a footer, where & begins a command; a footer has 255 characters at most."""
    return text.replace("&", "&&")[:200]
