"""R-ACC-162, R-ACC-163: random sequences of grants, ends, moves and two editors."""

from __future__ import annotations

import pytest
import time_machine
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test
from security.grants.machine import Grants
from security.grants.office import START, build
from security.grants.tally import Tally

SEQUENCES, STEPS = 15, 40


@pytest.fixture
def machine(still, db):
    """A machine over an office of its own, with an empty tally."""
    with time_machine.travel(START, tick=False):
        office = build()
    return type("Machine", (Grants,), {"office": office, "tally": Tally()})


def walk(machine):
    """The same sequences every time."""
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=SEQUENCES,
            stateful_step_count=STEPS,
            deadline=None,
            database=None,
            derandomize=True,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_no_door_stays_open_and_nothing_is_overwritten_unseen(machine):
    walk(machine)

    tally = machine.tally
    assert tally.access_after_revocation == []
    assert tally.lost_updates == []
    assert tally.wrongly_shut_out == []
    assert tally.replayed > 0
    assert tally.refused_saves > 0


def test_the_machine_finds_what_is_overwritten_where_no_stamp_is_asked(machine, monkeypatch):
    for module in ("pulih.people.actions.editing", "pulih.cases.actions.needing"):
        monkeypatch.setattr(f"{module}.check_unchanged", lambda *row, **seen: None)

    walk(machine)

    assert machine.tally.lost_updates
