"""Work of access that runs without a reader."""

from __future__ import annotations

from django_tasks import task

from pulih.access.heads import keep_daily_head
from pulih.access.models import Office


@task()
def keep_heads_today() -> int:
    """Keep the daily head of every office; returns of how many."""
    offices = list(Office.objects.all())
    for office in offices:
        keep_daily_head(office)
    return len(offices)
