"""A small office that truly serves: built in a folder, started, used over HTTP, killed."""

from __future__ import annotations

import http.client
import os
import re
import signal
import subprocess
import sys
import time
import urllib.parse
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PASSWORD = "pulih-demo-2026"
START_SECONDS = 90
DROPPED = ("PULIH_", "DJANGO_", "DATABASE_URL")


def clean_environment(**more: str) -> dict[str, str]:
    """The environment of a server, without what the one who measures has set."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(DROPPED)}
    return {**kept, "PYTHONDONTWRITEBYTECODE": "1", **more}


BUILD = """
import datetime as dt, random, sys
from pathlib import Path
sys.path.insert(0, sys.argv[2])
import world
world.prepare(Path(sys.argv[1]))
from django.core.management import call_command
from django.db import transaction
from pulih.access.actions.installing import create_office
from pulih.config import server
from pulih.config.demo.cast import create_cast
call_command("migrate", interactive=False, verbosity=0)
call_command("createcachetable")
with transaction.atomic():
    office = create_office(name="Dinas Uji", region_code="35.21", is_demo=True, by=None)
    users = create_cast(office, since=dt.date(2020, 1, 1))
people = list(world._people(users, 12, random.Random(1)))
server.collect_static()
print(*people)
"""


def build_office(folder: Path, **environment: str) -> list[str]:
    """Make an office with its cast and a dozen people; returns the keys of the people."""
    done = subprocess.run(
        [sys.executable, "-c", BUILD, str(folder), str(ROOT / "benchmarks")],
        env=clean_environment(**environment),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise SystemExit(f"the office was not built: {done.stderr[-2000:]}")
    return done.stdout.split()


@dataclass
class Server:
    """`pulih demo` on a folder, in a process group of its own."""

    folder: Path
    port: int
    environment: dict[str, str] = field(default_factory=dict)
    prefix: tuple[str, ...] = ()
    log: Path | None = None
    process: subprocess.Popen[bytes] | None = None

    def start(self, *, wait: bool = True) -> float:
        """Start it; returns the seconds until the first page came."""
        command = [sys.executable, "-m", "pulih.config", "demo", "--data", str(self.folder)]
        begun = time.perf_counter()
        output = self.log.open("ab") if self.log else subprocess.DEVNULL
        self.process = subprocess.Popen(
            [*self.prefix, *command, "--port", str(self.port), "--no-browser"],
            env=clean_environment(**self.environment),
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
        while wait and not self.answers():
            if self.process.poll() is not None or time.perf_counter() - begun > START_SECONDS:
                self.kill()
                raise SystemExit(f"the server of {self.folder} did not start")
            time.sleep(0.05)
        return time.perf_counter() - begun

    def answers(self) -> bool:
        """Does it answer on its port?"""
        try:
            return Browser(self.port).get("/healthz").status == 200
        except OSError:
            return False

    def is_up(self) -> bool:
        """Is the supervisor of the group still there?"""
        return self.process is not None and self.process.poll() is None

    def kill(self) -> None:
        """SIGKILL to the whole group: nothing is said good-bye to."""
        if self.process is None:
            return
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def stop(self) -> None:
        """SIGTERM, then what is left is killed."""
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            with suppress(subprocess.TimeoutExpired):
                self.process.wait(20)
        self.kill()


@contextmanager
def serving(server: Server) -> Iterator[Server]:
    """Start a server, and stop it whatever happens."""
    server.start()
    try:
        yield server
    finally:
        server.stop()


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back."""

    status: int
    text: str
    headers: dict[str, str]

    @property
    def is_kept(self) -> bool:
        """Did the server acknowledge a form: sent on to the next page?"""
        return self.status == 302 and "/masuk/" not in self.headers.get("location", "")


