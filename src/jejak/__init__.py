"""Trace: find and link people by garbled, partial Indonesian identities."""

from jejak.birth import AGE_BANDS, AgeBand, BirthDate, Precision, age_band, compare_births
from jejak.compare import compare_names
from jejak.duplicates import Duplicate, find_duplicates
from jejak.memory import MemorySource
from jejak.names import Name, keys, parse_name, query_keys
from jejak.nik import Finding, Level, Nik, NikError, check_kk, check_nik, parse_nik
from jejak.reasons import explain
from jejak.records import Evidence, Match, Record
from jejak.retrieval import asked_keys, record_keys
from jejak.score import compare_records
from jejak.search import NearSource, Source, find_similar
from jejak.vocabulary import Vocabulary
from jejak.weights import Weights, smoothed_share

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
