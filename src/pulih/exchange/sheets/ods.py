"""What the fast reader leaves out of an ODS: hidden rows and columns, merges, formulas.

As with XLSX the XML is scanned as bytes in pieces and never parsed.
"""

from __future__ import annotations

import html
import re
import zipfile
from collections.abc import Iterator

from pulih.exchange.sheets.marks import SheetMarks
from pulih.exchange.sheets.refusals import FileRefused, Limits

PIECE = 1 << 20
LONGEST_ROW = 32 << 20
END = b"</table:table-row>"
PART = re.compile(rb"<table:(table-row|table-column|table(?=[\s>]))\b([^>]*)>")
CELL = re.compile(rb"<table:(?:covered-)?table-cell\b([^>]*)>([^<]*<text:p>[^<]*)?")
NAME = re.compile(rb"\btable:name=\"([^\"]*)\"")
HIDDEN = re.compile(rb"\btable:visibility=\"(?:collapse|filter)\"")
ROWS_REPEATED = re.compile(rb"\btable:number-rows-repeated=\"(\d+)\"")
COLUMNS_REPEATED = re.compile(rb"\btable:number-columns-repeated=\"(\d+)\"")
SPAN = re.compile(rb"\btable:number-(columns|rows)-spanned=\"(\d+)\"")


def scan_sheets(archive: zipfile.ZipFile, limits: Limits) -> dict[str, SheetMarks]:
    """Return the marks of every sheet by its name."""
    scanner = _Scanner(limits)
    for piece in _pieces(archive, limits):
        scanner.scan(piece)
    return scanner.sheets


def _pieces(archive: zipfile.ZipFile, limits: Limits) -> Iterator[bytes]:
    kept = b""
    total = 0
    try:
        content = archive.open("content.xml")
    except KeyError as error:
        raise FileRefused("file.damaged") from error
    with content:
        while chunk := content.read(PIECE):
            total += len(chunk)
            if total > limits.unpacked_bytes or len(kept) > LONGEST_ROW:
                raise FileRefused("file.unpacks_too_large", size=total, limit=limits.unpacked_bytes)
            kept += chunk
            end = kept.rfind(END)
            if end != -1:
                yield kept[: end + len(END)]
                kept = kept[end + len(END) :]
    yield kept


class _Scanner:
    """Keeps its place in the sheets from one piece to the next."""

    def __init__(self, limits: Limits) -> None:
        self.sheets: dict[str, SheetMarks] = {}
        self._limits = limits
        self._marks = SheetMarks()
        self._row = self._column = 0

    def scan(self, piece: bytes) -> None:
        for match in PART.finditer(piece):
            if match[1] == b"table-row":
                self._see_row(match[2], piece, match.end())
            elif match[1] == b"table-column":
                self._see_column(match[2])
            else:
                self._start_sheet(match[2])

    def _start_sheet(self, given: bytes) -> None:
        name = NAME.search(given)
        self._marks = SheetMarks()
        self._row = self._column = 0
        if name:
            self.sheets[html.unescape(name[1].decode("utf-8", "replace"))] = self._marks

    def _see_column(self, given: bytes) -> None:
        count = _count(COLUMNS_REPEATED, given)
        if HIDDEN.search(given):
            last = min(self._column + count, self._limits.columns)
            self._marks.hidden_columns.update(range(self._column, last))
        self._column += count

    def _see_row(self, given: bytes, piece: bytes, start: int) -> None:
        count = _count(ROWS_REPEATED, given)
        first = self._row + 1
        self._row += count
        if HIDDEN.search(given):
            self._marks.hidden_rows.update(range(first, min(self._row, self._limits.rows) + 1))
        end = piece.find(END, start)
        content = piece[start : end if end != -1 else len(piece)]
        if b"table:formula=" in content or b"-spanned=" in content:
            self._see_cells(content, first)

    def _see_cells(self, content: bytes, row: int) -> None:
        column = 0
        for match in CELL.finditer(content):
            given = match[1]
            if b"table:formula=" in given:
                error = b'calcext:value-type="error"' in given
                self._marks.add(row, (column, "f" if b"office:value" in given else "u", ""))
                if error:
                    shown = (match[2] or b"").rpartition(b">")[2].decode("utf-8", "replace")
                    self._marks.add(row, (column, "e", shown or "#"))
            spans = {key: int(value) for key, value in SPAN.findall(given)}
            right, down = spans.get(b"columns", 1), spans.get(b"rows", 1)
            if right > 1 or down > 1:
                self._marks.merged.append((row, column, row + down - 1, column + right - 1))
            column += _count(COLUMNS_REPEATED, given)


def _count(pattern: re.Pattern[bytes], given: bytes) -> int:
    match = pattern.search(given)
    return int(match[1]) if match else 1
