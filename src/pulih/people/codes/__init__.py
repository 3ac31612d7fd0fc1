"""Code lists with legal meaning: plain data with a scheme version, names in both languages.

Every list is a file in `lists/`; other apps import from this package. A code once stored is never
removed from a list: a new scheme is a new list beside the old.
"""

from pulih.people.codes.entries import CodeList, Entry
from pulih.people.codes.kinds import KINDS, Group, Kind, KindMatch, find_kind
from pulih.people.codes.plain import (
    ATENSI,
    DISABILITIES,
    FUNDING,
    PROBLEM_CRITERIA,
    PSKS,
    SERVICE_KINDS,
    STAGES,
    find_disability,
)

__all__ = [
    "ATENSI",
    "DISABILITIES",
    "FUNDING",
    "KINDS",
    "PROBLEM_CRITERIA",
    "PSKS",
    "SERVICE_KINDS",
    "STAGES",
    "CodeList",
    "Entry",
    "Group",
    "Kind",
    "KindMatch",
    "find_disability",
    "find_kind",
]
