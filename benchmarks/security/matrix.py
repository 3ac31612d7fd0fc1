"""Who may do what, every cell: roles × relations × classes × (methods of addresses, actions).

.venv/bin/python benchmarks/security/matrix.py --small | --full

The expectations are tests/matrix/expected.toml, written by hand from the office's rules.
"""

from __future__ import annotations

import logging
import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from security.figures import Figure, is_full, tell

EVERY = 211
"""Of the small size: every so-manieth cell; prime, so that it walks through all columns."""
SHOWN = 40


def main() -> int:
    """Ask the product every cell."""
    full = is_full()
    with office() as world:
        wrong, executed, promised = _all(world, 1 if full else EVERY)
    enough = executed >= (promised if full else promised // EVERY)
    return tell(
        Figure("matrix_cells", executed, str(promised if full else promised // EVERY), enough),
        Figure("matrix_leaks", len(wrong), "0", not wrong),
        wrong=wrong[:SHOWN],
    )


def _all(world, every: int) -> tuple[list[str], int, int]:
    from tests.matrix import acting
    from tests.matrix import expectations as expect
    from tests.matrix.runner import Runner

    pages = tuple(page for page in expect.pages() if page.rule != "public")
    cells = list(expect.cells(pages))
    places = [(act, place) for act in expect.acts() for place in acting.places(act)]
    runner = Runner(world)
    wrong = [str(miss) for miss in runner.misses(cells[::every])]
    executed = runner.executed
    for act, place in places[::every]:
        said, letter = acting.observe(world, act, *place), acting.letter_of(act, *place)
        executed += 1
        if said != letter:
            wrong.append(f"{act.name} by {'.'.join(place)}: {letter}, but {said}")
    return wrong, executed, len(cells) + len(places)


class office:  # noqa: N801 - reads as a sentence where it is used
    """An empty database with the office of the matrix in it; nothing is kept."""

    def __enter__(self):
        os.environ["DJANGO_SETTINGS_MODULE"] = "pulih.config.settings.test"
        import django

        django.setup()
        logging.disable(logging.CRITICAL)
        from django.db import transaction
        from django.test.utils import setup_databases, setup_test_environment
        from django.utils import translation

        setup_test_environment()
        translation.activate("id")
        self._databases = setup_databases(verbosity=0, interactive=False)
        self._atomic = transaction.atomic()
        self._atomic.__enter__()
        from tests.matrix.world import build

        return build()

    def __exit__(self, *_fault: object) -> None:
        from django.db import transaction
        from django.test.utils import teardown_databases

        transaction.set_rollback(True)
        self._atomic.__exit__(None, None, None)
        teardown_databases(self._databases, verbosity=0)


if __name__ == "__main__":
    sys.exit(main())
