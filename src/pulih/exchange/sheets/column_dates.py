"""Day or month first: what all dates of a column together decide."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from pulih.exchange.sheets.dates import ColumnDates, DateOrder, date_part, take_apart
from pulih.exchange.sheets.parsed import clean_text
from pulih.exchange.sheets.values import CellValue

LAST_MONTH = 12
# So many recognised dates without one day above twelve are no accident.
ENOUGH_TYPED = 4


@dataclass(slots=True)
class DateTally:
    """Counts the evidence while the cells of one column pass by."""

    day_first: int = 0
    month_first: int = 0
    open: int = 0
    typed: int = 0
    typed_above_twelve: int = 0

    def see(self, value: CellValue) -> None:
        """Count one cell."""
        if isinstance(value, str):
            self._see_text(value)
        elif isinstance(value, dt.date):
            self.typed += 1
            self.typed_above_twelve += value.day > LAST_MONTH

    def _see_text(self, value: str) -> None:
        reading = take_apart(date_part(clean_text(value))) if value[-1:].isdigit() else None
        if reading is None or reading.ordered:
            return
        first, second = reading.first > LAST_MONTH, reading.second > LAST_MONTH
        if first and not second:
            self.day_first += 1
        elif second and not first:
            self.month_first += 1
        elif not first and reading.first != reading.second:
            self.open += 1

    def add(self, other: DateTally) -> None:
        """Count in what another sheet of the same layout has seen."""
        self.day_first += other.day_first
        self.month_first += other.month_first
        self.open += other.open
        self.typed += other.typed
        self.typed_above_twelve += other.typed_above_twelve

    def decide(self) -> ColumnDates:
        """Return the order that all evidence agrees on, and whether Excel swapped the rest.

        Excel set to English month-first turns "05/12/1980" into 12 May and leaves "25/12/1980"
        as text: then every real date has a day up to 12, and the texts have days above it.
        """
        order = None
        if self.day_first and not self.month_first:
            order = DateOrder.DAY_FIRST
        elif self.month_first and not self.day_first:
            order = DateOrder.MONTH_FIRST
        swapped = self.day_first > 0 and self.typed >= ENOUGH_TYPED and self.typed_above_twelve == 0
        return ColumnDates(order, swapped)
