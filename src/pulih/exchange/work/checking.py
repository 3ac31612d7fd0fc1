"""Checks every row of a file: what it means, who is known, who is perhaps the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, TypeVar
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from jejak.duplicates import find_duplicates
from jejak.memory import MemorySource
from jejak.records import Match, Record
from pulih.common.clock import today
from pulih.common.crypto import blind_index
from pulih.exchange.models import ImportBatch, ImportChunk, ImportedRow, RowReport
from pulih.exchange.rows.interpreted import InterpretedRow, Remark
from pulih.exchange.rows.packing import pack
from pulih.exchange.rows.people import PeopleReader, SheetPlace
from pulih.exchange.rows.problems import ROWS
from pulih.exchange.sheets.fields import Field
from pulih.exchange.sheets.layout import Layout
from pulih.exchange.sheets.open import Workbook
from pulih.exchange.sheets.read import Row, read_rows
from pulih.exchange.work.bulk import Said, insert_reports
from pulih.people.drafts import NumberDraft
from pulih.people.models import Identifier
from pulih.people.queries.known import (
    KnownPerson,
    find_by_numbers,
    list_numbers,
    list_open_records,
    number_index,
)
from pulih.people.records import COMPARED, make_record, token

CHUNK = 500
ROW_MARK = "row:"
PROBABLE = 0.5
Verdict = RowReport.Verdict
T = TypeVar("T")


@dataclass
class Checked:
    """What one row came to, on its way into a chunk."""

    row: InterpretedRow
    source: Row
    verdict: str = ""
    person_key: str = ""
    nik_index: str = ""
    known: KnownPerson | None = None
    is_new: bool = False
    remarks: list[Remark] = field(default_factory=list)


class RowChecker:
    """Goes through the rows of one batch and stages what can be taken."""

    def __init__(self, batch: ImportBatch, workbook: Workbook, layout: Layout) -> None:
        self._batch, self._workbook, self._layout = batch, workbook, layout
        self._reader = PeopleReader(
            office=batch.office,
            settings=batch.settings,
            today=today(),
            sheet_places={
                sheet.name: SheetPlace(sheet.district_guess, sheet.village_guess)
                for sheet in layout.sheets
            },
        )
        self._seen_rows: dict[str, tuple[str, int]] = {}
        self._seen_people: dict[str, tuple[str, int]] = {}
        self._records: list[Record] = []
        self._where: dict[str, tuple[str, int]] = {}
        self._counts: Counter[str] = Counter()
        self._position = 0

    def run(self) -> Counter[str]:
        """Check everything; progress is written after each chunk.

        Returns:
            Counts by verdict, and `rows`, `taken`, `new`, `known`, `sealed`, `pairs`.
        """
        mappings = {
            fingerprint: {int(column): Field(name) for column, name in columns.items()}
            for fingerprint, columns in self._batch.mapping.items()
        }
        rows = read_rows(self._workbook, self._layout, mappings, today=today())
        for part in _in_parts(rows, CHUNK):
            self._check(part)
        self._counts["pairs"] = self._find_pairs()
        return self._counts

    def _check(self, rows: Sequence[Row]) -> None:
        checked = [Checked(self._reader.interpret(row), row) for row in rows]
        for one in checked:
            one.remarks = list(one.row.remarks)
            if one.row.nik:
                one.nik_index = number_index(Identifier.Kind.NIK, one.row.nik)
            if not one.row.is_sealed:
                one.person_key = one.nik_index or _person_key(one.row)
        self._mark_unchanged(checked)
        self._mark_known(checked)
        staged = []
        for one in checked:
            self._judge(one)
            if one.verdict not in {Verdict.REFUSED, Verdict.UNCHANGED}:
                staged.append(one)
        with transaction.atomic():
            insert_reports(
                self._batch, (_said(one) for one in checked if one.verdict or one.remarks)
            )
            if staged:
                ImportChunk.objects.create(
                    batch=self._batch,
                    position=self._position,
                    rows=[_staged(one) for one in staged],
                )
            self._position += 1
            self._batch.progress_done += len(rows)
            self._batch.save(update_fields=["progress_done"])

    def _mark_unchanged(self, checked: Iterable[Checked]) -> None:
        digests = [one.row.digest for one in checked]
        before = set(
            ImportedRow.objects.filter(
                # A row that became a sealed report stays taken when its import is undone.
                Q(batch__state=ImportBatch.State.DONE) | Q(person=None),
                office=self._batch.office,
                digest__in=digests,
            )
            .exclude(batch=self._batch)
            .values_list("digest", flat=True)
        )
        for one in checked:
            place = (one.row.sheet, one.row.number)
            if one.row.digest in before or one.row.digest in self._seen_rows:
                one.verdict = Verdict.UNCHANGED
                one.remarks = [_remark("row.unchanged")]
            else:
                self._seen_rows[one.row.digest] = place

    def _mark_known(self, checked: Iterable[Checked]) -> None:
        indexes = {one.nik_index for one in checked if one.nik_index}
        known = find_by_numbers(indexes, office=self._batch.office)
        for one in checked:
            one.known = known.get(one.nik_index)

    def _judge(self, one: Checked) -> None:
        self._counts["rows"] += 1
        if one.verdict == Verdict.UNCHANGED:
            self._counts[Verdict.UNCHANGED] += 1
            return
        if one.row.is_refused:
            one.verdict = Verdict.REFUSED
            self._counts[Verdict.REFUSED] += 1
            return
        if one.row.is_warned:
            one.verdict = Verdict.WARNED
        self._counts["warned" if one.row.is_warned else "clean"] += 1
        self._counts["taken"] += 1
        self._place(one)
        if one.remarks and not one.verdict:
            self._counts[Verdict.NOTED] += 1

    def _place(self, one: Checked) -> None:
        """Say to whom the row goes: somebody known, an earlier row's person, or somebody new."""
        here = (one.row.sheet, one.row.number)
        if one.row.is_sealed:
            self._counts["sealed"] += 1
        elif one.known is not None:
            self._counts["known"] += 1
            one.remarks.append(_remark("row.known_person", number=one.known.number))
        elif one.person_key and one.person_key in self._seen_people:
            sheet, row = self._seen_people[one.person_key]
            self._counts["same"] += 1
            one.remarks.append(_remark("row.same_person", sheet=sheet, row=row))
        else:
            self._counts["new"] += 1
            one.is_new = True
            if one.person_key:
                self._seen_people[one.person_key] = here
            self._where[ROW_MARK + one.row.digest] = here
            self._records.append(_record(one))

    def _find_pairs(self) -> int:
        """Compare new people with the registry and among themselves; remark each pair."""
        if not self._records:
            return 0
        source = MemorySource(list_open_records(office=self._batch.office))
        count = 0
        found = find_duplicates(self._records, source, minimum=PROBABLE, today=today())
        for part in _in_parts(found, CHUNK):
            count += len(part)
            others = [key for pair in part if (key := _uuid(pair.match.record.id))]
            numbers = list_numbers(others)
            with transaction.atomic():
                insert_reports(
                    self._batch,
                    (self._pair(pair.record.id, pair.match, numbers) for pair in part),
                )
        return count

    def _pair(self, digest: str, match: Match, numbers: dict[UUID, str]) -> Said:
        sheet, row = self._where[digest]
        other = _uuid(match.record.id)
        told: dict[str, Any] = {"score": round(match.score * 100), "other": match.record.id}
        if other is not None:
            code = "row.perhaps_same"
            told["number"] = numbers.get(other, "")
        else:
            code = "row.perhaps_same_row"
            told["sheet"], told["row"] = self._where[match.record.id]
        return Said(
            sheet,
            row,
            Verdict.DUPLICATE,
            [_remark(code, **told).packed()],
            digest=digest.removeprefix(ROW_MARK),
        )


