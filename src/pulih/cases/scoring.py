"""What an instrument's answers come to. Pure: numbers in, numbers out, no database, no Django."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

LOWEST, HIGHEST = -2, 2
CORRELATION = 0.3
"""How far goals of one person are expected to go together (Kiresuk and Sherman)."""


@dataclass(frozen=True, slots=True)
class Functioning:
    """Scores from 0 to 100; None is what was not assessed, and is never guessed."""

    domains: Mapping[str, float | None]
    total: float | None


def functioning(answers: Mapping[str, int | None], *, highest: int = 4) -> Functioning:
    """Score the functioning scale (R-CASE-22).

    Each domain is its level as a share of the highest one. The total is the mean of the domains,
    and there is one only when every domain was assessed.

    Raises:
        ValueError: a level is not on the scale, or nothing was assessed.
    """
    given = [level for level in answers.values() if level is not None]
    if not given:
        raise ValueError("nothing was assessed")
    if any(not 0 <= level <= highest for level in given):
        raise ValueError(f"a level is not between 0 and {highest}")
    domains = {
        name: None if level is None else round(level / highest * 100, 1)
        for name, level in answers.items()
    }
    scores = [score for score in domains.values() if score is not None]
    whole = len(scores) == len(answers)
    return Functioning(domains, round(sum(scores) / len(scores), 1) if whole else None)


def goal_attainment(
    levels: Sequence[int], weights: Sequence[int] | None = None, *, r: float = CORRELATION
) -> float:
    """The T-score of goal attainment scaling: 50 is "as expected" (R-CASE-23).

    T = 50 + 10·Σ(w·x) / √((1−r)·Σw² + r·(Σw)²)

    Args:
        levels: how far each goal was reached, from −2 to +2.
        weights: how much each goal counts; default all alike.

    Raises:
        ValueError: no goals, a level off the scale, a weight below 1, or not one weight a goal.
    """
    counts = [1] * len(levels) if weights is None else list(weights)
    if not levels:
        raise ValueError("there are no goals")
    if len(counts) != len(levels) or min(counts) < 1:
        raise ValueError("every goal needs one weight of at least 1")
    if any(not LOWEST <= level <= HIGHEST for level in levels):
        raise ValueError("a level is not between -2 and +2")
    weighted = sum(weight * level for weight, level in zip(counts, levels, strict=True))
    spread = (1 - r) * sum(weight**2 for weight in counts) + r * sum(counts) ** 2
    return 50 + 10 * weighted / sqrt(spread)


def change(before: float | None, after: float | None) -> float | None:
    """The difference of two scores; None when one of them is missing."""
    return None if before is None or after is None else round(after - before, 2)
