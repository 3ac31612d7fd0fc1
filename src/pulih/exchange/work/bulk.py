"""Inserts the many small rows of an import without the model layer, at the speed of the disk."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection, models

from pulih.common.crypto import encrypt
from pulih.exchange.models import ImportBatch, ImportedRow, RowReport

REPORT = ("id", "batch_id", "sheet", "row", "verdict", "problems", "cells", "digest")
IMPORTED = ("batch_id", "office_id", "digest", "person_key", "person_id")
SHEET_NAME = 80


@dataclass(frozen=True, slots=True)
class Said:
    """What there is to say of one row.

    Attributes:
        problems: packed remarks.
        cells: the row as it was, where it is refused.
    """

    sheet: str
    row: int
    verdict: str
    problems: list[list[Any]]
    cells: list[str] | None = None
    digest: str = ""


def insert_reports(batch: ImportBatch, said: Iterable[Said]) -> None:
    """Add reports of rows; their words are encrypted as the model's fields encrypt them."""
    _insert(RowReport, REPORT, [_report(batch.pk.hex, one) for one in said])


def insert_imported(batch: ImportBatch, rows: Iterable[tuple[str, str, UUID | None]]) -> None:
    """Remember rows that were taken: digest, key of the person, person."""
    mine, office = batch.pk.hex, batch.office_id.hex
    _insert(
        ImportedRow,
        IMPORTED,
        [
            (mine, office, digest, key, person.hex if person else None)
            for digest, key, person in rows
        ],
    )


def _report(batch: str, said: Said) -> tuple[Any, ...]:
    key = uuid.uuid4()
    return (
        *(key.hex, batch, said.sheet[:SHEET_NAME], said.row, str(said.verdict)),
        _hide("problems", key, said.problems),
        _hide("cells", key, said.cells) if said.cells else "",
        said.digest,
    )


def _hide(column: str, key: UUID, value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return encrypt(text, place=f"{RowReport._meta.db_table}|{column}|{key}")


def _insert(
    model: type[models.Model], columns: Sequence[str], rows: Sequence[tuple[Any, ...]]
) -> None:
    if not rows:
        return
    names = ", ".join(connection.ops.quote_name(name) for name in columns)
    marks = ", ".join(["%s"] * len(columns))
    statement = f"INSERT INTO {model._meta.db_table} ({names}) VALUES ({marks})"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.executemany(statement, rows)
