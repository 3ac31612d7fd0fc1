"""The layout of a file: for each sheet its titles, its columns, its rows and what is no row."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from pulih.exchange.sheets.column_dates import DateTally
from pulih.exchange.sheets.columns import Column, Proposal, normal_title, propose
from pulih.exchange.sheets.dates import ColumnDates
from pulih.exchange.sheets.fields import PEOPLE, Field, Profile
from pulih.exchange.sheets.headers import LOOK_AT, Header, find_header
from pulih.exchange.sheets.open import Sheet, Workbook
from pulih.exchange.sheets.parsed import shown
from pulih.exchange.sheets.problems import Problem, problem
from pulih.exchange.sheets.rows import RowSorter
from pulih.exchange.sheets.values import CellValue, SheetHead, SheetRow
from pulih.exchange.sheets.xlsx import column_letters

SAMPLE_ROWS = 200
DISTINCT_KEPT = 12
NO_DISTRICT = re.compile(
    r"^(?:sheet|lembar|data|rekap|tabel|table|daftar|hasil|form|blanko)?\s*\d*$", re.I
)
DISTRICT_WORD = re.compile(r"^(?:kecamatan|kec)\b\s*[.:]?\s*|^(?:kec)[._]", re.I)
TITLE_PLACE = re.compile(
    r"\b(?P<word>desa|kelurahan|kecamatan|kec\.|kabupaten)\s*:?\s*(?P<name>[A-Za-z' ]{3,30}?)"
    r"(?=\s*(?:$|[,;:(\d-]|\b(?:desa|kelurahan|kecamatan|kec|kabupaten|kab|tahun|tahap|bulan|periode"
    r"|semester|triwulan|provinsi)\b))",
    re.I,
)


Tallies = dict[int, DateTally]


@dataclass(frozen=True, slots=True)
class SheetLayout:
    """What was found on one sheet; the rows themselves are read by `read.read_rows`."""

    name: str
    index: int
    visible: bool
    titles: tuple[str, ...]
    header_rows: tuple[int, ...]
    first_data_row: int
    columns: tuple[Column, ...]
    proposals: tuple[Proposal, ...]
    skipped: dict[int, Problem]
    data_rows: int
    hidden_rows: int
    fingerprint: str
    is_data: bool
    district_guess: str
    village_guess: str
    dates: dict[int, ColumnDates] = field(default_factory=dict)
    letters: dict[int, frozenset[str]] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Layout:
    """The layouts of all sheets; the fingerprint is the same for files of one layout."""

    sheets: tuple[SheetLayout, ...]
    profile: str

    @property
    def fingerprint(self) -> str:
        """Return what a remembered mapping is found by."""
        return _digest(sorted({sheet.fingerprint for sheet in self.sheets if sheet.is_data}))

    @property
    def data_sheets(self) -> tuple[SheetLayout, ...]:
        """Return the sheets that hold rows of people."""
        return tuple(sheet for sheet in self.sheets if sheet.is_data)


def find_layout(workbook: Workbook, profile: Profile = PEOPLE) -> Layout:
    """Read the whole file once and tell how it is laid out.

    Raises:
        FileRefused: the file turns out to be damaged or too large while it is read.
    """
    found = [_find_sheet_layout(sheet, profile) for sheet in workbook.read()]
    return Layout(tuple(_with_dates(found)), profile.code)


def _with_dates(found: list[tuple[SheetLayout, Tallies]]) -> Iterator[SheetLayout]:
    """Decide the order of dates for all sheets of one layout together: one office typed them."""
    together: dict[str, Tallies] = {}
    for sheet, tallies in found:
        for index, tally in tallies.items():
            together.setdefault(sheet.fingerprint, {}).setdefault(index, DateTally()).add(tally)
    for sheet, _ in found:
        shared = together.get(sheet.fingerprint, {})
        yield replace(sheet, dates={index: tally.decide() for index, tally in shared.items()})


def _find_sheet_layout(sheet: Sheet, profile: Profile) -> tuple[SheetLayout, Tallies]:
    rows = sheet.rows()
    start = _take(rows, LOOK_AT)
    header = find_header(start, sheet.head.merged)
    last = header.last if header else 0
    above = [row for row in start if header and row.number < header.first]
    body = [row for row in start if row.number > last]
    body += _take(rows, SAMPLE_ROWS)
    columns = _columns(sheet.head, header, body)
    proposals = tuple(propose(columns, profile))
    survey = _Survey(header, columns, proposals)
    for row in body:
        survey.see(row)
    for row in rows:
        survey.see(row)
    return _describe(sheet.head, header, above, survey, profile), survey.tallies


def _take(rows: Iterator[SheetRow], count: int) -> list[SheetRow]:
    taken: list[SheetRow] = []
    for row in rows:
        taken.append(row)
        if len(taken) >= count:
            break
    return taken


def _columns(head: SheetHead, header: Header | None, body: list[SheetRow]) -> tuple[Column, ...]:
    """Return the columns that have a title or a value, so that empty ones at the end go."""
    paths = header.paths if header else {}
    width = max([len(row.values) for row in body[:SAMPLE_ROWS]], default=0)
    columns = []
    for index in range(max(width, max(paths, default=-1) + 1)):
        samples = [value for row in body[:SAMPLE_ROWS] if not _is_blank(value := row.value(index))]
        if index in paths or samples:
            columns.append(
                Column(index, paths.get(index, ()), index in head.hidden_columns, samples)
            )
    return tuple(columns)


def _is_blank(value: CellValue) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


class _Survey:
    """What is counted while all rows of a sheet pass by."""

    def __init__(
        self, header: Header | None, columns: tuple[Column, ...], proposals: tuple[Proposal, ...]
    ) -> None:
        self.columns = columns
        self.proposals = proposals
        self.skipped: dict[int, Problem] = {}
        self.data_rows = self.hidden_rows = self.first_data_row = 0
        self.letters: dict[int, set[str]] = {}
        self._sorter = RowSorter(header, {one.column: one.field for one in proposals})
        self.tallies = {one.index: DateTally() for one in columns if _has_dates(one)}
        self._short = [
            one.column for one in proposals if one.field in {Field.SEX, Field.FAMILY_RELATION}
        ]

    def see(self, row: SheetRow) -> None:
        """Count one row below the header."""
        self.hidden_rows += row.hidden
        reason = self._sorter.reason(row)
        if reason is not None:
            self.skipped[row.number] = reason
            return
        self.data_rows += 1
        self.first_data_row = self.first_data_row or row.number
        for index, tally in self.tallies.items():
            if index < len(row.values) and row.values[index] is not None:
                tally.see(row.values[index])
        for index in self._short:
            found = self.letters.setdefault(index, set())
            if len(found) < DISTINCT_KEPT:
                found.add(shown(row.value(index)).casefold())


def _has_dates(column: Column) -> bool:
    tally = DateTally()
    for value in column.samples:
        tally.see(value)
    return bool(tally.typed or tally.day_first or tally.month_first or tally.open)


def _describe(
    head: SheetHead,
    header: Header | None,
    above: list[SheetRow],
    survey: _Survey,
    profile: Profile,
) -> SheetLayout:
    titles = tuple(" ".join(t for v in row.values if (t := shown(v))) for row in above)
    places = _places_in(titles)
    named = any(one.field in profile.people for one in survey.proposals)
    return SheetLayout(
        name=head.name,
        index=head.index,
        visible=head.visible,
        titles=titles,
        header_rows=tuple(row.number for row in header.rows) if header else (),
        first_data_row=survey.first_data_row,
        columns=survey.columns,
        proposals=survey.proposals,
        skipped=survey.skipped,
        data_rows=survey.data_rows,
        hidden_rows=survey.hidden_rows,
        fingerprint=_digest([normal_title(one.title) for one in survey.columns]),
        is_data=named and survey.data_rows > 0,
        district_guess=places.get("kecamatan") or _district_in(head.name),
        village_guess=places.get("desa", ""),
        letters={index: frozenset(found) for index, found in survey.letters.items()},
        problems=tuple(_problems(head, header, survey, named)),
    )


def _places_in(titles: tuple[str, ...]) -> dict[str, str]:
    """Return the village and district that the titles above a list name."""
    found: dict[str, str] = {}
    for title in titles:
        for match in TITLE_PLACE.finditer(title):
            word = match["word"].casefold()
            word = {"kelurahan": "desa", "kec.": "kecamatan"}.get(word, word)
            found.setdefault(word, match["name"].strip())
    return found


def _district_in(sheet_name: str) -> str:
    """Return the name on the tab where it may be a district; who knows the districts decides."""
    name = DISTRICT_WORD.sub("", sheet_name.strip()).strip(" ._-")
    return "" if NO_DISTRICT.match(name) else name


def _problems(
    head: SheetHead, header: Header | None, survey: _Survey, named: bool
) -> Iterator[Problem]:
    if header is None and survey.columns:
        yield problem("sheet.no_header")
    elif not survey.data_rows:
        yield problem("sheet.no_rows")
    elif not named:
        yield problem("sheet.no_people")
    if not head.visible:
        yield problem("sheet.hidden")
    if survey.hidden_rows:
        yield problem("sheet.hidden_rows", count=survey.hidden_rows)
    hidden = [column_letters(one.index) for one in survey.columns if one.hidden]
    if hidden:
        yield problem("sheet.hidden_columns", columns=", ".join(hidden))
    if not head.flags_known:
        yield problem("sheet.flags_unknown")


def _digest(parts: list[str]) -> str:
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:32]
