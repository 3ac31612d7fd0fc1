"""`run_worker`: takes back what a killed worker left, then works through the queue."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import close_old_connections

from pulih.config import background, holding
from pulih.exchange.export_tasks import expire_exports
from pulih.files import sweeping

logger = logging.getLogger(__name__)
TICK_SECONDS = 5
MINUTE, TEN_MINUTES = 12, 120
"""So many ticks."""


class Command(BaseCommand):
    """Runs one worker of background tasks, and sees to what has its time."""

    help = "Run background tasks."

    def handle(self, *args: Any, **options: Any) -> None:
        """Work until told to stop."""
        holding.share(settings.PULIH_DATA)
        background.requeue_orphans()
        sweeping.sweep_strays()
        stop = threading.Event()
        clock = threading.Thread(target=_keep_time, args=(stop,), daemon=True)
        clock.start()
        try:
            call_command(
                "db_worker",
                queue_name="*",
                interval=0.5,
                worker_id=background.worker_name(),
                startup_delay=False,
            )
        finally:
            stop.set()


def _keep_time(stop: threading.Event) -> None:
    """At the start and then again and again: what a fault stopped, what is old, what is daily."""
    ticks = 0
    while not stop.is_set():
        for deed in _deeds(ticks):
            # The clock outlives a full disk or a lost database: it looks again in a moment.
            try:
                deed()
            except Exception:
                logger.exception("%s stopped; it is tried again", deed.__name__)
        ticks += 1
        close_old_connections()
        stop.wait(TICK_SECONDS)


def _deeds(ticks: int) -> list[Callable[[], object]]:
    deeds: list[Callable[[], object]] = [background.retry_after_faults]
    if ticks % MINUTE == 0:
        deeds += [expire_exports, background.enqueue_daily]
    if ticks % TEN_MINUTES == 0:
        deeds += [background.enqueue_often, sweeping.sweep_strays]
    return deeds
