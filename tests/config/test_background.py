"""A worker that was killed leaves nothing half done: its tasks are taken up again."""

from __future__ import annotations

import datetime as dt
import socket

import pytest
import time_machine
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from pulih.config import background


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


@pytest.fixture
def failed(make_task):
    """A task that failed now, for the first time, with an error of a kind."""

    def make(kind: str) -> DBTaskResult:
        row = make_task(background.worker_name(), status="FAILED")
        row.exception_class_path, row.finished_at = kind, timezone.now()
        row.save()
        return row

    return make


OPERATIONAL = "django.db.utils.OperationalError"


@pytest.mark.parametrize("kind", [OPERATIONAL, "builtins.OSError"])
def test_a_task_that_the_ground_stopped_is_taken_up_again(failed, kind):
    row = failed(kind)

    assert background.retry_after_faults() == 0
    with time_machine.travel(timezone.now() + dt.timedelta(seconds=6)):
        assert background.retry_after_faults() == 1
    row.refresh_from_db()
    assert row.status == "READY"


def test_each_failure_makes_the_next_wait_longer(failed):
    row = failed(OPERATIONAL)
    row.worker_ids *= 4
    row.save()

    with time_machine.travel(timezone.now() + dt.timedelta(seconds=30)):
        assert background.retry_after_faults() == 0
    with time_machine.travel(timezone.now() + dt.timedelta(seconds=45)):
        assert background.retry_after_faults() == 1


def test_a_task_that_failed_by_itself_is_not_run_again(failed):
    failed("builtins.ValueError")

    with time_machine.travel(timezone.now() + dt.timedelta(hours=1)):
        assert background.retry_after_faults() == 0


def test_after_a_day_a_stopped_task_is_left_to_a_person(failed):
    failed(OPERATIONAL)

    with time_machine.travel(timezone.now() + dt.timedelta(days=2)):
        assert background.retry_after_faults() == 0
