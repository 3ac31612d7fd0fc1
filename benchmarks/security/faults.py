"""The ground gives way under a serving office: what people read, what is kept, how soon it is well.

.venv/bin/python benchmarks/security/faults.py --small | --full

Needs root, for a small disk of its own and for limits on the server's processes.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import psycopg
from security import ground, living
from security.cluster import Cluster
from security.figures import Figure, is_full, tell

BAR = 12
RECOVERY_SECONDS = 10
BACKGROUND_SECONDS = 20
"""Pages are well within the first; an import has then still its work to do."""
SPARE_MEGABYTES = 12
PORT, POSTGRES_PORT = 8711, 5471
FULL, BUSY = "Disk server penuh", "Terlalu banyak yang ditulis bersamaan"
GONE, BROKEN = "Basis data tidak dapat dihubungi", "Server tidak dapat menulis ke disknya"
NOTHING, UNSURE = "Tidak ada dari langkah ini yang tersimpan", "Belum pasti apakah"
LINES = "SELECT count(*) FROM access_auditevent WHERE verb = 'task.opened'"
TASKS = "SELECT count(*) FROM inbox_task"
FILES = "SELECT count(*) FROM files_attachment"


@dataclass
class Office:
    """A serving office, somebody at work in it, and a way to look into its database."""

    server: living.Server
    browser: living.Browser
    people: list[str]
    ask: Callable[[str], int]
    number: int = 0

    @property
    def database(self) -> Path:
        return self.server.folder / "pulih.sqlite3"

    def add_task(self) -> living.Answer:
        self.number += 1
        return self.browser.add_task(f"Tugas {self.number}")

    def census(self) -> tuple[int, int, int, int]:
        """What a step would leave: tasks, lines of tasks, files in the database, on the disk."""
        folder = self.server.folder / "files"
        contents = sum(1 for file in folder.glob("*/*") if file.is_file())
        return self.ask(TASKS), self.ask(LINES), self.ask(FILES), contents


@dataclass(frozen=True)
class Scenario:
    """What gives way, what somebody does meanwhile, and the words that they must read."""

    name: str
    gives_way: Callable[[Office], AbstractContextManager[None]]
    act: Callable[[Office], living.Answer]
    words: tuple[str, ...]


def fill(office: Office, but: int = 0) -> AbstractContextManager[None]:
    return ground.full(office.server.folder.parent, but=but)


def attach(office: Office, size: int) -> living.Answer:
    return office.browser.attach(office.people[0], b"baris teks\n" * (size // 11))


def log_in(office: Office) -> living.Answer:
    return living.Browser(office.server.port).log_in("loket")


def part_of_a_page(office: Office) -> living.Answer:
    fields = {"title": "Bagian", "body": "", "priority": "2", "recurrence": "none"}
    return office.browser.post("/tugas/baru/", fields, **{"HX-Request": "true"})


MEGABYTE = 1 << 20
ON_SQLITE = (
    Scenario("disk full, a form is sent", fill, Office.add_task, (FULL, NOTHING)),
    Scenario("disk full, a part of a page is sent", fill, part_of_a_page, (FULL, NOTHING)),
    Scenario("disk full, a large file comes in", fill, lambda o: attach(o, 4 * MEGABYTE), (FULL,)),
    Scenario(
        "disk full while a file is stored",
        lambda o: fill(o, but=MEGABYTE),
        lambda o: attach(o, 2 * MEGABYTE),
        (FULL, NOTHING),
    ),
    Scenario("disk full, somebody logs in", fill, log_in, (FULL,)),
    Scenario(
        "the database's file is gone",
        lambda o: ground.moved_away(o.database),
        Office.add_task,
        (GONE,),
    ),
    Scenario(
        "the disk takes no writes",
        lambda o: ground.read_only(o.server.folder),
        Office.add_task,
        (BROKEN,),
    ),
    Scenario(
        "the folder of files takes no writes",
        lambda o: ground.read_only(o.server.folder / "files"),
        lambda o: attach(o, MEGABYTE),
        (BROKEN,),
    ),
    Scenario(
        "the system refuses to write",
        lambda o: ground.cannot_grow(o.server),
        Office.add_task,
        (BROKEN,),
    ),
    Scenario(
        "the database's file is damaged",
        lambda o: ground.overwritten(o.database),
        Office.add_task,
        (BROKEN,),
    ),
    Scenario(
        "somebody holds the lock of the database",
        lambda o: ground.locked(o.database),
        Office.add_task,
        (BUSY, NOTHING),
    ),
)
SMALL = 7
"""So many of them run for a landing."""


def on_postgres(cluster: Cluster) -> tuple[Scenario, ...]:
    """The same on the other engine, as far as it differs."""
    return (
        Scenario("PostgreSQL is down", lambda _: ground.stopped(cluster), Office.add_task, (GONE,)),
        Scenario(
            "somebody holds a table of PostgreSQL",
            lambda _: ground.table_locked(cluster, "inbox_task"),
            Office.add_task,
            (BUSY, NOTHING),
        ),
        Scenario(
            "PostgreSQL takes no writes",
            lambda _: ground.standby(cluster),
            Office.add_task,
            (BROKEN,),
        ),
    )


def play(scenario: Scenario, office: Office) -> tuple[list[str], dict[str, float]]:
    """Let the ground give way; returns what was wrong, and the seconds it took."""
    before = office.census()
    with scenario.gives_way(office):
        begun = time.perf_counter()
        answer = scenario.act(office)
        told = time.perf_counter() - begun
    begun = time.perf_counter()
    wrong = _wrong_words(answer, scenario.words)
    after = office.census()
    if after != before:
        wrong.append(f"something was kept: {before} became {after}")
    while not (kept := office.add_task().is_kept):
        if time.perf_counter() - begun > RECOVERY_SECONDS:
            break
        time.sleep(0.1)
    recovered = time.perf_counter() - begun
    if not kept:
        wrong.append(f"still ill after {recovered:.1f} s")
    return wrong, {"told": round(told, 2), "recovered": round(recovered, 2)}


def _wrong_words(answer: living.Answer, words: tuple[str, ...]) -> list[str]:
    wrong = []
    if answer.status != 503:
        wrong.append(f"answered {answer.status}")
    if not answer.headers.get("retry-after", "").isdigit():
        wrong.append("does not say when to try again")
    if "Traceback" in answer.text or "Error" in answer.text:
        wrong.append("shows its inside")
    wrong += [f"does not say: {text}" for text in words if text not in answer.text]
    return wrong


def backup_on_a_full_disk(office: Office) -> tuple[list[str], dict[str, float]]:
    """A backup finds no room: it says so, leaves nothing behind, and the office works on."""
    folder = office.server.folder
    target = folder.parent / "backups"
    for who in ("kadis", "sekretaris"):
        _pulih(folder, "keys", "recipient", who)
    with fill(office, but=3 * MEGABYTE):
        begun = time.perf_counter()
        done = _pulih(folder, "backup", "--to", str(target))
        told = time.perf_counter() - begun
    begun = time.perf_counter()
    wrong = []
    if done.returncode == 0 or "Traceback" in done.stderr or not done.stderr.strip():
        wrong.append(f"exit {done.returncode}, said: {done.stderr[-300:]}")
    left = [file.name for file in (*target.glob("*"), *target.glob(".*"), *folder.glob("backup-*"))]
    if left:
        wrong.append(f"left {left}")
    if not office.add_task().is_kept:
        wrong.append("the office does not work on")
    seconds = time.perf_counter() - begun
    return wrong, {"told": round(told, 2), "recovered": round(seconds, 2)}


def import_on_a_full_disk(office: Office) -> tuple[list[str], dict[str, float]]:
    """A background task meets a full disk: afterwards it goes on, and writes each row once."""
    rows, people = 60, "SELECT count(*) FROM people_person"
    waiting = "SELECT count(*) FROM exchange_importbatch WHERE state <> 'done'"
    before = office.ask(people)
    with ExitStack() as stack:
        with ground.paused_worker(office.server):
            living.queue_import(office.server.folder, rows=rows, seed=1)
            stack.enter_context(fill(office))
        begun = time.perf_counter()
        wrong = _wrong_words(office.add_task(), (FULL, NOTHING))
        told = time.perf_counter() - begun
        # Long enough for the worker to meet the full disk more than once.
        time.sleep(5)
        if not office.ask(waiting) or office.ask(people) != before:
            wrong.append("the import did not meet the full disk")
    begun = time.perf_counter()
    while office.ask(waiting) and time.perf_counter() - begun < 2 * BACKGROUND_SECONDS:
        time.sleep(0.2)
    seconds = time.perf_counter() - begun
    if office.ask(people) - before != rows:
        wrong.append(f"{office.ask(people) - before} people of {rows}")
    if seconds > BACKGROUND_SECONDS:
        wrong.append(f"the import had not ended after {seconds:.0f} s")
    return wrong, {"told": round(told, 2), "recovered": round(seconds, 2)}


def _pulih(data: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "pulih.config", *words, "--data", str(data), "--demo"],
        env=living.clean_environment(),
        capture_output=True,
        text=True,
        check=False,
    )


@contextmanager
def sqlite_office(folder: Path) -> Iterator[Office]:
    """An office on a small disk."""
    people = living.build_office(folder / "built")
    size = sum(file.stat().st_size for file in (folder / "built").rglob("*") if file.is_file())
    with ground.small_disk(folder / "disk", size // MEGABYTE + SPARE_MEGABYTES) as disk:
        shutil.copytree(folder / "built", disk / "office")
        database = disk / "office" / "pulih.sqlite3"

        def ask(query: str) -> int:
            link = sqlite3.connect(f"file:{database}?mode=rw", uri=True, timeout=60)
            try:
                return int(link.execute(query).fetchone()[0])
            finally:
                link.close()

        server = living.Server(disk / "office", PORT, log=folder / "log")
        with living.serving(server):
            yield _at_work(server, people, ask)


@contextmanager
def postgres_office(folder: Path) -> Iterator[tuple[Office, Cluster]]:
    """An office on a PostgreSQL of its own."""
    cluster = Cluster(folder / "cluster", POSTGRES_PORT)
    cluster.create()
    try:
        people = living.build_office(folder / "office", DATABASE_URL=cluster.url)

        def ask(query: str) -> int:
            with psycopg.connect(cluster.url) as link:
                row = link.execute(query).fetchone()
                return int(row[0]) if row else 0

        environment = {"DATABASE_URL": cluster.url}
        server = living.Server(folder / "office", PORT, environment, log=folder / "log")
        with living.serving(server):
            yield _at_work(server, people, ask), cluster
    finally:
        cluster.stop()


def _at_work(server: living.Server, people: list[str], ask: Callable[[str], int]) -> Office:
    browser = living.Browser(server.port)
    if not browser.log_in("peksos").is_kept:
        raise SystemExit("nobody can log in")
    return Office(server, browser, people, ask)


def main() -> int:
    """Play every scenario; the figure counts those that held."""
    is_all = is_full()
    wrong: dict[str, list[str]] = {}
    seconds: dict[str, dict[str, float]] = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        with sqlite_office(folder) as office:
            for scenario in ON_SQLITE[: None if is_all else SMALL]:
                wrong[scenario.name], seconds[scenario.name] = play(scenario, office)
            if is_all:
                title = "disk full while a backup is made"
                wrong[title], seconds[title] = backup_on_a_full_disk(office)
                title = "disk full while an import runs"
                wrong[title], seconds[title] = import_on_a_full_disk(office)
        if is_all:
            (folder / "pg").mkdir()
            with postgres_office(folder / "pg") as (office, cluster):
                for scenario in on_postgres(cluster):
                    wrong[scenario.name], seconds[scenario.name] = play(scenario, office)
    held = sum(1 for found in wrong.values() if not found)
    bar = BAR if is_all else SMALL
    return tell(
        Figure("fault_scenarios", held, f">= {bar}, all", held >= bar and held == len(wrong)),
        played=len(wrong),
        seconds=seconds,
        wrong={title: found for title, found in wrong.items() if found},
    )


if __name__ == "__main__":
    os.environ.setdefault("PYTHONDONTWRITEBYTECODE", "1")
    sys.exit(main())
