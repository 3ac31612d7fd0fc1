"""What a cell holds before anybody says what it means, and the row and sheet around it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

NOTHING: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class LongNumber:
    """A number of sixteen or more digits, by the digits that the file still holds."""

    text: str


@dataclass(frozen=True, slots=True)
class CellError:
    """An error value such as `#REF!`."""

    text: str


CellValue = (
    None | str | int | float | bool | dt.date | dt.datetime | dt.time | LongNumber | CellError
)
# First row, first column, last row, last column; rows as in Excel from 1, columns from 0.
MergedRange = tuple[int, int, int, int]


@dataclass(slots=True)
class SheetRow:
    """One row as the file has it; `number` is the row number that Excel shows."""

    number: int
    values: list[CellValue]
    hidden: bool = False
    formulas: frozenset[int] = NOTHING
    uncomputed: frozenset[int] = NOTHING

    def value(self, column: int) -> CellValue:
        """Return the value in a column, which may lie beyond the filled part."""
        return self.values[column] if column < len(self.values) else None


@dataclass(frozen=True, slots=True)
class SheetHead:
    """What is known of a sheet before its rows are read."""

    name: str
    index: int = 0
    visible: bool = True
    hidden_columns: frozenset[int] = NOTHING
    merged: tuple[MergedRange, ...] = field(default=())
    # False where the format does not tell which rows are hidden or which cells are formulas.
    flags_known: bool = True
