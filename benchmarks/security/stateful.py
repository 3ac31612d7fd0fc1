"""Random sequences of grants, ends, moves, expiry and two editors, beside a model that remembers.

.venv/bin/python benchmarks/security/stateful.py --small | --full

After every revocation the pages that were open are asked for again. The full size runs in as many
processes as there are cores, each with seeds of its own.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from security.figures import Figure, is_full, tell
from world import prepare

BAR, SMALL = 5000, 40
STEPS, LEAST_MEAN = 60, 30
PART = "--part"
LISTS = ("lost_updates", "access_after_revocation", "wrongly_shut_out")


def main() -> int:
    """Run the parts, add up what they found."""
    if PART in sys.argv:
        at = sys.argv.index(PART)
        json.dump(_run(int(sys.argv[at + 1]), int(sys.argv[at + 2])), sys.stdout)
        return 0
    wanted = BAR if is_full() else SMALL
    parts = (os.cpu_count() or 1) if is_full() else 1
    each = -(-wanted // parts)
    found = _together([_part(seed, each) for seed in range(parts)])
    mean = round(found["steps"] / max(found["sequences"], 1), 1)
    return tell(
        Figure("stateful_sequences", found["sequences"], f">= {wanted}", _whole(found, wanted)),
        Figure("stateful_mean_steps", mean, f">= {LEAST_MEAN}", mean >= LEAST_MEAN),
        *(Figure(name, len(found[name]), "0", not found[name]) for name in LISTS),
        **{name: found[name][:10] for name in LISTS},
        done=dict(sorted(found["done"].items())),
        replayed=found["replayed"],
        saved=found["saved"],
        refused_saves=found["refused_saves"],
    )


def _whole(found: dict[str, Any], wanted: int) -> bool:
    """Enough sequences, and they did what they are there for."""
    return found["sequences"] >= wanted and found["replayed"] > 0 and found["refused_saves"] > 0


def _part(seed: int, sequences: int) -> subprocess.Popen[str]:
    command = [sys.executable, __file__, PART, str(seed), str(sequences)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def _together(parts: list[subprocess.Popen[str]]) -> dict[str, Any]:
    total: dict[str, Any] = {"done": Counter(), **{name: [] for name in LISTS}}
    for part in parts:
        printed, _ = part.communicate()
        if part.returncode:
            raise SystemExit(f"a part ended with {part.returncode}")
        for name, value in json.loads(printed).items():
            if name == "done":
                total["done"].update(value)
            else:
                total[name] = total.get(name, 0 if isinstance(value, int) else []) + value
    return total


def _run(seed: int, sequences: int) -> dict[str, Any]:
    """One part: an office in a database of its own, and its sequences."""
    with tempfile.TemporaryDirectory() as folder:
        prepare(Path(folder))
        from django.core.management import call_command
        from security.paired.ground import go_plain

        go_plain()
        call_command("migrate", interactive=False, verbosity=0)
        return run_sequences(seed, sequences)


def run_sequences(seed: int, sequences: int) -> dict[str, Any]:
    """The sequences of a seed in the database where the process stands."""
    import time_machine
    from hypothesis import HealthCheck, Phase, settings
    from hypothesis import seed as seeded
    from hypothesis.stateful import run_state_machine_as_test
    from security.grants.machine import Grants
    from security.grants.office import START, build
    from security.grants.tally import Tally

    with time_machine.travel(START, tick=False):
        office = build()
    tally = Tally()
    machine = seeded(seed)(type("Machine", (Grants,), {"office": office, "tally": tally}))
    options = settings(
        max_examples=sequences,
        stateful_step_count=STEPS,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(machine, settings=options)
    return {name: getattr(tally, name) for name in Tally.__slots__}


if __name__ == "__main__":
    sys.exit(main())
