"""Web pages that are named like a spreadsheet: their tables, read as many portals export lists."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import BinaryIO

from pulih.exchange.sheets.csvtext import encoding_of
from pulih.exchange.sheets.refusals import FileRefused, Limits
from pulih.exchange.sheets.values import MergedRange
from pulih.exchange.sheets.wire import CELL_CHARACTERS

PIECE = 1 << 16
TABLE = re.compile(rb"<table\b", re.I)
NO_DISPLAY = re.compile(r"display\s*:\s*none", re.I)
SPACES = re.compile(r"[ \t\r\n]+")
SILENT = frozenset({"script", "style", "head", "title"})
WIDEST_SPAN = 512


@dataclass(slots=True)
class Table:
    """One table: its rows with empty cells where a cell above or to the left reaches over."""

    rows: list[list[str | None]] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    merged: list[MergedRange] = field(default_factory=list)


def has_table(file: BinaryIO) -> bool:
    """Return whether there is a table anywhere in the page."""
    file.seek(0)
    kept = b""
    while piece := file.read(PIECE):
        if TABLE.search(kept + piece):
            return True
        kept = piece[-16:]
    return False


def tables(file: BinaryIO, limits: Limits) -> list[Table]:
    """Return the tables of a page that have rows.

    Raises:
        FileRefused: a table has more rows or columns than may be read.
    """
    encoding = encoding_of(file)
    reader = _Reader(limits)
    file.seek(0)
    reader.feed(file.read().decode(encoding, "replace"))
    reader.close()
    return [table for table in reader.tables if table.rows]


class _Reader(HTMLParser):
    """Collects outer tables; a table inside a cell is only words of that cell."""

    def __init__(self, limits: Limits) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[Table] = []
        self._limits = limits
        self._depth = 0
        self._silent = 0
        self._row: list[str | None] | None = None
        self._words: list[str] | None = None
        self._span = (1, 1)
        # Column to how many more rows a cell above reaches down.
        self._above: dict[int, int] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open a table, a row or a cell."""
        if tag in SILENT:
            self._silent += 1
        elif tag == "table":
            self._depth += 1
            if self._depth == 1:
                # The end of the page's head may be left out; a table never stands in it.
                self._silent = 0
                self.tables.append(Table())
                self._above = {}
        elif self._depth == 1 and tag == "tr":
            self._end_row()
            self._row = []
            if NO_DISPLAY.search(dict(attrs).get("style") or ""):
                self.tables[-1].hidden_rows.add(len(self.tables[-1].rows) + 1)
        elif self._depth == 1 and tag in {"td", "th"}:
            self._end_cell()
            self._begin_cell(dict(attrs))
        elif tag == "br" and self._words is not None:
            self._words.append(" ")

    def handle_endtag(self, tag: str) -> None:
        """Close what was opened; pages often leave ends out."""
        if tag in SILENT:
            self._silent = max(0, self._silent - 1)
        elif tag == "table" and self._depth:
            if self._depth == 1:
                self._end_row()
            self._depth -= 1
        elif self._depth == 1 and tag in {"td", "th"}:
            self._end_cell()
        elif self._depth == 1 and tag == "tr":
            self._end_row()

    def handle_data(self, data: str) -> None:
        """Add words to the cell they stand in."""
        if self._words is not None and not self._silent:
            self._words.append(data)

    def close(self) -> None:
        """End what the page left open."""
        super().close()
        if self._depth:
            self._end_row()

    def _begin_cell(self, attrs: dict[str, str | None]) -> None:
        if self._row is None:
            self._row = []
        self._skip_reached()
        self._words = []
        self._span = (_count(attrs.get("colspan")), _count(attrs.get("rowspan")))

    def _skip_reached(self) -> None:
        """Leave the places empty into which a cell above reaches."""
        row = self._row
        while row is not None and self._above.get(len(row), 0) > 0:
            self._above[len(row)] -= 1
            row.append(None)

    def _end_cell(self) -> None:
        row = self._row
        if self._words is None or row is None:
            return
        text = SPACES.sub(" ", "".join(self._words)).strip()[:CELL_CHARACTERS]
        self._words = None
        wide, high = self._span
        left, top = len(row), len(self.tables[-1].rows) + 1
        row.append(text or None)
        row.extend([None] * (wide - 1))
        if len(row) > self._limits.columns:
            raise FileRefused("file.too_many_columns", columns=len(row), limit=self._limits.columns)
        for column in range(left, left + wide):
            if high > 1:
                self._above[column] = high - 1
        if wide > 1 or high > 1:
            self.tables[-1].merged.append((top, left, top + high - 1, left + wide - 1))

    def _end_row(self) -> None:
        self._end_cell()
        if self._row is None:
            return
        self._skip_reached()
        rows = self.tables[-1].rows
        rows.append(self._row)
        self._row = None
        if len(rows) > self._limits.rows:
            raise FileRefused("file.too_many_rows", rows=len(rows), limit=self._limits.rows)


def _count(text: str | None) -> int:
    return min(int(text), WIDEST_SPAN) if text and text.strip().isdecimal() and int(text) else 1
