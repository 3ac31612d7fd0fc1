"""A sealed record does not exist for who may not know: the same bytes, as if it were absent.

.venv/bin/python benchmarks/security/worlds.py --small | --full

Two databases come of one seed; one of them also holds sealed cases with all that grows around
them. Readers who are named in none of them ask both the same questions.
"""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from security.figures import Figure, is_full, tell
from security.paired.answers import Difference, differences, slower
from security.paired.chance import CHANCE
from security.paired.pairing import Pair, ask_both, make_pair
from world import prepare

BAR = 6000
SMALL = (1, 6)
FULL = (20, 14)
"""Seeds, and about how many questions each of the fifteen readers asks."""


def main() -> int:
    """Ask every pair of worlds, and one pair that leaks on purpose."""
    from_full = is_full()
    seeds, each = FULL if from_full else SMALL
    with tempfile.TemporaryDirectory() as folder, CHANCE.reigns():
        base = Path(folder)
        prepare(base / "place")
        from security.paired.ground import empty_world, go_plain

        go_plain()
        empty = empty_world(base / "empty")
        sizes: Counter[str] = Counter()
        found: list[Difference] = []
        uneven: list[Difference] = []
        seconds = [0.0, 0.0]
        pair = None
        for seed in range(seeds):
            pair = make_pair(empty, base / f"seed-{seed}", seed=seed, each=each)
            one, other = ask_both(pair)
            found += differences(one, other)
            uneven += slower(one, other)
            sizes["requests"] += len(one.answers)
            for answers, at in ((one.answers, 0), (other.answers, 1)):
                seconds[at] += sum(answer.seconds for _, answer in answers)
            for _, answer in one.answers:
                sizes[f"status {answer.status}"] += 1
        caught = _leak_is_found(pair)
    bar = BAR if from_full else 100
    return tell(
        Figure("paired_requests", sizes["requests"], f">= {bar}", sizes["requests"] >= bar),
        Figure("paired_differences", len(found), "0", not found and caught),
        Figure("paired_uneven_queries", len(uneven), "0", not uneven),
        seeds=seeds,
        statuses={k: v for k, v in sorted(sizes.items()) if k != "requests"},
        planted_leak_found=caught,
        seconds_without_and_with_sealed_cases=[round(value, 1) for value in seconds],
        differences=[f"{row.question}: {row.what}" for row in found[:20]],
        uneven=[f"{row.question}: {row.what}" for row in uneven[:20]],
    )


def _leak_is_found(pair: Pair | None) -> bool:
    """Tabs that count reports without their scope are told apart; else nothing was proven."""
    if pair is None:
        return False
    with _count_without_scope():
        one, other = ask_both(pair, only="/kasus/laporan/")
    return bool(differences(one, other))


@contextmanager
def _count_without_scope() -> Iterator[None]:
    from django.db.models import Count

    from pulih.cases.models import Report
    from pulih.cases.views import reports

    def count(_wanted: Any, *, user: Any) -> dict[str, int]:
        rows = Report.objects.unscoped(reason="the leak that the bench plants")
        found = rows.filter(office=user.office_id).order_by().values_list("state")
        return dict(found.annotate(Count("pk")))

    honest, reports.count_reports = reports.count_reports, count
    try:
        yield
    finally:
        reports.count_reports = honest


if __name__ == "__main__":
    sys.exit(main())
