"""What the fast reader leaves out of an XLSX: hidden rows and columns, formulas, long numbers.

The XML is scanned as bytes, one piece at a time, and never parsed: no entity is expanded and
no piece is kept.
"""

from __future__ import annotations

import html
import re
import zipfile
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from pulih.exchange.sheets.marks import SheetMarks
from pulih.exchange.sheets.refusals import FileRefused, Limits

PIECE = 1 << 20
# A piece ends where a row ends; a single row longer than this is no list of people.
LONGEST_ROW = 32 << 20
# Only numbers beyond 2**53 lose digits on their way through a float.
ROW = re.compile(rb"<row\b([^>]*)>")
PREFIX = re.compile(rb"<(\w+):worksheet\b")
NUMBER_OF = re.compile(rb"\br=[\"'](\d+)[\"']")
HIDDEN = re.compile(rb"\bhidden=[\"'](?:1|true)[\"']")
PLACE = re.compile(rb"\br=[\"']([A-Z]{1,3})(\d{1,7})[\"']")
FAR_COLUMN = re.compile(rb"\br=[\"']([A-Z]{3})(\d{1,7})[\"']")
BIG = re.compile(rb"<v>(9\d{15}(?:\.0*)?|\d{17,30}(?:\.0*)?|\d(?:\.\d{1,40})?[eE]\+?1[5-9])</")
ERROR = re.compile(rb"<c\b([^>]*\bt=[\"']e[\"'][^>]*)>(.*?)</c>", re.S)
FORMULA = re.compile(rb"<c\b([^>]*)>\s*<f\b(.*?)</c>", re.S)
CELL_START = re.compile(rb"<c\b([^>]*)>\s*$")
VALUE = re.compile(rb"<v(?:\s[^>]*)?>([^<]*)</")
COLUMN = re.compile(rb"<col\b([^>]*)>")
SPAN = re.compile(rb"\b(min|max)=[\"'](\d+)[\"']")
SHEET = re.compile(rb"<(?:\w+:)?sheet\b([^>]*)>")
RELATION = re.compile(rb"<(?:\w+:)?Relationship\b([^>]*)>")
ATTRIBUTE = re.compile(rb"([\w:]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")


def sheet_files(archive: zipfile.ZipFile) -> dict[str, str]:
    """Return the inner file of each sheet by the sheet's name."""
    try:
        book = archive.read("xl/workbook.xml")
        relations = archive.read("xl/_rels/workbook.xml.rels")
    except KeyError as error:
        raise FileRefused("file.damaged") from error
    targets: dict[str, str] = {}
    for match in RELATION.finditer(relations):
        given = _attributes(match[1])
        targets[given.get("Id", "")] = _inside(given.get("Target", ""))
    files: dict[str, str] = {}
    for match in SHEET.finditer(book):
        given = _attributes(match[1])
        identity = next((given[key] for key in given if key.endswith(":id")), "")
        files[given.get("name", "")] = targets.get(identity, "")
    return files


def _attributes(raw: bytes) -> dict[str, str]:
    found: dict[str, str] = {}
    for match in ATTRIBUTE.finditer(raw):
        value = match[2] if match[2] is not None else match[3]
        found[match[1].decode()] = html.unescape(value.decode("utf-8", "replace"))
    return found


