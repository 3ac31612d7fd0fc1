"""The 26 kinds of PPKS, and how a kind is found from what somebody typed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from pulih.access.policy import RecordClass
from pulih.people.codes.entries import CodeList, Entry, read
from pulih.people.codes.spelling import nearest, normal

# "3", "03.", "3. Anak yang ...", "PPKS 3", "no 3": the number leads, the name may follow.
_LEADING_NUMBER = re.compile(r"^(?:ppks|pmks|no|nomor|kode)?\s*0?(\d{1,2})\b\s*(.*)$")


class Group(StrEnum):
    """The target groups of the rehabilitation section, or outside it."""

    CHILD_ELDERLY = "child-elderly"
    DISABILITY = "disability"
    TUNA_SOSIAL = "tuna-sosial"
    OTHER = "other"


# The unit of the rehabilitation section that takes a group; `access.Unit.code`.
UNITS = {
    Group.CHILD_ELDERLY: "anak-lansia",
    Group.DISABILITY: "disabilitas",
    Group.TUNA_SOSIAL: "tuna-sosial",
}


@dataclass(frozen=True, slots=True)
class Kind(Entry):
    """One kind of PPKS. Its code is the number as text, "1" to "26".

    Attributes:
        abbreviation: the short code that offices write, such as ABH.
        min_age, max_age: completed years on the date of the status; None sets no limit.
        sex: "L" or "P" where the kind is for one sex, else "".
        groups: the target groups, the usual one first.
        section: `access.Section.Kind` that takes it when nothing else is said.
        record_class: how closely a record of this kind is held when nothing else is said.
    """

    abbreviation: str
    meaning: str
    meaning_english: str
    min_age: int | None
    max_age: int | None
    sex: str
    groups: tuple[Group, ...]
    section: str
    record_class: RecordClass

    @property
    def number(self) -> int:
        """The number of the official list."""
        return int(self.code)

    @property
    def unit(self) -> str:
        """The unit of the section that usually takes it; "" outside rehabilitation."""
        return UNITS.get(self.groups[0], "")

    def fits_age(self, years: int) -> bool:
        """Is the age within the limits of the kind? Only ever a warning."""
        above = self.min_age is None or years >= self.min_age
        return above and (self.max_age is None or years <= self.max_age)


@dataclass(frozen=True, slots=True)
class KindMatch:
    """What a typed text was taken for.

    Attributes:
        scheme: the list the text comes from: PPKS-2012, PMKS-2007 or everyday.
        disability: the code of the disability that the label states, or "".
        score: 100 for a known text, less when it was found by similarity.
    """

    kind: Kind
    text: str
    scheme: str
    disability: str
    score: float

    @property
    def sure(self) -> bool:
        """Was the text known as it stands?"""
        return self.score >= 100


def _load() -> CodeList[Kind]:
    raw = read("ppks")
    kinds = tuple(
        Kind(
            code=str(item["number"]),
            name=item["name"],
            english=item["english"],
            abbreviation=item["code"],
            meaning=item["meaning"],
            meaning_english=item["meaning_english"],
            min_age=item.get("min_age"),
            max_age=item.get("max_age"),
            sex=item.get("sex", ""),
            groups=(Group(item["group"]), *map(Group, item.get("other_groups", ()))),
            section=item.get("section", "rehabilitation"),
            record_class=RecordClass(item.get("record_class", "open")),
        )
        for item in raw["entry"]
    )
    return CodeList(raw["scheme"], raw["source"], kinds)


KINDS = _load()


@cache
def _known() -> dict[str, tuple[str, str, str]]:
    """Normal form of every known text, to code, scheme and disability; official names win."""
    known: dict[str, tuple[str, str, str]] = {}
    for label in read("pmks_labels")["label"]:
        for text in label["texts"]:
            meant = (str(label["kind"]), label["scheme"], label.get("disability", ""))
            known[normal(text)] = meant
    for kind in KINDS:
        for text in (kind.name, kind.abbreviation, f"{kind.name} {kind.abbreviation}"):
            known[normal(text)] = (kind.code, KINDS.scheme, "")
    return known


def find_kind(text: str) -> KindMatch | None:
    """The kind that a freely typed text means, or None when it is like no known one.

    Takes an official name, a number 1–26 (alone or before the name), an abbreviation, an old PMKS
    label, or a slip of one of these. Where number and name contradict each other the name decides,
    because old lists number the kinds differently, and the match is not `sure`.
    """
    words = normal(text)
    numbered = _LEADING_NUMBER.match(words)
    rest = numbered[2] if numbered else words
    number = str(int(numbered[1])) if numbered else ""
    found = nearest(rest, _known()) if rest else None
    if found:
        (code, scheme, disability), score = found
        if number and number != code:
            score = min(score, 99.0)
        return KindMatch(KINDS[code], text, scheme, disability, score)
    if number in KINDS:
        sure = 100.0 if not rest else 90.0
        return KindMatch(KINDS[number], text, KINDS.scheme, "", sure)
    return None
