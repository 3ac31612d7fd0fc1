"""R-CASE-1, R-CASE-2: the table of moves, and what a case in each stage has."""

from __future__ import annotations

import pytest

from pulih.cases.rules import blockers, needs_met, next_steps
from pulih.cases.stages import MOVES, Need, Stage, find_move


@pytest.mark.parametrize("stage", list(Stage)[1:])
def test_a_case_has_what_its_stage_needed(make_case, stage):
    case = make_case(stage=stage)

    met = needs_met(case)

    forward = [move for move in MOVES if move.end <= stage and not move.is_return]
    assert not blockers({need for move in forward for need in move.needs}, met)


def test_a_new_case_without_a_lead_says_what_blocks_it_and_who_helps(make_case):
    case = make_case(lead=None)

    (step,) = next_steps(case)

    assert [blocker.need for blocker in step.blockers] == [Need.LEAD, Need.BASIS]
    assert all(blocker.who and blocker.page for blocker in step.blockers)


def test_the_table_has_no_jump_from_approach_to_plan():
    assert find_move(Stage.APPROACH, Stage.PLANNING) is None
