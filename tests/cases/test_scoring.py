"""R-CASE-22, R-CASE-23: what the two instruments make of their answers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulih.cases.scoring import change, functioning, goal_attainment

LEVELS = st.integers(-2, 2)
GOALS = st.lists(st.tuples(LEVELS, st.integers(1, 5)), min_size=1, max_size=8)


@pytest.mark.parametrize(
    ("levels", "weights", "expected"),
    [
        ((0, 0, 0), None, 50.00),
        ((1, 1, 1), None, 63.69),
        ((-1, -1, -1), None, 36.31),
        ((-2, -2, -2), None, 22.61),
        ((2,), None, 70.00),
        ((1, -1), (3, 1), 55.82),
        ((2, 1, 0, -1), (4, 2, 2, 1), 63.92),
    ],
)
def test_goal_attainment_gives_the_known_scores(levels, weights, expected):
    assert round(goal_attainment(levels, weights), 2) == expected


@given(GOALS)
def test_goals_turned_upside_down_mirror_the_score(goals):
    levels, weights = zip(*goals, strict=True)

    mirrored = goal_attainment([-level for level in levels], weights)

    assert mirrored == pytest.approx(100 - goal_attainment(levels, weights))


@given(GOALS, st.integers(1, 4))
def test_equal_growth_of_all_weights_changes_nothing(goals, times):
    levels, weights = zip(*goals, strict=True)

    grown = goal_attainment(levels, [weight * times for weight in weights])

    assert grown == pytest.approx(goal_attainment(levels, weights))


@pytest.mark.parametrize(
    ("levels", "weights"), [((), None), ((3,), None), ((1, 1), (1,)), ((1,), (0,))]
)
def test_goal_attainment_refuses_what_it_cannot_score(levels, weights):
    with pytest.raises(ValueError, match="goal|level"):
        goal_attainment(levels, weights)


def test_functioning_is_scored_by_domain_and_in_total():
    score = functioning({"physical": 4, "mental": 3, "social": 0, "skills": 1})

    assert score.domains == {"physical": 100.0, "mental": 75.0, "social": 0.0, "skills": 25.0}
    assert score.total == 50.0


def test_a_domain_that_was_not_assessed_leaves_no_total():
    score = functioning({"physical": 4, "mental": None, "social": 2, "skills": 2})

    assert score.domains["mental"] is None
    assert score.total is None


@pytest.mark.parametrize("answers", [{"physical": None}, {"physical": 5}, {"physical": -1}])
def test_functioning_refuses_what_it_cannot_score(answers):
    with pytest.raises(ValueError, match="assessed|level"):
        functioning(answers)


def test_change_needs_both_scores():
    assert change(37.5, 62.5) == 25.0
    assert change(None, 62.5) is None
