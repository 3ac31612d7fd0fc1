"""The two worlds in one test: what was answered before sealed cases came, and what after."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import time_machine

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "benchmarks"))

from security.paired.chance import CHANCE

NOON = "2026-11-24T05:00:00+00:00"


@pytest.fixture
def still(settings: Any) -> Iterator[None]:
    """The clock stands still, chance comes of a seed, and the queue waits as it does in use."""
    settings.TASKS = {
        "default": {
            "BACKEND": "django_tasks.backends.dummy.DummyBackend",
            "QUEUES": ["default", "import"],
        }
    }
    with time_machine.travel(NOON, tick=False), CHANCE.reigns():
        CHANCE.begin("test")
        yield
