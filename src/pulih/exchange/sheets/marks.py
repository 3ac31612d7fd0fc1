"""What stands beside the values of a sheet: hidden rows and columns, merges, marked cells."""

from __future__ import annotations

from dataclasses import dataclass, field

from pulih.exchange.sheets.values import MergedRange
from pulih.exchange.sheets.wire import Special


@dataclass(slots=True)
class SheetMarks:
    """Marks by row number as Excel shows it; columns from 0."""

    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    merged: list[MergedRange] = field(default_factory=list)
    cells: dict[int, list[Special]] = field(default_factory=dict)

    def add(self, row: int, mark: Special) -> None:
        """Remember a mark on a cell."""
        self.cells.setdefault(row, []).append(mark)
