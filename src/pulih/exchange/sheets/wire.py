"""How rows travel from the reading process: lines of JSON, never pickles of a hostile file."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable
from typing import Any

from pulih.exchange.sheets.values import (
    NOTHING,
    CellError,
    CellValue,
    LongNumber,
    SheetHead,
    SheetRow,
)

CELL_CHARACTERS = 32_767  # what Excel itself allows
LONG = 1e15
encode = json.JSONEncoder(ensure_ascii=True, separators=(",", ":")).encode

# A cell that JSON cannot say: its column, its kind, its text.
Special = tuple[int, str, str]


def pack_row(
    number: int, raw: Iterable[object], hidden: bool, marks: Iterable[Special] = ()
) -> str | None:
    """Return the line of one row, None for an empty one."""
    values: list[object] = []
    special: list[Special] = []
    filled = 0
    for column, value in enumerate(raw):
        if value.__class__ is str:
            plain: object = value[:CELL_CHARACTERS] if value else None
        elif value.__class__ is float:
            plain = _pack_number(column, value, special)
        elif value is None or value.__class__ is bool or value.__class__ is int:
            plain = value
        else:
            plain = _pack_moment(column, value, special)
        values.append(plain)
        if plain is not None:
            filled = column + 1
    for mark in marks:
        special.append(mark)
        filled = max(filled, mark[0] + 1)
    if not filled:
        return None
    values.extend([None] * (filled - len(values)))
    return encode([number, int(hidden), values[:filled], special])


def _pack_number(column: int, value: float, special: list[Special]) -> object:
    if not value.is_integer():
        return value
    if abs(value) >= LONG:
        special.append((column, "n", str(int(value))))
        return 0
    return int(value)


def _pack_moment(column: int, value: object, special: list[Special]) -> object:
    if isinstance(value, dt.datetime):
        special.append((column, "m", value.isoformat()))
    elif isinstance(value, dt.date):
        special.append((column, "d", value.isoformat()))
    elif isinstance(value, dt.time):
        special.append((column, "t", value.isoformat()))
    else:
        return str(value)
    return 0


def unpack_row(packed: list[Any]) -> SheetRow:
    """Return the row of one packed line."""
    number, hidden, values, special = packed
    row = SheetRow(number, values, bool(hidden))
    if special:
        _apply(row, special)
    return row


def _apply(row: SheetRow, special: list[list[Any]]) -> None:
    formulas: set[int] = set()
    uncomputed: set[int] = set()
    for column, kind, text in special:
        if kind == "f":
            formulas.add(column)
        elif kind == "u":
            uncomputed.add(column)
        else:
            row.values[column] = _unpack(kind, text)
    row.formulas = frozenset(formulas | uncomputed) or NOTHING
    row.uncomputed = frozenset(uncomputed) or NOTHING


def _unpack(kind: str, text: str) -> CellValue:
    match kind:
        case "n":
            return LongNumber(text)
        case "d":
            return dt.date.fromisoformat(text)
        case "m":
            return dt.datetime.fromisoformat(text)
        case "t":
            return dt.time.fromisoformat(text)
        case _:
            return CellError(text)


def pack_head(head: SheetHead) -> str:
    """Return the line that opens a sheet."""
    return encode(
        {
            "sheet": [
                head.name,
                head.index,
                head.visible,
                sorted(head.hidden_columns),
                [list(area) for area in head.merged],
                head.flags_known,
            ]
        }
    )


def unpack_head(packed: list[Any]) -> SheetHead:
    """Return the head of a packed line."""
    name, index, visible, hidden, merged, flags_known = packed
    areas = tuple((a, b, c, d) for a, b, c, d in merged)
    return SheetHead(name, index, visible, frozenset(hidden), areas, flags_known)
