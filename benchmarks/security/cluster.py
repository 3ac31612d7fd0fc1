"""A PostgreSQL server of one's own for a bench, in a temporary folder, gone when it ends."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

USER = "postgres"


@contextmanager
def postgres(folder: Path) -> Iterator[str]:
    """Start a server in the folder; its address as DATABASE_URL takes it.

    Raises:
        SystemExit: no server programs are installed.
    """
    programs = _programs()
    if programs is None:
        raise SystemExit("no PostgreSQL server is installed here")
    folder.mkdir(mode=0o700)
    if os.geteuid() == 0:
        # The server refuses to run as root.
        folder.parent.chmod(0o711)
        shutil.chown(folder, USER)
    data = folder / "data"
    port = _free_port()
    _run(programs / "initdb", "-A", "trust", "-U", USER, "-E", "UTF8", "-D", str(data))
    options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder}"
    _run(programs / "pg_ctl", "-w", "-D", str(data), "-o", options, "-l", f"{folder}/log", "start")
    try:
        yield f"postgres://{USER}@127.0.0.1:{port}/postgres"
    finally:
        _run(programs / "pg_ctl", "-D", str(data), "-m", "immediate", "stop")


def _programs() -> Path | None:
    found = shutil.which("initdb")
    if found:
        return Path(found).parent
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return installed[-1].parent if installed else None


def _free_port() -> int:
    wanted = os.environ.get("PULIH_BENCH_PGPORT")
    if wanted:
        return int(wanted)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _run(program: Path, *arguments: str) -> None:
    command = [str(program), *arguments]
    if os.geteuid() == 0:
        command = ["runuser", "-u", USER, "--", *command]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd="/")
