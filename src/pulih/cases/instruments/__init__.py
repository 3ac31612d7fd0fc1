"""Instruments are data: one file a version, with its full text and the name of its scorer.

A file is never changed once a measurement was taken with it: another wording is another version,
so that scores are compared only where the text was the same.
"""

from pulih.cases.instruments.entries import (
    CHILD_SITUATION,
    FUNCTIONING,
    GOAL_ATTAINMENT,
    INSTRUMENTS,
    Domain,
    Instrument,
    current,
    find,
)
from pulih.cases.instruments.office import filled_in, missing_in, of_the_office, read_text

__all__ = [
    "CHILD_SITUATION",
    "FUNCTIONING",
    "GOAL_ATTAINMENT",
    "INSTRUMENTS",
    "Domain",
    "Instrument",
    "current",
    "filled_in",
    "find",
    "missing_in",
    "of_the_office",
    "read_text",
]
