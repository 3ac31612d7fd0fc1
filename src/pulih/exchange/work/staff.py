"""Lists of staff: checked row by row, written by the action that knows staff by their NIP."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from typing import Any

from django.db import transaction

from pulih.access.actions.staff import StaffRow, StaffState, import_staff
from pulih.access.models import Office, Section, Unit
from pulih.exchange.models import ImportBatch, ImportChunk
from pulih.exchange.rows.interpreted import Remark
from pulih.exchange.rows.problems import ROWS
from pulih.exchange.sheets.cells import NumberCell
from pulih.exchange.sheets.fields import Field
from pulih.exchange.sheets.layout import Layout
from pulih.exchange.sheets.open import Workbook
from pulih.exchange.sheets.read import Row
from pulih.exchange.work import accounts

NIP_DIGITS = 18


def check_rows(batch: ImportBatch, workbook: Workbook, layout: Layout) -> Counter[str]:
    """Check every row and stage what can be taken."""
    units = units_by_name(batch.office)
    return accounts.check_rows(
        batch, workbook, layout, lambda rows: [_check(row, units) for row in rows]
    )


def write_chunk(chunk: ImportChunk, batch: ImportBatch) -> None:
    """Write the staff of a chunk; it is marked written in the same transaction."""
    with transaction.atomic():
        fresh = ImportChunk.objects.select_for_update().get(pk=chunk.pk)
        if fresh.is_written:
            return
        rows: list[dict[str, str]] = fresh.rows or []
        units = {str(unit.pk): unit for unit in Unit.objects.filter(section__office=batch.office)}
        outcomes = import_staff(
            rows=[
                StaffRow(
                    nip=row["nip"],
                    full_name=row["name"],
                    position=row.get("position", ""),
                    unit=units.get(row.get("unit", "")),
                )
                for row in rows
            ],
            by=batch.created_by,
        )
        accounts.remember(
            batch,
            made=[one.user for one in outcomes if one.state == StaffState.CREATED and one.user],
            changed=[
                (one.user, one.before, one.after)
                for one in outcomes
                if one.state == StaffState.UPDATED and one.user
            ],
        )
        fresh.rows, fresh.is_written = "", True
        fresh.save(update_fields=["rows", "is_written"])
        counts = Counter(batch.counts)
        states = Counter(outcome.state for outcome in outcomes)
        counts.update(
            new=states[StaffState.CREATED],
            known=states[StaffState.UPDATED],
            unchanged=states[StaffState.UNCHANGED] + states[StaffState.REFUSED],
        )
        batch.counts = dict(counts)
        batch.progress_done += len(rows)
        batch.save(update_fields=["counts", "progress_done"])


def units_by_name(office: Office) -> dict[str, str]:
    """Words by which lists name a unit, to its key."""
    names = {}
    for unit in Unit.objects.filter(section__office=office):
        names[_plain(unit.name)] = str(unit.pk)
    return names


def _check(row: Row, units: Mapping[str, str]) -> accounts.CheckedAccount:
    remarks = [
        Remark(str(name or ""), problem.code, str(problem.level), dict(problem.params))
        for name, problem in row.all_problems()
    ]
    packed = {"name": str(row.value(Field.NAME) or "")[:120]}
    if not packed["name"]:
        _say(remarks, Field.NAME, "row.no_name")
    cell = row.value(Field.NIP)
    digits = re.sub(r"\D", "", cell.text) if isinstance(cell, NumberCell) else ""
    if not digits:
        _say(remarks, Field.NIP, "nip.missing")
    elif len(digits) != NIP_DIGITS or (isinstance(cell, NumberCell) and not cell.trusted):
        _say(remarks, Field.NIP, "nip.invalid", text=str(digits))
    packed["nip"] = digits
    if position := row.value(Field.POSITION):
        packed["position"] = str(position)[:120]
    if unit := row.value(Field.UNIT):
        found = units.get(_plain(str(unit)))
        if found:
            packed["unit"] = found
        elif not _is_section(str(unit)):
            _say(remarks, Field.UNIT, "staff.unit_unknown", text=str(unit))
    return accounts.CheckedAccount(row, packed, tuple(remarks))


def _is_section(text: str) -> bool:
    return any(
        kind.value in text.casefold() or str(kind.label).casefold() in text.casefold()
        for kind in Section.Kind
    )


def _plain(text: str) -> str:
    words = re.sub(r"[^a-z ]", " ", text.casefold()).split()
    return " ".join(word for word in words if word not in {"seksi", "bidang", "unit", "dan"})


def _say(remarks: list[Remark], where: str, code: str, **params: Any) -> None:
    remarks.append(Remark(str(where), code, str(ROWS[code].level), params))
