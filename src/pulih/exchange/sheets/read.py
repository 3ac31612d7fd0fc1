"""Reads the rows of people out of a file whose layout is known, by a mapping of its columns."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from pulih.exchange.sheets import cells, dates, money, places
from pulih.exchange.sheets.fields import DATE_FIELDS, REPEATABLE, Field
from pulih.exchange.sheets.layout import Layout, SheetLayout
from pulih.exchange.sheets.open import Source, Workbook, open_workbook
from pulih.exchange.sheets.parsed import EMPTY, Parsed, shown
from pulih.exchange.sheets.problems import Level, Problem, problem
from pulih.exchange.sheets.values import CellValue, SheetRow

Reader = Callable[[Any], Parsed[Any]]
# Column index to field, for each sheet fingerprint of the layout.
ColumnMapping = Mapping[int, Field]
SheetMappings = Mapping[str, ColumnMapping]

READERS: dict[Field, Reader] = {
    Field.NIK: cells.read_number,
    Field.KK: cells.read_number,
    Field.NIP: cells.read_number,
    Field.NAME: cells.read_name,
    Field.HEAD_NAME: cells.read_name,
    Field.GUARDIAN_NAME: cells.read_name,
    Field.SEX: cells.read_sex,
    Field.AGE: cells.read_age,
    Field.ADDRESS: places.read_address,
    Field.RT: places.read_rt_or_rw,
    Field.RW: places.read_rt_or_rw,
    Field.RT_RW: places.read_rt_rw,
    Field.REGION_CODE: places.read_region_code,
    Field.PPKS_KIND: cells.read_list,
    Field.DISABILITY_KIND: cells.read_list,
    Field.AID_RECEIVED: cells.read_list,
    Field.SERVICE: cells.read_list,
    Field.PHONE: cells.read_phone,
    Field.EMAIL: cells.read_email,
    Field.DTSEN_DECILE: cells.read_decile,
    Field.FAMILY_SIZE: cells.read_count,
    Field.IS_HEAD: cells.read_yes_no,
    Field.AMOUNT: money.read_amount,
    Field.SEX_L_TICK: cells.read_text,
    Field.SEX_P_TICK: cells.read_text,
}
ANSWERS_KEPT = 2000
PLANNED = frozenset({Field.START_DATE, Field.END_DATE})
YEARS_AHEAD = dt.timedelta(days=5 * 365)
"""Planned days lie ahead: a year in two digits and a day to come mean the years until then."""
FORMULA = problem("cell.formula")
UNCOMPUTED = problem("cell.formula_uncomputed")


@dataclass(slots=True)
class Row:
    """One row of a list, read: what its cells mean, by field.

    `number` is the row that Excel shows; `group` is the last title inside the list above it.
    """

    sheet: str
    number: int
    hidden: bool
    cells: dict[Field, Parsed[Any]]
    source: list[CellValue] = field(default_factory=list)
    problems: tuple[Problem, ...] = ()
    group: str = ""

    @property
    def texts(self) -> list[str]:
        """Return all cells as a person would write them, for the file of refused rows."""
        return [shown(value) for value in self.source]

    def value(self, name: Field) -> Any:
        """Return the value of a field, None where the list has no such column."""
        found = self.cells.get(name)
        return found.value if found else None

    def all_problems(self) -> Iterator[tuple[Field | None, Problem]]:
        """Yield every problem of the row with its field, None for the row as a whole."""
        for one in self.problems:
            yield None, one
        for name, parsed in self.cells.items():
            for one in parsed.problems:
                yield name, one

    @property
    def is_refused(self) -> bool:
        """Return whether something in the row refuses it."""
        return any(one.level is Level.ERROR for _, one in self.all_problems())


def proposed_mappings(layout: Layout) -> dict[str, dict[int, Field]]:
    """Return the mapping that the layout itself proposes, ready for a person to change."""
    return {
        sheet.fingerprint: {one.column: one.field for one in sheet.proposals}
        for sheet in layout.data_sheets
    }


def read_rows(
    source: Source | Workbook, layout: Layout, mappings: SheetMappings, *, today: dt.date
) -> Iterator[Row]:
    """Yield the rows of people of every sheet that has a mapping, in the order of the file."""
    workbook = source if isinstance(source, Workbook) else open_workbook(source)
    known = {sheet.index: sheet for sheet in layout.sheets}
    for sheet in workbook.read():
        found = known.get(sheet.head.index)
        mapping = mappings.get(found.fingerprint) if found else None
        if found is None or mapping is None:
            continue
        yield from _sheet_rows(sheet.rows(), found, mapping, today)


def _sheet_rows(
    rows: Iterator[SheetRow], sheet: SheetLayout, mapping: ColumnMapping, today: dt.date
) -> Iterator[Row]:
    readers: list[tuple[int, Field, Reader]] = [
        (index, name, _remembering(_reader(index, name, sheet, today)))
        for index, name in sorted(mapping.items())
        if name is not Field.IGNORE
    ]
    last_header = max(sheet.header_rows, default=0)
    group = ""
    for row in rows:
        if row.number <= last_header:
            continue
        reason = sheet.skipped.get(row.number)
        if reason is not None:
            if reason.code == "row.group_title":
                group = str(reason.params["text"])
            continue
        yield _read_row(row, sheet.name, readers, group)


def _remembering(reader: Reader) -> Reader:
    """Return a reader that answers the same text once: most columns repeat a few values."""
    answers: dict[Any, Parsed[Any]] = {}

    def read(value: Any) -> Parsed[Any]:
        if value is None:
            return EMPTY
        # True and 1.0 equal 1 as keys, so that only texts and whole numbers are remembered.
        if value.__class__ is not str and value.__class__ is not int:
            return reader(value)
        answer = answers.get(value)
        if answer is None:
            answer = reader(value)
            if len(answers) < ANSWERS_KEPT:
                answers[value] = answer
        return answer

    return read


def _reader(index: int, name: Field, sheet: SheetLayout, today: dt.date) -> Reader:
    """Return the reader of a column, told what the rest of the column decided."""
    if name in DATE_FIELDS:
        column = sheet.dates.get(index, dates.UNTOLD)
        if name is Field.BIRTH_DATE:
            return partial(dates.read_birth, today=today, column=column)
        if name is Field.BIRTH_PLACE_DATE:
            return partial(dates.read_place_and_birth, today=today, column=column)
        if name in PLANNED:
            return partial(dates.read_date, today=today + YEARS_AHEAD, column=column)
        return partial(dates.read_date, today=today, column=column)
    if name is Field.SEX:
        letters = sheet.letters.get(index, frozenset())
        if {"p", "w"} <= letters and "l" not in letters:
            return partial(cells.read_sex, p_is_pria=True)
    return READERS.get(name, cells.read_text)


def _read_row(
    row: SheetRow, sheet: str, readers: list[tuple[int, Field, Reader]], group: str
) -> Row:
    found: dict[Field, Parsed[Any]] = {}
    for index, name, reader in readers:
        if index >= len(row.values) and name in found:
            continue
        parsed = reader(row.value(index))
        if row.formulas and index in row.formulas:
            mark = UNCOMPUTED if index in row.uncomputed else FORMULA
            parsed = Parsed(parsed.value, parsed.text, (*parsed.problems, mark))
        found[name] = _joined(found[name], parsed, name) if name in found else parsed
    _settle_ticks(found)
    return Row(
        sheet=sheet,
        number=row.number,
        hidden=row.hidden,
        cells=found,
        source=row.values,
        problems=_row_problems(row, found),
        group=group,
    )


def _joined(first: Parsed[Any], more: Parsed[Any], name: Field) -> Parsed[Any]:
    """Return one answer of two columns that mean the same field."""
    if more.value is None:
        return first
    if first.value is None:
        return more
    if name not in REPEATABLE:
        return first
    both = first.problems + more.problems
    text = f"{first.text}; {more.text}"
    if isinstance(first.value, tuple):
        return Parsed(tuple(dict.fromkeys(first.value + more.value)), text, both)
    return Parsed(text, text, both)


def _settle_ticks(found: dict[Field, Parsed[Any]]) -> None:
    """Turn ticks under "L" and "P" into the sex of the person."""
    left, right = found.pop(Field.SEX_L_TICK, None), found.pop(Field.SEX_P_TICK, None)
    if (left is None and right is None) or Field.SEX in found:
        return
    ticked = [
        letter
        for letter, one in (("L", left), ("P", right))
        if one and one.value not in (None, "0")
    ]
    text = "/".join(ticked)
    if len(ticked) > 1:
        found[Field.SEX] = Parsed(None, text, (problem("sex.unknown", text=text),))
    else:
        found[Field.SEX] = Parsed(ticked[0] if ticked else None, text)


PERSON = (Field.NAME, Field.NIK, Field.INITIALS, Field.HEAD_NAME, Field.NIP, Field.NIM)


def _row_problems(row: SheetRow, found: dict[Field, Parsed[Any]]) -> tuple[Problem, ...]:
    problems: tuple[Problem, ...] = (problem("row.hidden"),) if row.hidden else ()
    if not any(found[name].text for name in PERSON if name in found):
        problems = (*problems, problem("row.no_person"))
    return problems
