"""The clock of the worker outlives a full disk and a lost database."""

from __future__ import annotations

import threading

import pytest
from django.db import OperationalError

from pulih.config import background
from pulih.config.management.commands import run_worker
from pulih.files import sweeping


@pytest.fixture
def rounds(monkeypatch):
    """Runs the clock for some rounds without waiting; its database fails in the first one."""
    calls: list[str] = []
    stop = threading.Event()
    waits = iter(range(3))

    def wait(_seconds: float) -> None:
        if next(waits) == 2:
            stop.set()

    def retry() -> int:
        calls.append("retry")
        if len(calls) == 1:
            raise OperationalError("the database is away")
        return 0

    monkeypatch.setattr(stop, "wait", wait)
    monkeypatch.setattr(background, "retry_after_faults", retry)
    monkeypatch.setattr(run_worker, "expire_exports", lambda: calls.append("exports"))
    monkeypatch.setattr(background, "enqueue_daily", lambda: calls.append("daily"))
    monkeypatch.setattr(background, "enqueue_often", lambda: calls.append("often"))
    monkeypatch.setattr(sweeping, "sweep_strays", lambda: calls.append("strays"))
    monkeypatch.setattr(run_worker, "close_old_connections", lambda: None)
    run_worker._keep_time(stop)
    return calls


def test_the_clock_goes_on_after_a_fault(rounds):
    assert rounds == ["retry", "exports", "daily", "often", "strays", "retry", "retry"]
