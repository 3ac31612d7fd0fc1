"""Makes small spreadsheets, and walks an import to its end."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from pulih.access.models import User
from pulih.exchange.actions.uploading import confirm_mapping, start_import, upload_file
from pulih.exchange.models import ImportBatch
from pulih.exchange.sheets.read import proposed_mappings
from pulih.exchange.tasks import work_on_batch
from pulih.exchange.work import layouts

FILES = Path(__file__).parent / "files"
TITLES = ("No", "NIK", "Nama", "L/P", "Tgl Lahir", "Desa", "Kecamatan", "Jenis PPKS")


@pytest.fixture
def make_sheet() -> Callable[..., bytes]:
    """Make an XLSX of one sheet."""

    def make(rows: Iterable[Sequence[Any]], titles: Sequence[str] = TITLES) -> bytes:
        book = openpyxl.Workbook()
        page = book.active
        assert page is not None
        page.title = "Data"
        page.append(list(titles))
        for row in rows:
            page.append(list(row))
        buffer = io.BytesIO()
        book.save(buffer)
        return buffer.getvalue()

    return make


@pytest.fixture
def data_officer(make_user: Callable[..., User]) -> User:
    """Who imports."""
    return make_user("data_officer")


@pytest.fixture
def check(data_officer: User) -> Callable[..., ImportBatch]:
    """Upload a file and take its columns as they are proposed: up to the check of the rows."""

    def walk(
        content: bytes, *, kind: str = "people", name: str = "daftar.xlsx", **settings: Any
    ) -> ImportBatch:
        batch = upload_file(kind=kind, name=name, content=content, by=data_officer)
        work_on_batch.enqueue(str(batch.pk))
        batch = _fresh(batch)
        layout = layouts.unpack(batch.layout)
        mapping = {
            sheet: {str(column): str(field) for column, field in columns.items()}
            for sheet, columns in proposed_mappings(layout).items()
        }
        confirm_mapping(
            batch=batch,
            mapping=mapping,
            settings={"date": "2026-11-24", **settings},
            by=data_officer,
        )
        work_on_batch.enqueue(str(batch.pk))
        return _fresh(batch)

    return walk


@pytest.fixture
def import_file(
    check: Callable[..., ImportBatch], data_officer: User
) -> Callable[..., ImportBatch]:
    """Walk an import to its end."""

    def walk(content: bytes, **options: Any) -> ImportBatch:
        batch = check(content, **options)
        start_import(batch=batch, by=data_officer)
        work_on_batch.enqueue(str(batch.pk))
        return _fresh(batch)

    return walk


def _fresh(batch: ImportBatch) -> ImportBatch:
    return ImportBatch.objects.unscoped(reason="test").get(pk=batch.pk)


@pytest.fixture
def read_test_file() -> Callable[[str], bytes]:
    """Read one of the files that another program made."""
    return lambda name: (FILES / name).read_bytes()
