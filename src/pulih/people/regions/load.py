"""What `pulih regions` does."""

from __future__ import annotations

from pathlib import Path

from pulih.people.actions.regions import Counts, load_regions
from pulih.people.regions.fetch import Echo, fetch_all
from pulih.people.regions.read import read_file


def load_all(file: Path | None, echo: Echo) -> Counts:
    """Load every region of a file with code and name, or of the national table.

    Args:
        file: a CSV with the columns kode,nama (or code,name); None fetches the pinned package.
        echo: takes lines to show, such as the attribution that the data's licence asks for.

    Raises:
        RegionFileError: the file is not such a table.
        FetchError: the package could not be fetched or is not the pinned one.
        RuleError: a code has no region above it.
    """
    rows = read_file(file) if file is not None else fetch_all(echo)
    counts = load_regions(rows=rows, by=None)
    echo(
        f"{counts.total} wilayah / regions: {counts.added} baru / new,"
        f" {counts.changed} berubah / changed, {counts.former} tidak berlaku lagi / no longer"
        " in force"
    )
    return counts
