"""The one process in which a file from outside is decoded: bounded, without files and network.

The server never decodes what was uploaded. It hands the bytes over through memory to a new process
that has limits of memory, processor and time, reads standard input, and answers on standard output.
Whatever a file does to it, the server sees an answer or a dead process.
"""

from __future__ import annotations

import importlib
import os
import resource
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

SOURCES = Path(__file__).resolve().parents[2]
START = (
    "import sys; sys.path.insert(0, sys.argv.pop(1));from pulih.common.limited import main; main()"
)
MEGABYTE = 1024 * 1024
AT_ONCE = 2
"""Uploads that are decoded side by side; more wait, so that memory stays bounded."""
WAIT_SECONDS = 60
Source = Path | bytes

_turns = threading.BoundedSemaphore(AT_ONCE)


@dataclass(frozen=True, slots=True)
class Bounds:
    """What the process may use."""

    memory_bytes: int = 400 * MEGABYTE
    cpu_seconds: int = 10
    wall_seconds: int = 20


class DecodingStopped(Exception):  # noqa: N818 - the file's doing, not a failure of ours
    """The process did not come to an answer.

    Attributes:
        took_too_long: did it run out of time? Otherwise it ran out of memory or fell over.
        was_killed: did a signal end it, as where memory cannot be had?
    """

    def __init__(self, *, took_too_long: bool, was_killed: bool) -> None:
        super().__init__(f"too long: {took_too_long}, killed: {was_killed}")
        self.took_too_long = took_too_long
        self.was_killed = was_killed


def decode(work: str, arguments: Sequence[str], source: Source, bounds: Bounds) -> bytes:
    """Let the process do a piece of work on a file, and return what it answers.

    Args:
        work: the module whose `work` is called there.
        arguments: what it is told besides the file.

    Raises:
        DecodingStopped: it did not come to an answer.
    """
    if not _turns.acquire(timeout=WAIT_SECONDS):
        raise DecodingStopped(took_too_long=True, was_killed=False)
    try:
        with begin(work, arguments, source, bounds) as process:
            assert process.stdout is not None  # noqa: S101 - asked for in begin()
            answer = process.stdout.read()
            require_done(process)
            return answer
    finally:
        _turns.release()


@contextmanager
def begin(
    work: str, arguments: Sequence[str], source: Source, bounds: Bounds
) -> Iterator[subprocess.Popen[bytes]]:
    """Start the process, whose answer is read piece by piece; it ends with the block."""
    with _handle(source) as file:
        process = subprocess.Popen(  # noqa: S603 - our own interpreter and fixed arguments
            [sys.executable, "-I", "-c", START, str(SOURCES), work, _said(bounds), *arguments],
            stdin=file,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={},
            cwd="/",
        )
    clock = threading.Timer(bounds.wall_seconds, process.kill)
    clock.daemon = True
    clock.start()
    try:
        yield process
    finally:
        clock.cancel()
        process.kill()
        if process.stdout:
            process.stdout.close()
        process.wait()


def require_done(process: subprocess.Popen[bytes]) -> None:
    """Wait for the end of a process whose answer was read.

    Raises:
        DecodingStopped: it did not end of its own will and in order.
    """
    status = process.wait()
    if status != 0:
        raise DecodingStopped(
            took_too_long=status in (-signal.SIGXCPU, -signal.SIGKILL), was_killed=status < 0
        )


@contextmanager
def _handle(source: Source) -> Iterator[BinaryIO]:
    """Open the source as a real file; bytes stay in memory and never touch the disk."""
    if isinstance(source, Path):
        with source.open("rb") as file:
            yield file
        return
    with os.fdopen(os.memfd_create("upload"), "w+b") as memory:
        memory.write(source)
        memory.flush()
        memory.seek(0)
        yield memory


def _said(bounds: Bounds) -> str:
    return f"{bounds.memory_bytes},{bounds.cpu_seconds}"


def main() -> None:
    """Bind this process for good, then call `work(file, out, arguments)` of the module named."""
    name, said, *arguments = sys.argv[1:]
    memory, seconds = (int(part) for part in said.split(","))
    for limit, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(limit, (most, most))
    module = importlib.import_module(name)
    # From here on no file, no socket and no process can be opened: there is no number left for it.
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))
    with os.fdopen(0, "rb", closefd=False) as file, os.fdopen(1, "wb", closefd=False) as out:
        module.work(file, out, arguments)
