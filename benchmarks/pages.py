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
    for name, (address, post) in _pages().items():
        open_page(client, address(), post)
        seconds, queries = [], []
        for _ in range(rounds):
            url = address()
            began = time.perf_counter()
            answer = open_page(client, url, post)
            seconds.append(time.perf_counter() - began)
            if answer.status_code != 200:
                raise SystemExit(f"{name}: {url} answered {answer.status_code}")
        for _ in range(5):
            with CaptureQueriesContext(connection) as captured:
                open_page(client, address(), post)
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


def open_page(client: Any, url: str, post: dict[str, str] | None) -> Any:
    """Open an address, or send a form to it."""
    return client.get(url) if post is None else client.post(url, post)


def _pages() -> dict[str, tuple[Callable[[], str], dict[str, str] | None]]:
    from django.urls import reverse

    from pulih.cases.models import Case, CounterService
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

    counter = list(
        CounterService.objects.unscoped(reason="a sample to open").values_list("number", flat=True)[
            :3000
        ]
    )

    def person() -> str:
        return reverse("people:detail", args=[draw.choice(people)])

    def case() -> str:
        return reverse("cases:detail", args=[draw.choice(cases)])

    get: dict[str, Callable[[], str]] = {
        "day": lambda: reverse("day"),
        "people list": lambda: reverse("people:list"),
        "people list, searched": lambda: f"{reverse('people:list')}?text={draw.choice(WORDS)}",
        "global search": lambda: f"{reverse('search')}?q={draw.choice(WORDS)}",
        "person": person,
        "case list": lambda: reverse("cases:list"),
        "case list, searched": lambda: f"{reverse('cases:list')}?text={draw.choice(WORDS)}",
        "case": case,
        "case services": lambda: reverse("cases:services", args=[draw.choice(cases)]),
        "case needs": lambda: reverse("cases:needs", args=[draw.choice(cases)]),
        "case family": lambda: reverse("cases:family", args=[draw.choice(cases)]),
        "counter": lambda: reverse("counter:home"),
        "counter service, chosen": lambda: reverse("counter:serve", args=[draw.choice(people)]),
        "counter services": lambda: f"{reverse('counter:list')}?when=all",
        "counter service": lambda: reverse("counter:service", args=[draw.choice(counter)]),
        "incoming mail": lambda: reverse("mail:list"),
        "letters": lambda: reverse("papers:list"),
        "reports": lambda: reverse("cases:report_list"),
        "tasks": lambda: reverse("inbox:list"),
    }
    pages: dict[str, tuple[Callable[[], str], dict[str, str] | None]] = {
        name: (address, None) for name, address in get.items()
    }
    for word in ("Slamet", "Siti Nur", "Djoko Susilo", "Tukiyem"):
        asked = {"full_name": word, "sex": "", "age_from": "40", "age_to": "50"}
        pages[f"search before create: {word}"] = (lambda: reverse("people:search"), asked)
    return pages


def main() -> int:
    """Measure from the command line; JSON on stdout."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--rounds", type=int, default=60)
    options = parser.parse_args()
    world.prepare(options.folder)
    from pulih.config.server import collect_static

    collect_static()
    # As the server loads it: every page read, and set apart from the search for garbage.
    import pulih.config.wsgi  # noqa: F401

    figures = measure(options.rounds)
    json.dump(figures, sys.stdout, indent=1)
    return 0 if all(page["pass"] for page in figures.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
