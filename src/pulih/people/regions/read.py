"""Reads region tables: any CSV with a code and a name column."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from importlib.resources import files
from pathlib import Path

from pulih.people.models.region import dotted

CODE_HEADERS = frozenset({"code", "kode", "kode_wilayah", "kodewilayah"})
NAME_HEADERS = frozenset({"name", "nama", "nama_wilayah", "namawilayah"})


class RegionFileError(ValueError):
    """The file is not a table of regions; the message says where."""


def read_ngawi() -> list[tuple[str, str]]:
    """East Java, Ngawi, its 19 districts and 217 villages."""
    text = (files(__package__) / "ngawi.csv").read_text("utf-8")
    return list(parse(text))


def read_file(path: Path) -> list[tuple[str, str]]:
    """The codes and names of a CSV file, separated by commas, semicolons, tabs or pipes."""
    try:
        text = path.read_text("utf-8-sig")
    except UnicodeDecodeError:
        text = path.read_text("cp1252")
    return list(parse(text))


def parse(text: str) -> Iterator[tuple[str, str]]:
    """Code with dots and name of every row.

    Raises:
        RegionFileError: no code or name column, or a row without a region code.
    """
    first = text.partition("\n")[0]
    delimiter = max(",;\t|", key=first.count)
    rows = csv.reader(io.StringIO(text), delimiter=delimiter)
    header = [cell.strip().casefold().replace(" ", "_") for cell in next(rows, [])]
    code_at = _column(header, CODE_HEADERS)
    name_at = _column(header, NAME_HEADERS)
    for number, row in enumerate(rows, start=2):
        if not any(cell.strip() for cell in row):
            continue
        try:
            code, name = dotted(row[code_at]), " ".join(row[name_at].split())
        except (IndexError, ValueError) as trouble:
            raise RegionFileError(f"row {number}: {trouble}") from trouble
        if not name:
            raise RegionFileError(f"row {number}: {code} has no name")
        yield code, name


def _column(header: Iterable[str], names: frozenset[str]) -> int:
    for index, cell in enumerate(header):
        if cell in names:
            return index
    raise RegionFileError(f"row 1: no column named {' or '.join(sorted(names))}")
