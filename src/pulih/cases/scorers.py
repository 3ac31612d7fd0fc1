"""What the answers of each instrument come to. Pure: numbers in, numbers out.

An answer that is missing is None. Only WHODAS has a rule by which a few are filled in; everywhere
else a missing answer leaves no total, because a total would be a guess.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import floor
from typing import TypeAlias

Answers: TypeAlias = Mapping[str, int | None]
Score: TypeAlias = float | None

A_LOT = 2
"""Washington Group: from "a lot of difficulty" on, a domain counts as at risk."""

SIMPLE, COMPLEX = "simple", "complex"
WHODAS_LEVELS = 4
MOST_IMPUTED = 2
MOST_IMPUTED_OF_12 = 1
COLLAPSED = (0, 1, 1, 2, 2)
"""What the five levels of a collapsed question count in the complex scoring."""

WHODAS_36: Mapping[str, tuple[str, ...]] = {
    "D1": tuple(f"D1.{n}" for n in range(1, 7)),
    "D2": tuple(f"D2.{n}" for n in range(1, 6)),
    "D3": tuple(f"D3.{n}" for n in range(1, 5)),
    "D4": tuple(f"D4.{n}" for n in range(1, 6)),
    "D5a": tuple(f"D5.{n}" for n in range(1, 5)),
    "D5b": tuple(f"D5.{n}" for n in range(5, 9)),
    "D6": tuple(f"D6.{n}" for n in range(1, 9)),
}
"""The domains; life activities are two, household and work."""

WORK = "D5b"
FLAT_36 = frozenset(
    "D1.1 D1.2 D1.3 D1.4 D2.1 D2.4 D2.5 D3.2 D4.4 D5.4 D5.6 D5.7 D5.8 D6.2 D6.4 D6.5 D6.7".split()
)
WHODAS_12 = tuple(f"S{n}" for n in range(1, 13))
FLAT_12 = frozenset("S1 S3 S5 S6 S7 S9".split())


class TooLittleAnsweredError(ValueError):
    """More is missing than the instrument allows to fill in."""


@dataclass(frozen=True, slots=True)
class Result:
    """What came out.

    Attributes:
        domains: scores of the parts; None is what was not assessed.
        total: the score; None when there is none to report.
        raw: the plain sum behind a score that is a share, where there is one.
        flagged: does it ask for a second look: at risk, or at the cut-off?
    """

    domains: Mapping[str, Score] = field(default_factory=dict)
    total: Score = None
    raw: Score = None
    flagged: bool = False


def check_levels(answers: Answers, highest: Mapping[str, int]) -> None:
    """Refuse answers that are not on the instrument.

    Raises:
        ValueError: a question is unknown or left out, a level does not exist, or all is missing.
    """
    if answers.keys() != highest.keys():
        raise ValueError("the instrument has other questions")
    given = {code: level for code, level in answers.items() if level is not None}
    if not given:
        raise ValueError("nothing was answered")
    if any(not 0 <= level <= highest[code] for code, level in given.items()):
        raise ValueError("a level is not on the scale")


def added(counts: Answers, *, cutoff: int | None = None) -> Result:
    """The sum of what the answers count."""
    total = _whole(counts)
    sum_ = None if total is None else sum(total)
    return Result(dict(counts), sum_, sum_, _reaches(sum_, cutoff))


def averaged(counts: Answers, *, cutoff: int | None = None) -> Result:
    """The mean of what the answers count."""
    total = _whole(counts)
    mean = None if total is None else round(sum(total) / len(total), 2)
    return Result(dict(counts), mean, None, _reaches(mean, cutoff))


def highest_of(counts: Answers, *, cutoff: int | None = None) -> Result:
    """The highest level of all."""
    total = _whole(counts)
    top = None if total is None else max(total)
    return Result(dict(counts), top, None, _reaches(top, cutoff))


def washington(levels: Answers) -> Result:
    """Six domains; at risk when any is "a lot of difficulty" or more. Not a diagnosis."""
    given = [level for level in levels.values() if level is not None]
    whole = len(given) == len(levels)
    at_risk = any(level >= A_LOT for level in given)
    return Result(dict(levels), max(given) if whole else None, None, at_risk)


def barthel(points: Answers, *, method: str = "100") -> Result:
    """The sum of the points, 0 to 100, or a fifth of it, 0 to 20."""
    step = 5 if method == "20" else 1
    counts = {code: None if n is None else n / step for code, n in points.items()}
    whole = [n for n in counts.values() if n is not None]
    total = sum(whole) if len(whole) == len(counts) else None
    return Result(counts, total, total)


def whodas_12(levels: Answers, *, method: str = SIMPLE) -> Result:
    """WHODAS 2.0, 12 questions, as a share of 48 (simple) or of 36 (complex).

    One missing answer is filled in with the mean of the other eleven.

    Raises:
        TooLittleAnsweredError: more than one is missing.
    """
    missing = [code for code in WHODAS_12 if levels[code] is None]
    if len(missing) > MOST_IMPUTED_OF_12:
        raise TooLittleAnsweredError("more than one answer is missing")
    whole = _imputed({code: levels[code] for code in WHODAS_12}, whole_levels=method == COMPLEX)
    counts = {code: _count(code, level, FLAT_12, method) for code, level in whole.items()}
    raw = sum(counts.values())
    return Result({}, _share(raw, _top(WHODAS_12, FLAT_12, method)), round(raw, 2))


def whodas_36(levels: Answers, *, method: str = SIMPLE, works: bool = True) -> Result:
    """WHODAS 2.0, 36 questions: each domain and the total as a share of the most possible.

    Simple: all levels count 0 to 4, of 144 (128 without work). Complex: collapsed questions count
    0, 1, 1, 2, 2; of 106 (92 without work). Up to two missing answers are filled in with the mean
    of their domain; a domain that lacks two is not reported by itself.

    Args:
        works: does the person work or go to school? Otherwise the four questions on it are left.

    Raises:
        TooLittleAnsweredError: three or more answers are missing, or a domain has none.
    """
    domains = {name: codes for name, codes in WHODAS_36.items() if works or name != WORK}
    missing = {name: sum(levels[c] is None for c in codes) for name, codes in domains.items()}
    if sum(missing.values()) > MOST_IMPUTED:
        raise TooLittleAnsweredError("three or more answers are missing")
    shares: dict[str, Score] = {}
    raw = 0.0
    for name, codes in domains.items():
        whole = _imputed({code: levels[code] for code in codes}, whole_levels=method == COMPLEX)
        part = sum(_count(code, level, FLAT_36, method) for code, level in whole.items())
        raw += part
        reported = missing[name] < MOST_IMPUTED
        shares[name] = _share(part, _top(codes, FLAT_36, method)) if reported else None
    if not works:
        shares[WORK] = None
    most = sum(_top(codes, FLAT_36, method) for codes in domains.values())
    return Result(shares, _share(raw, most), round(raw, 2))


def _whole(counts: Answers) -> list[int] | None:
    given = [count for count in counts.values() if count is not None]
    return given if len(given) == len(counts) else None


def _reaches(total: Score, cutoff: int | None) -> bool:
    return total is not None and cutoff is not None and total >= cutoff


def _imputed(levels: Answers, *, whole_levels: bool = True) -> dict[str, float]:
    """Fill in what is missing; a level that is recoded afterwards must be a whole one."""
    given = [level for level in levels.values() if level is not None]
    mean = sum(given) / len(given)
    filled = float(floor(mean + 0.5)) if whole_levels else mean
    return {code: filled if level is None else level for code, level in levels.items()}


def _count(code: str, level: float, flat: frozenset[str], method: str) -> float:
    if method == SIMPLE or code in flat:
        return level
    return COLLAPSED[int(level)]


def _top(codes: Sequence[str], flat: frozenset[str], method: str) -> int:
    if method == SIMPLE:
        return WHODAS_LEVELS * len(codes)
    return sum(WHODAS_LEVELS if code in flat else COLLAPSED[-1] for code in codes)


def _share(part: float, most: int) -> float:
    return round(part / most * 100, 2)
