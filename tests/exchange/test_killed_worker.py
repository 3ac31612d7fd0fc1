"""R-EXC-5: a worker that is killed in the middle of writing loses nothing and doubles nothing."""

import contextlib
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from pulih.config.place import Place

ROWS = 3000
FOUND = "SELECT count(DISTINCT person_id) FROM people_searchkey"
PATIENCE = 180
PREPARE = """
import datetime as dt
import django
django.setup()
from django.core.management import call_command
from django.db import transaction
call_command("migrate", interactive=False, verbosity=0)
from pulih.access.actions.installing import create_office
from pulih.config.demo.cast import create_cast
from pulih.exchange.actions.uploading import confirm_mapping, start_import, upload_file
from pulih.exchange.models import ImportBatch
from pulih.exchange.sheets.read import proposed_mappings
from pulih.exchange.tasks import work_on_batch
from pulih.exchange.work import layouts

with transaction.atomic():
    office = create_office(name="Dinas Uji", region_code="35.21", is_demo=True, by=None)
    by = create_cast(office, since=dt.date(2020, 1, 1))["data"]
fresh = lambda: ImportBatch.objects.unscoped(reason="test").get()
lines = ["no;nama;umur"]
letters = "abcdefghij"
for at in range({rows}):
    word = "".join(letters[int(digit)] for digit in f"{{at:05}}")
    lines.append(f"{{at}};Warga {{word}};{{20 + at % 60}}")
upload_file(kind="people", name="warga.csv", content="\\n".join(lines).encode(), by=by)
work_on_batch.func(str(fresh().pk))
proposed = proposed_mappings(layouts.unpack(fresh().layout))
mapping = {{s: {{str(c): str(f) for c, f in m.items()}} for s, m in proposed.items()}}
confirm_mapping(batch=fresh(), mapping=mapping, settings={{"date": "2026-11-24"}}, by=by)
work_on_batch.func(str(fresh().pk))
start_import(batch=fresh(), by=by)
work_on_batch.enqueue(str(fresh().pk))
"""


class Installation:
    """A data folder of its own, with a worker that can be started and killed."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._environment = {
            **{
                name: value
                for name, value in os.environ.items()
                if name not in {"DATABASE_URL", "PULIH_KEY_FILE"}
            },
            "PULIH_DATA": str(folder),
            "DJANGO_SETTINGS_MODULE": "pulih.config.settings.demo",
            # A second process also where the machine has one core only.
            "PULIH_HELPERS": "true",
        }
        self._workers: list[subprocess.Popen[bytes]] = []

    def run(self, code: str) -> None:
        """Run Python in the installation."""
        subprocess.run([sys.executable, "-c", code], env=self._environment, check=True)

    def start_worker(self) -> subprocess.Popen[bytes]:
        """Start a worker, as the server does."""
        worker = subprocess.Popen(
            [sys.executable, "-m", "django", "run_worker"],
            env=self._environment,
            start_new_session=True,
        )
        self._workers.append(worker)
        return worker

    def kill(self, worker: subprocess.Popen[bytes]) -> None:
        """Kill a worker with all that it started, at once."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(worker.pid, signal.SIGKILL)
        worker.wait()

    def helper_of(self, worker: subprocess.Popen[bytes]) -> int:
        """Wait for the process that prepares rows ahead of the worker."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            children = Path(f"/proc/{worker.pid}/task/{worker.pid}/children").read_text().split()
            for child in children:
                with contextlib.suppress(FileNotFoundError, ProcessLookupError):
                    if b"spawn_main" in Path(f"/proc/{child}/cmdline").read_bytes():
                        return int(child)
            time.sleep(0.01)
        raise AssertionError("the worker started no helper")

    def close(self) -> None:
        """Kill every worker."""
        for worker in self._workers:
            self.kill(worker)

    def value(self, question: str) -> int | str:
        """One value from the database."""
        path = next(self._folder.glob("*.sqlite3"))
        with contextlib.closing(sqlite3.connect(path, timeout=20)) as database:
            return database.execute(question).fetchone()[0]

    def wait_for(self, question: str, wanted: set[int | str]) -> None:
        """Wait until a question has another answer."""
        deadline = time.monotonic() + PATIENCE
        while self.value(question) not in wanted:
            assert time.monotonic() < deadline, question
            time.sleep(0.02)


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Installation]:
    """An installation with an import that waits to be written."""
    Place(tmp_path, demo=True).prepare()
    made = Installation(tmp_path)
    made.run(PREPARE.format(rows=ROWS))
    yield made
    made.close()


def test_a_killed_worker_loses_nothing_and_doubles_nothing(installation):
    written = "SELECT count(*) FROM exchange_importchunk WHERE is_written"
    worker = installation.start_worker()
    installation.wait_for(written, {1, 2, 3, 4})
    installation.kill(worker)
    assert installation.value("SELECT count(*) FROM people_person") in range(500, ROWS)

    installation.start_worker()
    installation.wait_for("SELECT state FROM exchange_importbatch", {"done"})

    assert installation.value("SELECT count(*) FROM people_person") == ROWS
    assert installation.value("SELECT count(DISTINCT full_name) FROM people_person") == ROWS
    assert installation.value(FOUND) == ROWS


def test_an_import_goes_on_when_its_helper_is_killed(installation):
    worker = installation.start_worker()
    helper = installation.helper_of(worker)
    os.kill(helper, signal.SIGKILL)

    installation.wait_for("SELECT state FROM exchange_importbatch", {"done", "failed"})

    assert installation.value("SELECT state FROM exchange_importbatch") == "done"
    assert installation.value("SELECT count(DISTINCT full_name) FROM people_person") == ROWS
    assert installation.value(FOUND) == ROWS
