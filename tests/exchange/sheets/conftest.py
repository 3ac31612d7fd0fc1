"""Real files for the tests of reading, written where each test runs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from pulih.exchange.sheets.fields import PEOPLE, Profile
from pulih.exchange.sheets.layout import Layout, find_layout
from pulih.exchange.sheets.open import open_workbook
from pulih.exchange.sheets.read import Row, proposed_mappings, read_rows
from tests.exchange.sheets import lists

TODAY = dt.date(2026, 11, 24)
FILES = Path(__file__).parents[1] / "files"


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Write a workbook, rows, text or bytes as a real file."""

    def _write(content: Any, name: str = "list.xlsx") -> Path:
        path = tmp_path / name
        if isinstance(content, Workbook):
            return lists.save(content, path)
        if isinstance(content, list):
            return lists.save(lists.sheet_of(content)[0], path)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return _write


@pytest.fixture
def layout_of(write: Callable[..., Path]) -> Callable[..., Layout]:
    """Find the layout of a file, or of what becomes one."""

    def _layout(content: Any, name: str = "list.xlsx", profile: Profile = PEOPLE) -> Layout:
        path = content if isinstance(content, Path) else write(content, name)
        return find_layout(open_workbook(path), profile)

    return _layout


@pytest.fixture
def rows_of(write: Callable[..., Path]) -> Callable[..., list[Row]]:
    """Read the people of a file by the mapping that is proposed."""

    def _rows(content: Any, name: str = "list.xlsx", profile: Profile = PEOPLE) -> list[Row]:
        path = content if isinstance(content, Path) else write(content, name)
        book = open_workbook(path)
        layout = find_layout(book, profile)
        return list(read_rows(book, layout, proposed_mappings(layout), today=TODAY))

    return _rows
