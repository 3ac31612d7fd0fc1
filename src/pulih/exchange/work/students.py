"""Lists of students: checked row by row, written by the action that knows students by their NIM."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

from django.db import transaction

from pulih.access.actions.students import (
    StudentRow,
    StudentState,
    import_students,
)
from pulih.access.models import StudentRecord
from pulih.access.queries import find_students, match_student
from pulih.access.user_rules import plain_nim
from pulih.exchange.models import ImportBatch, ImportChunk
from pulih.exchange.rows.interpreted import Remark
from pulih.exchange.rows.problems import ROWS
from pulih.exchange.sheets.fields import Field
from pulih.exchange.sheets.layout import Layout
from pulih.exchange.sheets.open import Workbook
from pulih.exchange.sheets.read import Row
from pulih.exchange.work import accounts

NIM = re.compile(r"(?=.*\d)[A-Z0-9]{5,20}")
TEXTS = {
    "study_programme": Field.STUDY_PROGRAMME,
    "cohort": Field.COHORT,
    "email": Field.EMAIL,
}


def check_rows(batch: ImportBatch, workbook: Workbook, layout: Layout) -> Counter[str]:
    """Check every row and stage what can be taken; a known NIM is told and changes nothing."""
    return accounts.check_rows(batch, workbook, layout, _checker(batch))


def _checker(batch: ImportBatch) -> Callable[[Sequence[Row]], list[accounts.CheckedAccount]]:
    whole = str(batch.settings.get("university") or "")
    seen: dict[tuple[str, str], tuple[str, int]] = {}

    def check(
        row: Row, packed: dict[str, str], present: dict[str, list[StudentRecord]]
    ) -> accounts.CheckedAccount:
        remarks = [
            Remark(str(name or ""), problem.code, str(problem.level), dict(problem.params))
            for name, problem in row.all_problems()
        ]
        nim = plain_nim(packed["nim"])
        if not packed["name"]:
            _say(remarks, Field.NAME, "row.no_name")
        _check_nim(nim, packed["nim"], remarks)
        if not packed["university"]:
            _say(remarks, Field.UNIVERSITY, "student.no_university")
        if packed["from"] and packed["until"] and packed["until"] < packed["from"]:
            _say(remarks, Field.END_DATE, "student.dates")
            packed["from"] = packed["until"] = ""
        known = match_student(nim, packed["university"], present)
        if known is not None:
            remarks = [_remark(Field.NIM, "student.known", username=known.user.username)]
        elif nim and (before := seen.get((nim, packed["university"].casefold()))):
            _say(remarks, Field.NIM, "nim.repeated", sheet=before[0], row=before[1])
        else:
            seen[nim, packed["university"].casefold()] = (row.sheet, row.number)
        return accounts.CheckedAccount(row, packed, tuple(remarks))

    def check_all(rows: Sequence[Row]) -> list[accounts.CheckedAccount]:
        packed = [_packed(row, whole) for row in rows]
        present = find_students((one["nim"] for one in packed), user=batch.created_by)
        return [check(row, one, present) for row, one in zip(rows, packed, strict=True)]

    return check_all


def _packed(row: Row, university: str) -> dict[str, str]:
    phones = row.value(Field.PHONE) or ()
    packed = {name: str(row.value(field) or "")[:120] for name, field in TEXTS.items()}
    return {
        **packed,
        "name": str(row.value(Field.NAME) or "")[:120],
        "nim": str(row.value(Field.NIM) or "").strip()[:40],
        "university": str(row.value(Field.UNIVERSITY) or university)[:120],
        "phone": str(phones[0]) if phones else "",
        "from": _day(row.value(Field.START_DATE)),
        "until": _day(row.value(Field.END_DATE)),
    }


def _day(value: Any) -> str:
    return value.isoformat() if isinstance(value, dt.date) else ""


def _check_nim(nim: str, text: str, remarks: list[Remark]) -> None:
    if not nim:
        _say(remarks, Field.NIM, "nim.missing")
    elif not NIM.fullmatch(nim):
        _say(remarks, Field.NIM, "nim.invalid", text=text)


def write_chunk(chunk: ImportChunk, batch: ImportBatch) -> None:
    """Write the students of a chunk; it is marked written in the same transaction."""
    with transaction.atomic():
        fresh = ImportChunk.objects.select_for_update().get(pk=chunk.pk)
        if fresh.is_written:
            return
        rows: list[dict[str, str]] = fresh.rows or []
        outcomes = import_students(rows=[_student(row) for row in rows], by=batch.created_by)
        new = [one.user for one in outcomes if one.state == StudentState.CREATED]
        accounts.remember(batch, made=new)
        fresh.rows, fresh.is_written = "", True
        fresh.save(update_fields=["rows", "is_written"])
        counts = Counter(batch.counts)
        counts.update(new=len(new), unchanged=len(outcomes) - len(new))
        batch.counts = dict(counts)
        batch.progress_done += len(rows)
        batch.save(update_fields=["counts", "progress_done"])


def _student(row: dict[str, str]) -> StudentRow:
    return StudentRow(
        nim=row["nim"],
        full_name=row["name"],
        university=row["university"],
        study_programme=row["study_programme"],
        cohort=row["cohort"],
        email=row["email"],
        phone=row["phone"],
        planned_from=dt.date.fromisoformat(row["from"]) if row["from"] else None,
        planned_until=dt.date.fromisoformat(row["until"]) if row["until"] else None,
    )


def _remark(where: str, code: str, **params: Any) -> Remark:
    return Remark(str(where), code, str(ROWS[code].level), params)


def _say(remarks: list[Remark], where: str, code: str, **params: Any) -> None:
    remarks.append(_remark(where, code, **params))