def _in_parts(rows: Iterable[T], size: int) -> Iterator[list[T]]:
    waiting = iter(rows)
    while part := list(islice(waiting, size)):
        yield part


def _person_key(row: InterpretedRow) -> str:
    """Rows with the same key are one person without anybody judging (R-EXC-6).

    That is the same trusted NIK (its index is the key), or, asked here, the same whole name, sex,
    exact birth date and village.
    """
    draft = row.draft
    home = draft.addresses[0].region_code if draft.addresses else ""
    exact = draft.birth is not None and draft.birth.is_exact and not draft.birth.is_default_day
    if not (exact and draft.sex and home.count(".") == 3 and " " in draft.full_name):
        return ""
    assert draft.birth is not None  # noqa: S101 - said by `exact`
    words = " ".join(draft.full_name.casefold().split())
    said = f"{words}|{draft.sex}|{draft.birth.earliest}|{home}"
    return blind_index(said, purpose="import.person")


def _record(one: Checked) -> Record:
    draft = one.row.draft
    return make_record(
        ROW_MARK + one.row.digest,
        names=(draft.full_name, *(name.text for name in draft.names)),
        sex=draft.sex,
        birth=draft.birth,
        places=[address.region_code for address in draft.addresses],
        relatives=((kin.relation, kin.name) for kin in draft.kin),
        identifiers=[
            token(number.kind, _index(one, number))
            for number in draft.numbers
            if number.kind in COMPARED
        ],
    )


def _index(one: Checked, number: NumberDraft) -> str:
    if one.nik_index and number.kind == Identifier.Kind.NIK:
        return one.nik_index
    return number_index(number.kind, number.text)


def _staged(one: Checked) -> dict[str, Any]:
    staged: dict[str, Any] = {
        "draft": pack(one.row.draft),
        "digest": one.row.digest,
        "key": one.person_key,
    }
    if one.nik_index:
        staged["by_nik"] = True
    if one.is_new:
        staged["new"] = True
    if one.row.is_sealed:
        staged["sealed"] = True
        staged["initials"] = one.row.initials
    return staged


def _said(one: Checked) -> Said:
    return Said(
        one.row.sheet,
        one.row.number,
        one.verdict or Verdict.NOTED,
        [remark.packed() for remark in one.remarks],
        one.source.texts if one.verdict == Verdict.REFUSED else None,
        one.row.digest,
    )


def _remark(code: str, **params: Any) -> Remark:
    return Remark("", code, str(ROWS[code].level), params)


def _uuid(text: str) -> UUID | None:
    """The key of an entry; digests of rows are marked, since they are hex digits as well."""
    return None if text.startswith(ROW_MARK) else UUID(text)
