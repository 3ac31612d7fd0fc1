"""Measures the pages that people open all day: milliseconds (p50, p95) and queries each.

    python benchmarks/pages.py FOLDER [--rounds 60]

One user, in process, through the whole application (middleware, scope, template). FOLDER was
built by world.py.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

import world

BAR_MS = 150
BAR_QUERIES = 12
WORDS = ("slamet", "siti nur", "suparno", "djoko", "wati", "ahmad rizky", "tukiyem", "agus")


def measure(rounds: int) -> dict[str, Any]:
    """Open each page many times with differing arguments; the first opening is not counted."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from pulih.access.models import User

    client = Client(SERVER_NAME="localhost")
    client.force_login(User.objects.get(username="peksos"))
    figures: dict[str, Any] = {}
    for name, address in _pages().items():
        client.get(address())
        seconds, queries = [], []
        for _ in range(rounds):
            url = address()
            began = time.perf_counter()
            answer = client.get(url)
            seconds.append(time.perf_counter() - began)
            if answer.status_code != 200:
                raise SystemExit(f"{name}: {url} answered {answer.status_code}")
        for _ in range(5):
            with CaptureQueriesContext(
                connection,
            ) as captured:
                client.get(address())
            queries.append(len(captured))
        milliseconds = sorted(second * 1000 for second in seconds)
        p95 = milliseconds[int(len(milliseconds) * 0.95) - 1]
        figures[name] = {
            "p50_ms": round(statistics.median(milliseconds), 1),
            "p95_ms": round(p95, 1),
            "queries": max(queries),
            "pass": p95 <= BAR_MS and max(queries) <= BAR_QUERIES,
        }
    return figures


def _pages() -> dict[str, Callable[[], str]]:
    from django.urls import reverse

    from pulih.cases.models import Case
    from pulih.people.models import Person

    draw = random.Random(7)
    people = list(
        Person.objects.unscoped(reason="a sample to open").values_list("pk", flat=True)[:3000]
    )
    cases = list(
        Case.objects.unscoped(reason="a sample to open")
        .filter(restricted=False, compartment=None)
        .values_list("number", flat=True)[:3000]
    )

    def person() -> str:
        return reverse("people:detail", args=[draw.choice(people)])

    def case() -> str:
        return reverse("cases:detail", args=[draw.choice(cases)])

    return {
        "day": lambda: reverse("day"),
        "people list": lambda: reverse("people:list"),
        "people list, searched": lambda: f"{reverse('people:list')}?q={draw.choice(WORDS)}",
        "search before create": lambda: f"{reverse('people:search')}?name={draw.choice(WORDS)}",
        "global search": lambda: f"{reverse('search')}?q={draw.choice(WORDS)}",
        "person": person,
        "case list": lambda: reverse("cases:list"),
        "case": case,
        "reports": lambda: reverse("cases:report_list"),
    }


def main() -> int:
    """Measure from the command line; JSON on stdout."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--rounds", type=int, default=60)
    options = parser.parse_args()
    world.prepare(options.folder)
    figures = measure(options.rounds)
    json.dump(figures, sys.stdout, indent=1)
    return 0 if all(page["pass"] for page in figures.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
