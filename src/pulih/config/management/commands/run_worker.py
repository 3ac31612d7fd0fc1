"""`run_worker`: takes back what a killed worker left, then works through the queue."""

from __future__ import annotations

import logging
import threading
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import DatabaseError, close_old_connections

from pulih.config import background
from pulih.files import sweeping

logger = logging.getLogger(__name__)
RETRY_CHECK_SECONDS = 5
DAILY_CHECK_ROUNDS = 120


class Command(BaseCommand):
    """Runs one worker of background tasks, and sees to the daily tasks."""

    help = "Run background tasks."

    def handle(self, *args: Any, **options: Any) -> None:
        """Work until told to stop."""
        background.requeue_orphans()
        sweeping.sweep_strays()
        stop = threading.Event()
        clock = threading.Thread(target=_watch_the_day, args=(stop,), daemon=True)
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


def _watch_the_day(stop: threading.Event) -> None:
    rounds = 0
    while not stop.is_set():
        # The clock outlives a full disk or a lost database: it looks again in a moment.
        try:
            background.retry_after_faults()
            if rounds % DAILY_CHECK_ROUNDS == 0:
                background.enqueue_daily()
                sweeping.sweep_strays()
                sweeping.sweep_uploads(all_of_them=False)
            rounds += 1
        except (DatabaseError, OSError) as error:
            logger.warning("The daily tasks wait: %s", error)
        close_old_connections()
        stop.wait(RETRY_CHECK_SECONDS)
