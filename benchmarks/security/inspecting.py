"""Looks through an office after a crash: what was acknowledged, what is half, what is left over."""

from __future__ import annotations

import hashlib
import sqlite3
import sys
import time
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import world
from security.crash_load import Load

SWEPT_SECONDS = 10
IMPORT_SECONDS = 60


@dataclass
class Found:
    """What is missing, and what else is not as it must be."""

    lost: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)


def acknowledged_missing(
    link: sqlite3.Connection, files: Path, tasks: set[str], sizes: set[str]
) -> list[str]:
    """What was acknowledged and is not there; a file is there when its content is whole."""
    days = {row[0] for row in link.execute("SELECT due_on FROM inbox_task")}
    lost = [f"task due {day}" for day in sorted(tasks - days)]
    query = "SELECT size, storage_path, sha256, removed_at FROM files_attachment"
    rows = list(link.execute(query))
    kept = {str(size) for size, *_rest in rows}
    lost += [f"file {size}" for size in sorted(sizes - kept)]
    whole = [(files / path, digest) for _size, path, digest, gone in rows if not gone]
    return lost + [f"content {path}" for path, digest in whole if not _is_whole(path, digest)]


def removed_missing(link: sqlite3.Connection, keys: set[str]) -> list[str]:
    """Files whose removal was acknowledged and that are there again."""
    query = "SELECT id FROM files_attachment WHERE removed_at IS NOT NULL"
    gone = {row[0] for row in link.execute(query)}
    return [f"removal of {key}" for key in sorted(keys) if key.replace("-", "") not in gone]


def _is_whole(path: Path, digest: str) -> bool:
    return path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() == digest


def half_written(link: sqlite3.Connection) -> list[str]:
    """Tasks and files without their line in the trail, and lines without what they are about."""
    halves = []
    # Both are read at one moment, whoever writes meanwhile.
    link.execute("BEGIN")
    for table, verb in (("inbox_task", "task.opened"), ("files_attachment", "file.attached")):
        query = f"SELECT replace(subject_id, '-', '') FROM access_auditevent WHERE verb = '{verb}'"
        told = {row[0] for row in link.execute(query)}
        there = {row[0] for row in link.execute(f"SELECT id FROM {table}")}
        halves += [f"{table} {key} without its line" for key in there - told]
        halves += [f"line of {table} {key} without it" for key in told - there]
    link.execute("COMMIT")
    return halves


class Inspector:
    """Reads a folder with a process of its own, beside the server."""

    def __init__(self, data: Path) -> None:
        self.data = data
        world.prepare(data)

    def look(self, load: Load, *, imported: str, rows: int) -> Found:
        """Everything that must hold after a crash, while the server is up again."""
        found = Found()
        writes = load.acknowledged
        tasks = {write.mark for write in writes if write.kind == "task"}
        sizes = {write.mark for write in writes if write.kind == "file"}
        database = self.data / "pulih.sqlite3"
        with closing(sqlite3.connect(f"file:{database}?mode=rw", uri=True, timeout=60)) as link:
            if (state := link.execute("PRAGMA integrity_check").fetchone()[0]) != "ok":
                found.wrong.append(f"integrity: {state}")
            found.lost = acknowledged_missing(link, self.data / "files", tasks, sizes)
            removed = {write.mark for write in writes if write.kind == "removal"}
            found.lost += removed_missing(link, removed)
            found.wrong += half_written(link)
            found.wrong += self._left_over(link)
            if imported:
                found.wrong += _import_ended(link, imported, rows)
        found.wrong += self._trail()
        return found

    def _left_over(self, link: sqlite3.Connection) -> list[str]:
        """Contents without a record, once the server has had the time to sweep them."""
        limit, strays = time.monotonic() + SWEPT_SECONDS, ["?"]
        while strays and time.monotonic() < limit:
            rows = link.execute(
                "SELECT storage_path FROM files_attachment WHERE removed_at IS NULL"
            )
            known = {row[0] for row in rows}
            folder = self.data / "files"
            here = [str(file.relative_to(folder)) for file in folder.glob("*/*") if file.is_file()]
            strays = [name for name in here if name.removesuffix(".t") not in known]
            if strays:
                time.sleep(0.1)
        return [f"left over: {name}" for name in strays]

    def _trail(self) -> list[str]:
        from django.db import connection

        from pulih.access import chain
        from pulih.access.models import Office

        faults = [text for office in Office.objects.all() for text in chain.faults(office)]
        connection.close()
        return faults


def _import_ended(link: sqlite3.Connection, key: str, rows: int) -> list[str]:
    """The import that was cut off goes on by itself, and writes each row once."""
    key = key.replace("-", "")
    limit = time.monotonic() + IMPORT_SECONDS
    state = ""
    while state != "done" and time.monotonic() < limit:
        query = "SELECT state FROM exchange_importbatch WHERE id = ?"
        state = link.execute(query, [key]).fetchone()[0]
        time.sleep(0.1)
    query = (
        "SELECT count(*), count(DISTINCT person_id) FROM exchange_importedrow WHERE batch_id = ?"
    )
    written = link.execute(query, [key]).fetchone()
    wrong = [] if state == "done" else [f"the import stands at {state}"]
    if written != (rows, rows):
        wrong.append(f"the import wrote {written} of {rows}")
    return wrong
