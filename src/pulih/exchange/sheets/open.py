"""Opens an office's file: says what it is, and streams its sheets from a limited process."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO, Any

from pulih.common import limited
from pulih.exchange.sheets.kinds import FileKind
from pulih.exchange.sheets.refusals import LIMITS, FileRefused
from pulih.exchange.sheets.values import SheetHead, SheetRow
from pulih.exchange.sheets.wire import unpack_head, unpack_row

WORK = "pulih.exchange.sheets.reading"
BOUNDS = limited.Bounds(
    memory_bytes=LIMITS.memory_bytes,
    cpu_seconds=LIMITS.cpu_seconds,
    wall_seconds=LIMITS.wall_seconds,
)
Source = limited.Source


class Sheet:
    """One sheet while it is being read; its rows can be taken once."""

    def __init__(self, head: SheetHead, lines: Iterator[dict[str, Any]]) -> None:
        self.head = head
        self._lines = lines
        self.next_head: SheetHead | None = None
        self._done = False

    @property
    def name(self) -> str:
        """Return the name on the tab, empty for a text list."""
        return self.head.name

    def rows(self) -> Iterator[SheetRow]:
        """Yield the rows that are not wholly empty."""
        while not self._done:
            line = next(self._lines, None)
            if line is None:
                self._done = True
            elif "sheet" in line:
                self.next_head = unpack_head(line["sheet"])
                self._done = True
            else:
                for packed in line["rows"]:
                    yield unpack_row(packed)


@dataclass(frozen=True, slots=True)
class Workbook:
    """A file that can be read: its kind, its sheets, and for text how it is written."""

    source: Source
    kind: FileKind
    sheet_names: tuple[str, ...]
    hidden_sheets: frozenset[str]
    encoding: str = ""
    separator: str = ""

    def read(self) -> Iterator[Sheet]:
        """Yield each sheet in order; a sheet's rows must be taken before the next sheet."""
        with _reader(self.source, "rows", self.kind.value) as lines:
            first = next(lines, None)
            head = unpack_head(first["sheet"]) if first else None
            while head is not None:
                sheet = Sheet(head, lines)
                yield sheet
                for _ in sheet.rows():
                    pass
                head = sheet.next_head


def open_workbook(source: Source) -> Workbook:
    """Find out what the file is and which sheets it has.

    Raises:
        FileRefused: for a file that is empty, locked, damaged, too large, or no spreadsheet.
    """
    with _reader(source, "list") as lines:
        about = next(lines)["about"]
        for _ in lines:
            pass
    kind = FileKind(about["kind"])
    if kind is not FileKind.CSV and not about["sheets"]:
        raise FileRefused("file.empty")
    return Workbook(
        source=source,
        kind=kind,
        sheet_names=tuple(name for name, _ in about["sheets"]) or ("",),
        hidden_sheets=frozenset(name for name, visible in about["sheets"] if not visible),
        encoding=about.get("encoding", ""),
        separator=about.get("separator", ""),
    )


@contextmanager
def _reader(source: Source, *task: str) -> Iterator[Iterator[dict[str, Any]]]:
    with limited.begin(WORK, task, source, BOUNDS) as process:
        yield _lines(process)


def _lines(process: subprocess.Popen[bytes]) -> Iterator[dict[str, Any]]:
    stdout: IO[bytes] | None = process.stdout
    for text in stdout or ():
        line: dict[str, Any] = json.loads(text)
        if "refused" in line:
            code, params = line["refused"]
            raise FileRefused(code, **params)
        if "end" in line:
            return
        yield line
    try:
        limited.require_done(process)
    except limited.DecodingStopped as stopped:
        if stopped.took_too_long:
            raise FileRefused("file.takes_too_long") from None
        # A signal ends a process that may not have the memory it asks for; an exit is an error of
        # the reader about what it found.
        code = "file.needs_too_much" if stopped.was_killed else "file.damaged"
        raise FileRefused(code) from None
    raise FileRefused("file.damaged")
