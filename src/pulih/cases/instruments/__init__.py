"""Instruments are data: one file a version, with its full text and the name of its scorer.

A file is never changed once a measurement was taken with it: another wording is another version,
so that scores are compared only where the text was the same.
"""

from pulih.cases.instruments.entries import (
    FUNCTIONING,
    GOAL_ATTAINMENT,
    INSTRUMENTS,
    Domain,
    Instrument,
    current,
    find,
)

__all__ = [
    "FUNCTIONING",
    "GOAL_ATTAINMENT",
    "INSTRUMENTS",
    "Domain",
    "Instrument",
    "current",
    "find",
]
