"""A PostgreSQL of the bench's own, stopped and started at will."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

INSTALLED = Path("/usr/lib/postgresql")


def programs() -> Path | None:
    """The folder of PostgreSQL's programs, or None where there are none."""
    if found := shutil.which("pg_ctl"):
        return Path(found).parent
    folders = sorted(INSTALLED.glob("*/bin/pg_ctl"))
    return folders[-1].parent if folders else None


@dataclass
class Cluster:
    """One cluster in a folder, for this computer alone."""

    folder: Path
    port: int

    @property
    def url(self) -> str:
        """As DATABASE_URL has it."""
        return f"postgres://pulih@127.0.0.1:{self.port}/postgres"

    def create(self) -> None:
        """Make it and start it."""
        self.folder.mkdir(mode=0o777)
        self.folder.chmod(0o777)
        self._run("initdb", "-D", self._data, "-A", "trust", "-U", "pulih", "-E", "UTF8")
        self.start()

    def start(self) -> None:
        """Start it, and wait until it answers."""
        options = f"-p {self.port} -c listen_addresses=127.0.0.1"
        options += f" -c unix_socket_directories={self.folder}"
        log = str(self.folder / "log")
        self._run("pg_ctl", "-D", self._data, "-w", "-l", log, "-o", options, "start")

    def stop(self) -> None:
        """Stop it at once; connections are cut."""
        self._run("pg_ctl", "-D", self._data, "-m", "fast", "-w", "stop")

    @property
    def _data(self) -> str:
        return str(self.folder / "data")

    def _run(self, program: str, *arguments: str) -> None:
        folder = programs()
        if folder is None:
            raise SystemExit("PostgreSQL is not installed")
        command = [str(folder / program), *arguments]
        if os.getuid() == 0:
            # PostgreSQL refuses to run as root.
            command = ["runuser", "-u", "postgres", "--", *command]
        quiet = subprocess.DEVNULL
        subprocess.run(command, cwd="/", stdout=quiet, stderr=quiet, stdin=quiet, check=True)


@contextmanager
def postgres(folder: Path) -> Iterator[str]:
    """A server in a folder for as long as the block lasts; its address as DATABASE_URL takes it."""
    folder.parent.chmod(0o711)
    cluster = Cluster(folder, _free_port())
    cluster.create()
    try:
        yield cluster.url
    finally:
        cluster.stop()


def _free_port() -> int:
    if wanted := os.environ.get("PULIH_BENCH_PGPORT"):
        return int(wanted)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
