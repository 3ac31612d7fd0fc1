"""What the fast reader leaves out of an XLS: hidden rows and columns, merges, formulas.

The records of the workbook stream are walked over; none of their values is taken from here.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from pulih.exchange.sheets.marks import SheetMarks

# Of the container: sector numbers above this one end a chain.
LAST_SECTOR = 0xFFFFFFFA
HEADER, ENTRY = 512, 128
IN_HEADER = 109
# Of the stream: the records that matter here, in Excel 97 to 2003.
BOF, EOF, BOUNDSHEET = 0x0809, 0x000A, 0x0085
ROW, COLINFO, FORMULA, MERGED = 0x0208, 0x007D, 0x0006, 0x00E5
BIFF8 = 0x0600
HIDDEN_ROW, HIDDEN_COLUMN = 0x20, 0x01


def scan_sheets(data: bytes) -> dict[str, SheetMarks]:
    """Return the marks of every worksheet by its name; nothing where the records are older."""
    try:
        stream = _Container(data).stream("Workbook")
        return {name: _scan(stream, at) for name, at in _sheets(stream)}
    except (struct.error, IndexError, UnicodeDecodeError, ValueError):
        return {}


@dataclass(slots=True)
class _Container:
    """The file as a set of chained sectors."""

    data: bytes

    def stream(self, name: str) -> bytes:
        """Return the content of a stream."""
        shift, small_shift = struct.unpack_from("<HH", self.data, 30)
        size, small = 1 << shift, 1 << small_shift
        first_entry, cutoff, small_table = (
            struct.unpack_from("<I", self.data, at)[0] for at in (48, 56, 60)
        )
        table = self._table(size)
        folder = self._chain(first_entry, table, size)
        root = _entry(folder, "Root Entry")
        found = _entry(folder, name)
        if found is None or root is None:
            raise ValueError(name)
        start, length = found
        if length >= cutoff:
            return self._chain(start, table, size)[:length]
        links = _numbers(self._chain(small_table, table, size))
        inside = self._chain(root[0], table, size)
        parts = [inside[at * small : (at + 1) * small] for at in _walk(start, links)]
        return b"".join(parts)[:length]

    def _table(self, size: int) -> list[int]:
        """Return the table that says which sector follows which."""
        sectors = list(struct.unpack_from(f"<{IN_HEADER}I", self.data, 76))
        more: int = struct.unpack_from("<I", self.data, 68)[0]
        seen = 0
        while more < LAST_SECTOR and seen < len(self.data) // size:
            numbers = _numbers(self._sector(more, size))
            sectors += numbers[:-1]
            more, seen = numbers[-1], seen + 1
        table: list[int] = []
        for sector in sectors:
            if sector < LAST_SECTOR:
                table += _numbers(self._sector(sector, size))
        return table

    def _sector(self, number: int, size: int) -> bytes:
        at = HEADER if size == HEADER else size
        return self.data[at + number * size : at + (number + 1) * size]

    def _chain(self, start: int, table: list[int], size: int) -> bytes:
        return b"".join(self._sector(number, size) for number in _walk(start, table))


def _walk(start: int, links: list[int]) -> Iterator[int]:
    """Yield the sectors of a chain; one that bites its own tail ends after as many as there are."""
    number = start
    for _ in range(len(links) + 1):
        if number >= LAST_SECTOR:
            return
        yield number
        number = links[number]
    raise ValueError("a chain without an end")


def _numbers(sector: bytes) -> list[int]:
    return list(struct.unpack(f"<{len(sector) // 4}I", sector[: len(sector) // 4 * 4]))


def _entry(folder: bytes, name: str) -> tuple[int, int] | None:
    wide = name.encode("utf-16-le")
    for at in range(0, len(folder) - ENTRY + 1, ENTRY):
        length = struct.unpack_from("<H", folder, at + 64)[0]
        if length == len(wide) + 2 and folder[at : at + len(wide)] == wide:
            start, size = struct.unpack_from("<II", folder, at + 116)
            return start, size
    return None


def _records(stream: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        yield kind, stream[at + 4 : at + 4 + length]
        at += 4 + length


def _sheets(stream: bytes) -> Iterator[tuple[str, int]]:
    """Yield the name of each worksheet and where its records start."""
    for kind, body in _records(stream, 0):
        if kind == BOF and struct.unpack_from("<H", body)[0] != BIFF8:
            return
        if kind == EOF:
            return
        if kind == BOUNDSHEET and body[5] == 0:
            position = struct.unpack_from("<I", body)[0]
            count, is_wide = body[6], body[7] & 1
            text = body[8 : 8 + count * (1 + is_wide)]
            yield text.decode("utf-16-le" if is_wide else "latin-1"), position


def _scan(stream: bytes, at: int) -> SheetMarks:
    """Return the marks of one sheet; charts inside it are records of their own and are skipped."""
    marks = SheetMarks()
    depth = 0
    for kind, body in _records(stream, at):
        depth += (kind == BOF) - (kind == EOF)
        if depth == 0:
            break
        if depth == 1:
            _mark(marks, kind, body)
    return marks


def _mark(marks: SheetMarks, kind: int, body: bytes) -> None:
    if kind == ROW and struct.unpack_from("<H", body, 12)[0] & HIDDEN_ROW:
        marks.hidden_rows.add(struct.unpack_from("<H", body)[0] + 1)
    elif kind == COLINFO and struct.unpack_from("<H", body, 8)[0] & HIDDEN_COLUMN:
        first, last = struct.unpack_from("<HH", body)
        marks.hidden_columns.update(range(first, min(last, 255) + 1))
    elif kind == FORMULA:
        row, column = struct.unpack_from("<HH", body)
        marks.add(row + 1, (column, "f", ""))
    elif kind == MERGED:
        for number in range(struct.unpack_from("<H", body)[0]):
            top, bottom, left, right = struct.unpack_from("<HHHH", body, 2 + number * 8)
            marks.merged.append((top + 1, left, bottom + 1, right))
