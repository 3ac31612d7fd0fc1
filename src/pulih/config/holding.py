"""Who uses a data folder now: pages and commands side by side, a restore alone.

The claims are locks of the system on files in the folder. The kernel lets go of them when a process
ends, however it ends, so that nothing is left to be cleaned up after a kill.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

USED, COPYING = ".in-use", ".copying"
UNFINISHED = "restoring.json"
"""What a restore leaves until it is done; `restoring.finish` goes on from it."""
_held: dict[Path, int] = {}


class InstallationError(RuntimeError):
    """Something about this installation does not go now; the text says why and what to do."""


class InUseError(InstallationError):
    """Somebody else uses the data folder in a way that forbids it."""


def share(data: Path) -> None:
    """Use a data folder beside others until this process ends (R-CONF-25).

    Raises:
        InUseError: a restore works in it, or was cut short.
    """
    if (data / UNFINISHED).exists():
        raise InUseError(f"A restore of {data} was cut short. Run: pulih check; it is finished so.")
    if data not in _held and not _claim(data, fcntl.LOCK_SH):
        raise InUseError(f"A restore is at work in {data}. Wait until it is done.")


def take_alone(data: Path) -> None:
    """Use a data folder with nobody beside, until this process ends.

    Raises:
        InUseError: a server, its worker or another command uses it.
    """
    release(data)
    if not _claim(data, fcntl.LOCK_EX):
        raise InUseError(
            f"A server or another command of Pulih works with {data}. Stop it first: what it"
            " writes now would be lost."
        )


def release(data: Path) -> None:
    """Let go of a data folder before this process ends."""
    if data in _held:
        os.close(_held.pop(data))


@contextmanager
def copying(data: Path) -> Iterator[None]:
    """One backup or drill at a time: each sweeps away what others left lying.

    Raises:
        InUseError: another one is at work.
    """
    handle = os.open(data / COPYING, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        if not _lock(handle, fcntl.LOCK_EX):
            raise InUseError("Another backup or drill is at work. Wait until it is done.")
        yield
    finally:
        os.close(handle)


def _claim(data: Path, how: int) -> bool:
    handle = os.open(data / USED, os.O_RDWR | os.O_CREAT, 0o600)
    if not _lock(handle, how):
        os.close(handle)
        return False
    _held[data] = handle
    return True


def _lock(handle: int, how: int) -> bool:
    try:
        fcntl.flock(handle, how | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
