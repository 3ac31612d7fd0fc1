"""Background work: which worker runs a task, tasks whose worker died, and the daily ones."""

from __future__ import annotations

import datetime as dt
import os
import socket
from collections.abc import Sequence
from pathlib import Path

from django.db import InterfaceError, OperationalError
from django.utils import timezone
from django.utils.module_loading import import_string
from django_tasks_db.models import DBTaskResult

DAILY: tuple[str, ...] = (
    "pulih.cases.tasks.escalate_referrals_today",
    "pulih.access.tasks.keep_heads_today",
    "pulih.config.tasks.back_up_today",
)
"""Dotted names of tasks that run once on each day of the office, without arguments."""
OFTEN: tuple[str, ...] = ("pulih.cases.tasks.warn_of_denials_today",)
"""Those that run whenever the worker looks at the clock, unless one of them still waits."""
OF_THE_GROUND = tuple(
    f"{kind.__module__}.{kind.__qualname__}"
    for kind in (OperationalError, InterfaceError, OSError, PermissionError)
)
FIRST_WAIT, LONGEST_WAIT = dt.timedelta(seconds=5), dt.timedelta(minutes=10)
GIVEN_UP = dt.timedelta(days=1)


def worker_name() -> str:
    """The name this process signs its tasks with: machine, process and when that started."""
    pid = os.getpid()
    return f"{socket.gethostname()[:30]}-{pid}-{_started(pid)}"


def requeue_orphans() -> int:
    """Give tasks back to the queue whose worker on this machine is gone, such as after a kill.

    A task that is run again must come to the same end: tasks commit in parts and go on from
    the last part that was written.

    Returns:
        How many tasks were given back.
    """
    here = socket.gethostname()[:30]
    count = 0
    for row in DBTaskResult.objects.running():
        name = row.worker_ids[-1] if row.worker_ids else ""
        host, _, rest = name.rpartition("-")[0].rpartition("-")
        if host == here and not _alive(int(rest or 0), name):
            row.status = "READY"
            row.started_at = None
            row.save(update_fields=["status", "started_at"])
            count += 1
    return count


def retry_after_faults() -> int:
    """Give tasks back to the queue that failed because disk or database gave way (R-CONF-32).

    Each failure makes the next wait twice as long; after a day a task is left to a person.

    Returns:
        How many tasks were given back.
    """
    moment, count = timezone.now(), 0
    rows = DBTaskResult.objects.filter(
        status="FAILED",
        exception_class_path__in=OF_THE_GROUND,
        enqueued_at__gte=moment - GIVEN_UP,
    )
    for row in rows:
        wait = min(FIRST_WAIT * 2 ** min(len(row.worker_ids) - 1, 10), LONGEST_WAIT)
        if row.finished_at and row.finished_at + wait <= moment:
            row.status = "READY"
            row.started_at = row.finished_at = None
            row.save(update_fields=["status", "started_at", "finished_at"])
            count += 1
    return count


def enqueue_daily(tasks: Sequence[str] = DAILY) -> int:
    """Put each daily task into the queue unless it was put there today already.

    Returns:
        How many were put.
    """
    start = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    count = 0
    for path in tasks:
        if not DBTaskResult.objects.filter(task_path=path, enqueued_at__gte=start).exists():
            import_string(path).enqueue()
            count += 1
    return count


def enqueue_often(tasks: Sequence[str] = OFTEN) -> int:
    """Put each task of every ten minutes into the queue unless it still waits there.

    What went well before is not kept: it would be a hundred rows a day that tell nothing.

    Returns:
        How many were put.
    """
    count = 0
    for path in tasks:
        runs = DBTaskResult.objects.filter(task_path=path)
        runs.filter(status="SUCCESSFUL").delete()
        if not runs.filter(status="READY").exists():
            import_string(path).enqueue()
            count += 1
    return count


def _alive(pid: int, name: str) -> bool:
    return name.endswith(f"-{pid}-{_started(pid)}") and _started(pid) != "gone"


def _started(pid: int) -> str:
    """When a process started, so that a number given to another process is not mistaken for it."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return "gone" if not _signalled(pid) else "up"
    return fields[19]


def _signalled(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except OSError:
        return False
    return True
