"""Tasks of the inbox tests."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from pulih.access.models import Office, User
from pulih.inbox.actions import When, open_task
from pulih.inbox.models import Queue, Subject, Task


@pytest.fixture
def make_task(office: Office, make_user: Callable[..., User]) -> Callable[..., Task]:
    """Open a task (default for a new social worker, about nothing, without a date)."""

    def make(to: User | Queue | None = None, **values: Any) -> Task:
        when = {
            name: values.pop(name)
            for name in ("due_on", "priority", "recurrence", "every_days")
            if name in values
        }
        return open_task(
            **{
                "kind": "follow_up",
                "title": "Kunjungan tindak lanjut",
                "about": Subject(office=office),
                "to": to or make_user(),
                "when": When(**when),
                "by": None,
                **values,
            }
        )

    return make
