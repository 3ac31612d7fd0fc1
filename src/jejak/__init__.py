"""Trace: find and link people by garbled, partial Indonesian identities."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from jejak.birth import AGE_BANDS, AgeBand, BirthDate, Precision, age_band, compare_births
from jejak.compare import compare_names
from jejak.names import Name, keys, parse_name, query_keys
from jejak.nik import Finding, Level, Nik, NikError, check_kk, check_nik, parse_nik
from jejak.reasons import explain
from jejak.records import Evidence, Match, Record
from jejak.retrieval import asked_keys, record_keys
from jejak.score import compare_records
from jejak.search import NearSource, Source, find_similar
from jejak.weights import Weights, smoothed_share

if TYPE_CHECKING:
    from jejak.duplicates import Duplicate, find_duplicates
    from jejak.memory import MemorySource
    from jejak.vocabulary import Vocabulary

__all__ = [
    "AGE_BANDS",
    "AgeBand",
    "BirthDate",
    "Duplicate",
    "Evidence",
    "Finding",
    "Level",
    "Match",
    "MemorySource",
    "Name",
    "NearSource",
    "Nik",
    "NikError",
    "Precision",
    "Record",
    "Source",
    "Vocabulary",
    "Weights",
    "age_band",
    "asked_keys",
    "check_kk",
    "check_nik",
    "compare_births",
    "compare_names",
    "compare_records",
    "explain",
    "find_duplicates",
    "find_similar",
    "keys",
    "parse_name",
    "parse_nik",
    "query_keys",
    "record_keys",
    "smoothed_share",
]

# Whoever needs a birth date or a NIK alone does not wait for numpy.
_LATER = {
    "Duplicate": "jejak.duplicates",
    "find_duplicates": "jejak.duplicates",
    "MemorySource": "jejak.memory",
    "Vocabulary": "jejak.vocabulary",
}


def __getattr__(name: str) -> Any:
    """Load the part of a name that needs numpy when it is asked for."""
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_LATER[name]), name)