def _inside(target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else f"xl/{target}"


def scan_sheet(archive: zipfile.ZipFile, inner: str, limits: Limits) -> SheetMarks:
    """Read one sheet's XML for its marks, and refuse one that is too long or too wide."""
    marks = SheetMarks()
    number = 0
    for piece in _pieces(archive, inner, limits):
        number = _scan_rows(piece, number, marks, limits)
        _scan_columns(piece, marks)
        _scan_cells(piece, marks)
        _refuse_far_columns(piece, limits)
    return marks


def _pieces(archive: zipfile.ZipFile, inner: str, limits: Limits) -> Iterator[bytes]:
    """Yield the XML in pieces that end with a row, its element names without a prefix."""
    kept = b""
    total = 0
    prefix: bytes | None = None
    with archive.open(inner) as sheet:
        while chunk := sheet.read(PIECE):
            total += len(chunk)
            if total > limits.unpacked_bytes or len(kept) > LONGEST_ROW:
                raise FileRefused("file.unpacks_too_large", size=total, limit=limits.unpacked_bytes)
            kept += chunk
            if prefix is None:
                found = PREFIX.search(kept)
                prefix = found[1] + b":" if found else b""
            end = kept.rfind(b"row>")
            if end == -1:
                continue
            yield _bare(kept[: end + 4], prefix)
            kept = kept[end + 4 :]
    yield _bare(kept, prefix or b"")


def _bare(piece: bytes, prefix: bytes) -> bytes:
    if not prefix:
        return piece
    return piece.replace(b"<" + prefix, b"<").replace(b"</" + prefix, b"</")


def _scan_rows(piece: bytes, number: int, marks: SheetMarks, limits: Limits) -> int:
    if b"hidden=" in piece or NUMBER_OF.search(piece) is None:
        number = _scan_each_row(piece, number, marks)
    else:
        last = ROW.search(piece, max(0, piece.rfind(b"<row")))
        stated = NUMBER_OF.search(last[1]) if last else None
        number = int(stated[1]) if stated else number
    if number > limits.rows and _has_cells_beyond(piece, limits.rows):
        raise FileRefused("file.too_many_rows", rows=number, limit=limits.rows)
    return number


def _scan_each_row(piece: bytes, number: int, marks: SheetMarks) -> int:
    for match in ROW.finditer(piece):
        stated = NUMBER_OF.search(match[1])
        number = int(stated[1]) if stated else number + 1
        if HIDDEN.search(match[1]):
            marks.hidden_rows.add(number)
    return number


def _has_cells_beyond(piece: bytes, limit: int) -> bool:
    """Return whether a row beyond the limit holds a value; a formatted empty row is no matter."""
    return any(
        int(place[2]) > limit
        for cell in re.finditer(rb"<c\b([^>]*[^/])><", piece)
        if (place := PLACE.search(cell[1]))
    )


def _scan_columns(piece: bytes, marks: SheetMarks) -> None:
    if b"<cols" not in piece:
        return
    for match in COLUMN.finditer(piece):
        if HIDDEN.search(match[1]):
            span = {key: int(value) for key, value in SPAN.findall(match[1])}
            first = span.get(b"min", 1)
            last = min(span.get(b"max", first), first + 1024)
            marks.hidden_columns.update(range(first - 1, last))


def _scan_cells(piece: bytes, marks: SheetMarks) -> None:
    for match in BIG.finditer(piece):
        start = CELL_START.search(piece, max(0, piece.rfind(b"<", 0, match.start())), match.start())
        digits = _digits(match[1])
        if start and digits:
            _mark(marks, start[1], "n", digits)
    if b't="e"' in piece or b"t='e'" in piece:
        for match in ERROR.finditer(piece):
            value = VALUE.search(match[2])
            _mark(marks, match[1], "e", value[1].decode("ascii", "replace") if value else "#")
    if b"<f" in piece:
        for match in FORMULA.finditer(piece):
            value = VALUE.search(match[2])
            _mark(marks, match[1], "f" if value and value[1] else "u", "")


def _mark(marks: SheetMarks, cell: bytes, kind: str, text: str) -> None:
    place = PLACE.search(cell)
    if place:
        marks.add(int(place[2]), (column_index(place[1].decode()), kind, text))


def _digits(literal: bytes) -> str:
    try:
        number = Decimal(literal.decode())
    except InvalidOperation:
        return ""
    return str(int(number)) if number == int(number) else ""


def column_index(letters: str) -> int:
    """Return 0 for A, 25 for Z, 26 for AA."""
    index = 0
    for letter in letters:
        index = index * 26 + ord(letter) - 64
    return index - 1


def column_letters(index: int) -> str:
    """Return the name that Excel shows above a column."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _refuse_far_columns(piece: bytes, limits: Limits) -> None:
    if not FAR_COLUMN.search(piece):
        return
    for match in re.finditer(rb"<c\b([^>]*\br=[\"'][A-Z]{3}\d[^>]*[^/])><", piece):
        place = FAR_COLUMN.search(match[1])
        if place and (column := column_index(place[1].decode())) >= limits.columns:
            raise FileRefused("file.too_many_columns", columns=column + 1, limit=limits.columns)
