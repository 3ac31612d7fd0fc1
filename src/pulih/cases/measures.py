"""Puts answers of an instrument through its scorer."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from pulih.cases import scorers
from pulih.cases.instruments import Instrument
from pulih.cases.scorers import Answers, Result
from pulih.cases.scoring import functioning

OFFICE_SCORERS = ("sum", "mean", "highest")
"""What an office may choose for an instrument of its own."""


def score_of(
    instrument: Instrument, answers: Answers, *, method: str = "", works: bool = True
) -> Result:
    """The score of one use of an instrument (R-CASE-62).

    Args:
        answers: the chosen level of each question; None where it was not answered.
        method: one of the instrument's methods, where it has any.
        works: does the person work or go to school? Only WHODAS asks.

    Raises:
        ValueError: an answer is not on the instrument, or too little was answered.
    """
    scorers.check_levels(answers, {one.code: one.highest for one in instrument.domains})
    return _SCORERS[instrument.scorer](instrument, answers, method, works)


def _counted(instrument: Instrument, answers: Answers) -> Answers:
    levels = {one.code: answers[one.code] for one in instrument.domains}
    return {
        one.code: None if (level := levels[one.code]) is None else one.counted(level)
        for one in instrument.domains
    }


def _share(instrument: Instrument, answers: Answers, _method: str, _works: bool) -> Result:
    found = functioning(answers, highest=instrument.domains[0].highest)
    return Result(found.domains, found.total)


_SCORERS: Mapping[str, Callable[[Instrument, Answers, str, bool], Result]] = {
    "share": _share,
    "sum": lambda it, given, _m, _w: scorers.added(_counted(it, given), cutoff=it.cutoff),
    "mean": lambda it, given, _m, _w: scorers.averaged(_counted(it, given), cutoff=it.cutoff),
    "highest": lambda it, given, _m, _w: scorers.highest_of(_counted(it, given), cutoff=it.cutoff),
    "washington": lambda _it, given, _m, _w: scorers.washington(given),
    "barthel": lambda it, given, method, _w: scorers.barthel(_counted(it, given), method=method),
    "whodas-12": lambda _it, given, method, _w: scorers.whodas_12(given, method=method),
    "whodas-36": lambda _it, given, method, works: scorers.whodas_36(
        given, method=method, works=works
    ),
}
