"""The lists that have only codes and names, and the words by which a disability is found."""

from __future__ import annotations

from functools import cache

from pulih.people.codes.entries import Entry, read, read_list
from pulih.people.codes.spelling import nearest, normal

PSKS = read_list("psks")
SERVICE_KINDS = read_list("service_kinds")
STAGES = read_list("stages")
ATENSI = read_list("atensi")
PROBLEM_CRITERIA = read_list("problem_criteria")
DISABILITIES = read_list("disabilities")
FUNDING = read_list("funding")


@cache
def _disability_words() -> dict[str, str]:
    return {
        normal(text): item["code"]
        for item in read("disabilities")["entry"]
        for text in (*item["texts"], item["name"], item["code"])
    }


def find_disability(text: str) -> Entry | None:
    """The kind of disability that a freely typed text means."""
    found = nearest(normal(text), _disability_words())
    return DISABILITIES[found[0]] if found else None