class Browser:
    """One user's cookies, and the forms that the benches fill."""

    def __init__(self, port: int, *, timeout: float = 60) -> None:
        self.port, self.timeout = port, timeout
        self.cookies: dict[str, str] = {}

    def get(self, path: str, **headers: str) -> Answer:
        """Open a page."""
        return self._ask("GET", path, None, headers)

    def post(self, path: str, fields: dict[str, str], **headers: str) -> Answer:
        """Send a form."""
        body = urllib.parse.urlencode(fields).encode()
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        return self._ask("POST", path, body, {**kind, **headers})

    def send_file(self, path: str, fields: dict[str, str], name: str, content: bytes) -> Answer:
        """Send a form with a file."""
        mark = uuid.uuid4().hex
        parts = [
            f'--{mark}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'.encode()
            for key, value in fields.items()
        ]
        parts.append(
            f'--{mark}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n'
            "Content-Type: text/plain\r\n\r\n".encode()
            + content
            + f"\r\n--{mark}--\r\n".encode()
        )
        kind = {"Content-Type": f"multipart/form-data; boundary={mark}"}
        return self._ask("POST", path, b"".join(parts), kind)

    def log_in(self, name: str) -> Answer:
        """Log in; the answer is a redirect when it worked."""
        self.cookies.clear()
        self.get("/masuk/")
        return self.post("/masuk/", {"login": name, "password": PASSWORD})

    def add_task(self, title: str, due_on: str = "") -> Answer:
        """Open a task of one's own."""
        fields = {"title": title, "body": "isi", "priority": "2", "recurrence": "none"}
        fields["due_on"] = due_on
        return self.post("/tugas/baru/", fields)

    def attach(self, person: str, content: bytes) -> Answer:
        """Add a text file to a person."""
        fields = {"kind": "document", "document_kind": "other", "title": "uji"}
        path = f"/berkas/dari/people.person/{person}/unggah/"
        return self.send_file(path, fields, "uji.txt", content)

    def remove(self, key: str) -> Answer:
        """Take a file away."""
        return self.post(f"/berkas/{key}/hapus/", {"reason": "Salah orang"})

    def _ask(self, method: str, path: str, body: bytes | None, headers: dict[str, str]) -> Answer:
        sent = {"Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items()), **headers}
        if method == "POST":
            sent["X-CSRFToken"] = self.cookies.get("csrftoken", "")
        link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=self.timeout)
        try:
            link.request(method, path, body, sent)
            got = link.getresponse()
            text = got.read().decode("utf-8", "replace")
        except http.client.HTTPException as cut:
            raise ConnectionError(str(cut)) from cut
        finally:
            link.close()
        for cookie in got.headers.get_all("Set-Cookie") or []:
            if match := re.match(r"([^=]+)=([^;]*)", cookie):
                self.cookies[match[1]] = match[2]
        return Answer(got.status, text, {k.lower(): v for k, v in got.headers.items()})


QUEUE = """
import random, sys, tempfile
from pathlib import Path
sys.path.insert(0, sys.argv[2])
import imports, world
world.prepare(Path(sys.argv[1]))
from pulih.access.models import User
from pulih.exchange.actions.uploading import confirm_mapping, start_import, upload_file
from pulih.exchange.models import ImportBatch
from pulih.exchange.sheets.read import proposed_mappings
from pulih.exchange.tasks import work_on_batch
from pulih.exchange.work import layouts
rows, seed = int(sys.argv[3]), int(sys.argv[4])
class NoRepeats(random.Random):
    def random(self):
        return 0.02 + 0.98 * super().random()
imports.random.Random = NoRepeats
with tempfile.TemporaryDirectory() as folder:
    path = Path(folder) / "daftar.xlsx"
    imports.make_workbook(path, rows, seed)
    content = path.read_bytes()
def fresh(batch):
    return ImportBatch.objects.unscoped(reason="the bench").get(pk=batch.pk)
by = User.objects.get(username="data")
batch = upload_file(kind="people", name="daftar.xlsx", content=content, by=by)
work_on_batch.func(str(batch.pk))
batch = fresh(batch)
mapping = {
    sheet: {str(column): str(field) for column, field in columns.items()}
    for sheet, columns in proposed_mappings(layouts.unpack(batch.layout)).items()
}
confirm_mapping(batch=batch, mapping=mapping, settings={"date": "2026-11-24"}, by=by)
work_on_batch.func(str(batch.pk))
start_import(batch=fresh(batch), by=by)
work_on_batch.enqueue(str(batch.pk))
print(batch.pk)
"""


def queue_import(folder: Path, *, rows: int, seed: int) -> str:
    """Put a checked list of so many different people into the queue; returns its key."""
    done = subprocess.run(
        [sys.executable, "-c", QUEUE, str(folder), str(ROOT / "benchmarks"), str(rows), str(seed)],
        env=clean_environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise SystemExit(f"the import was not queued: {done.stderr[-2000:]}")
    return done.stdout.strip()
