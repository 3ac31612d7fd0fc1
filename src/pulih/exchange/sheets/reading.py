"""What the limited process does with a spreadsheet: says what it is, and prints its rows.

Called by `common.limited`. Whatever a file does, the server sees lines of JSON or a dead process,
and turns the latter into a refusal.
"""

from __future__ import annotations

import encodings.cp437
import encodings.cp1252
import encodings.latin_1
import encodings.utf_8_sig
import encodings.utf_16
import encodings.utf_16_be
import encodings.utf_16_le
import os
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from typing import BinaryIO

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from pulih.exchange.sheets import csvtext, htmltable, ods, xls, xlsx
from pulih.exchange.sheets.kinds import FileKind, kind_of
from pulih.exchange.sheets.marks import SheetMarks
from pulih.exchange.sheets.refusals import LIMITS, FileRefused, Limits
from pulih.exchange.sheets.values import MergedRange, SheetHead
from pulih.exchange.sheets.wire import Special, encode, pack_head, pack_row

# Named so that they are here when the process can open no file any more.
CODECS = (
    encodings.cp437,
    encodings.cp1252,
    encodings.latin_1,
    encodings.utf_8_sig,
    encodings.utf_16,
    encodings.utf_16_be,
    encodings.utf_16_le,
)
BATCH_CHARACTERS = 128 * 1024
SCANNED_BYTES = 24 * 1024 * 1024


def work(file: BinaryIO, out: BinaryIO, arguments: Sequence[str]) -> None:
    """Print what a file is (`list`) or its rows (`rows KIND`)."""
    try:
        if arguments[0] == "list":
            _say(out, encode({"about": about(file, kind_of(file, LIMITS))}))
        else:
            for line in lines(file, FileKind(arguments[1]), LIMITS):
                _say(out, line)
        _say(out, encode({"end": True}))
    except FileRefused as refused:
        _say(out, encode({"refused": [refused.code, refused.params]}))
    except PasswordError:
        _say(out, encode({"refused": ["file.password", {}]}))
    except MemoryError:
        _say(out, encode({"refused": ["file.needs_too_much", {}]}))
    except (CalamineError, OSError, ValueError, zipfile.BadZipFile, zlib.error, EOFError):
        _say(out, encode({"refused": ["file.damaged", {}]}))
    out.flush()


def _say(out: BinaryIO, line: str) -> None:
    out.write(line.encode("ascii") + b"\n")


def about(file: BinaryIO, kind: FileKind) -> dict[str, object]:
    """Return what can be told without reading the rows."""
    if kind is FileKind.CSV:
        encoding, separator = csvtext.describe(file)
        return {
            "kind": kind.value,
            "sheets": [],
            "encoding": encoding,
            "separator": separator,
        }
    if kind is FileKind.HTML:
        found = htmltable.tables(file, LIMITS)
        names = [[_table_name(at, found), True] for at in range(len(found))]
        return {"kind": kind.value, "sheets": names}
    file.seek(0)
    book = CalamineWorkbook.from_filelike(file)
    names = [[name, visible] for _, name, visible in _worksheets(book)]
    return {"kind": kind.value, "sheets": names}


def _table_name(at: int, found: Sequence[htmltable.Table]) -> str:
    """Return a name for a table of a page, which has none of its own."""
    return f"Tabel {at + 1}" if len(found) > 1 else "Tabel"


def _worksheets(book: CalamineWorkbook) -> Iterator[tuple[int, str, bool]]:
    for index, sheet in enumerate(book.sheets_metadata):
        if sheet.typ is SheetTypeEnum.WorkSheet:
            yield index, sheet.name, sheet.visible is SheetVisibleEnum.Visible


def lines(file: BinaryIO, kind: FileKind, limits: Limits) -> Iterator[str]:
    """Yield the lines of all sheets: a head, then batches of rows."""
    if kind is FileKind.CSV:
        encoding, separator = csvtext.describe(file)
        yield pack_head(SheetHead(""))
        found = csvtext.records(file, encoding, separator, limits)
        yield from _batches(pack_row(n, row, False) for n, row in enumerate(found, start=1))
        return
    if kind is FileKind.HTML:
        yield from _table_lines(htmltable.tables(file, limits))
        return
    book = CalamineWorkbook.from_filelike(file)
    archive = zipfile.ZipFile(file) if kind in {FileKind.XLSX, FileKind.ODS} else None
    scanned = ods.scan_sheets(archive, limits) if archive and kind is FileKind.ODS else {}
    if kind is FileKind.XLS:
        scanned = _scan_xls(file)
    files = xlsx.sheet_files(archive) if archive and kind is FileKind.XLSX else {}
    for index, name, visible in _worksheets(book):
        marks = scanned.get(name, SheetMarks())
        if archive and files.get(name):
            marks = xlsx.scan_sheet(archive, files[name], limits)
        sheet = book.get_sheet_by_index(index)
        _refuse_too_much(sheet, limits)
        yield pack_head(
            SheetHead(
                name,
                index,
                visible,
                frozenset(marks.hidden_columns),
                _merged(sheet, marks),
                flags_known=kind is not FileKind.XLS or name in scanned,
            )
        )
        yield from _batches(_row_lines(sheet, marks))


def _table_lines(found: Sequence[htmltable.Table]) -> Iterator[str]:
    for at, table in enumerate(found):
        name = _table_name(at, found)
        yield pack_head(SheetHead(name, at, merged=tuple(table.merged)))
        yield from _batches(
            pack_row(number, row, number in table.hidden_rows)
            for number, row in enumerate(table.rows, start=1)
        )


def _scan_xls(file: BinaryIO) -> dict[str, SheetMarks]:
    """Return the marks of an XLS, unless it is so large that reading it twice is too much."""
    if file.seek(0, os.SEEK_END) > SCANNED_BYTES:
        return {}
    file.seek(0)
    return xls.scan_sheets(file.read())


def _refuse_too_much(sheet: CalamineSheet, limits: Limits) -> None:
    if sheet.end is None:
        return
    rows, columns = sheet.end[0] + 1, sheet.end[1] + 1
    if rows > limits.rows:
        raise FileRefused("file.too_many_rows", rows=rows, limit=limits.rows)
    if columns > limits.columns:
        raise FileRefused("file.too_many_columns", columns=columns, limit=limits.columns)


def _merged(sheet: CalamineSheet, marks: SheetMarks) -> tuple[MergedRange, ...]:
    found = sheet.merged_cell_ranges
    if found is None:
        return tuple(marks.merged)
    return tuple((top + 1, left, bottom + 1, right) for (top, left), (bottom, right) in found)


def _row_lines(sheet: CalamineSheet, marks: SheetMarks) -> Iterator[str | None]:
    none: list[Special] = []
    for number, row in enumerate(sheet.iter_rows(), start=1):
        yield pack_row(number, row, number in marks.hidden_rows, marks.cells.get(number, none))


def _batches(rows: Iterable[str | None]) -> Iterator[str]:
    batch: list[str] = []
    size = 0
    for row in rows:
        if row is None:
            continue
        batch.append(row)
        size += len(row)
        if size >= BATCH_CHARACTERS:
            yield '{"rows":[' + ",".join(batch) + "]}"
            batch, size = [], 0
    if batch:
        yield '{"rows":[' + ",".join(batch) + "]}"
