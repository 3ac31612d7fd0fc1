"""A worker that was killed leaves nothing half done: its tasks are taken up again."""

from __future__ import annotations

import socket
import threading

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from pulih.config import background
from pulih.config.management.commands import run_worker


@pytest.fixture
def make_task(db):
    """Make a task that runs, signed by a worker."""

    def make(worker: str, status: str = "RUNNING") -> DBTaskResult:
        return DBTaskResult.objects.create(
            status=status,
            args_kwargs={"args": [], "kwargs": {}},
            task_path="pulih.exchange.tasks.work_on_batch",
            worker_ids=[worker],
            queue_name="import",
            backend_name="default",
            run_after=timezone.now(),
            started_at=timezone.now(),
            exception_class_path="",
            traceback="",
        )

    return make


def test_a_task_of_a_dead_worker_goes_back_to_the_queue(make_task):
    row = make_task(f"{socket.gethostname()[:30]}-999999999-1")

    assert background.requeue_orphans() == 1
    row.refresh_from_db()
    assert row.status == "READY"


def test_a_task_of_a_worker_that_lives_is_left_alone(make_task):
    row = make_task(background.worker_name())

    assert background.requeue_orphans() == 0
    row.refresh_from_db()
    assert row.status == "RUNNING"


def test_a_process_that_got_the_number_of_a_dead_worker_is_not_mistaken_for_it(make_task):
    host, pid, _started = background.worker_name().rsplit("-", 2)
    make_task(f"{host}-{pid}-1")

    assert background.requeue_orphans() == 1


def test_a_worker_of_another_machine_is_left_alone(make_task):
    make_task("elsewhere-1-1")

    assert background.requeue_orphans() == 0


@pytest.mark.parametrize("status", ["READY", "SUCCESSFUL", "FAILED"])
def test_only_running_tasks_are_given_back(make_task, status):
    make_task("elsewhere-1-1", status)

    assert background.requeue_orphans() == 0


def test_the_worker_throws_old_exports_away_as_soon_as_it_starts(monkeypatch):
    stop, done = threading.Event(), []
    monkeypatch.setattr(run_worker, "expire_exports", lambda: done.append("swept"))
    monkeypatch.setattr(background, "enqueue_daily", stop.set)
    monkeypatch.setattr(run_worker, "close_old_connections", lambda: None)

    run_worker._keep_time(stop)

    assert done == ["swept"]


def test_a_fault_of_one_deed_does_not_stop_the_clock(monkeypatch):
    stop = threading.Event()

    def fail():
        raise RuntimeError("the database is away")

    monkeypatch.setattr(run_worker, "expire_exports", fail)
    monkeypatch.setattr(background, "enqueue_daily", stop.set)
    monkeypatch.setattr(run_worker, "close_old_connections", lambda: None)

    run_worker._keep_time(stop)

    assert stop.is_set()
