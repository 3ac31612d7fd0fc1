"""Runs the web server and the worker of background tasks side by side, and stops both cleanly."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command

STOP_SECONDS = 10
RESTART_PAUSE_SECONDS = 2.0


@dataclass(slots=True)
class Address:
    """Where the server listens, and with which certificate."""

    host: str = "127.0.0.1"
    port: int = 8080
    workers: int = 1
    tls_cert: Path | None = None
    tls_key: Path | None = None

    @property
    def url(self) -> str:
        """The address a person types."""
        host = "localhost" if self.host in {"127.0.0.1", "::1"} else self.host
        return f"{'https' if self.tls_cert else 'http'}://{host}:{self.port}/"

    def server_command(self) -> list[str]:
        """The command that starts the web server."""
        command = [
            sys.executable, "-m", "granian", "--interface", "wsgi",
            "--host", self.host, "--port", str(self.port),
            "--workers", str(self.workers), "--blocking-threads", "8",
            "--no-ws", "--log-level", "error", "--respawn-failed-workers",
        ]  # fmt: skip
        if self.tls_cert and self.tls_key:
            command += ["--ssl-certificate", str(self.tls_cert), "--ssl-keyfile", str(self.tls_key)]
        return [*command, "pulih.config.wsgi:application"]


WORKER_COMMAND = [sys.executable, "-m", "django", "run_worker"]


def collect_static() -> None:
    """Gather and compress the static files once for each change of them, not at each start."""
    stamp = Path(settings.STATIC_ROOT) / ".stamp"
    state = _static_state()
    if stamp.exists() and stamp.read_text() == state:
        return
    call_command("collectstatic", interactive=False, verbosity=0, clear=stamp.exists())
    stamp.write_text(state)


def _static_state() -> str:
    newest, count = 0.0, 0
    for finder in get_finders():
        for name, storage in finder.list([]):
            newest = max(newest, os.stat(storage.path(name)).st_mtime)
            count += 1
    return f"{count} {newest}"


def _begin(command: list[str]) -> subprocess.Popen[bytes]:
    # What serves must find its database, and never makes an empty one.
    environment = {**os.environ, "PULIH_SERVING": "true"}
    return subprocess.Popen(command, env=environment)  # noqa: S603 - our own interpreter


@dataclass(slots=True)
class Supervisor:
    """Keeps the server and the worker running until it is told to stop."""

    address: Address
    stopping: bool = False
    children: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def run(self) -> int:
        """Start both, watch them, and stop both on SIGTERM, SIGINT or the end of the server."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._stop)
        commands = {"server": self.address.server_command(), "worker": WORKER_COMMAND}
        for name, command in commands.items():
            self.children[name] = _begin(command)
        try:
            return self._watch(commands)
        finally:
            self._end()

    def _watch(self, commands: dict[str, list[str]]) -> int:
        while not self.stopping:
            if (code := self.children["server"].poll()) is not None:
                return code
            if self.children["worker"].poll() is not None:
                # A worker that was killed is replaced; its tasks are still in the database.
                # Without a database it ends again at once, and must not keep a core busy.
                time.sleep(RESTART_PAUSE_SECONDS)
                self.children["worker"] = _begin(commands["worker"])
            time.sleep(0.2)
        return 0

    def _stop(self, number: int, frame: FrameType | None) -> None:
        self.stopping = True

    def _end(self) -> None:
        for child in self.children.values():
            if child.poll() is None:
                child.terminate()
        limit = time.monotonic() + STOP_SECONDS
        for child in self.children.values():
            try:
                child.wait(max(0.1, limit - time.monotonic()))
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()
