"""`run_worker`: takes back what a killed worker left, then works through the queue."""

from __future__ import annotations

import logging
import threading
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import close_old_connections

from pulih.config import background, holding
from pulih.exchange.export_tasks import expire_exports

logger = logging.getLogger(__name__)
TICK_SECONDS = 60


class Command(BaseCommand):
    """Runs one worker of background tasks, and sees to what has its time."""

    help = "Run background tasks."

    def handle(self, *args: Any, **options: Any) -> None:
        """Work until told to stop."""
        holding.share(settings.PULIH_DATA)
        background.requeue_orphans()
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
    """At the start and every minute: what is daily, and exports whose time is over."""
    while not stop.is_set():
        for deed in (expire_exports, background.enqueue_daily, background.enqueue_often):
            try:
                deed()
            except Exception:
                logger.exception("%s stopped; it is tried again in a minute", deed.__name__)
        close_old_connections()
        stop.wait(TICK_SECONDS)
