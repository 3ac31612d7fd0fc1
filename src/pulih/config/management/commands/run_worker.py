"""`run_worker`: takes back what a killed worker left, then works through the queue."""

from __future__ import annotations

import threading
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import close_old_connections

from pulih.config import background

DAILY_CHECK_SECONDS = 600


class Command(BaseCommand):
    """Runs one worker of background tasks, and sees to the daily tasks."""

    help = "Run background tasks."

    def handle(self, *args: Any, **options: Any) -> None:
        """Work until told to stop."""
        background.requeue_orphans()
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
    while not stop.is_set():
        background.enqueue_daily()
        background.enqueue_often()
        close_old_connections()
        stop.wait(DAILY_CHECK_SECONDS)
