"""Proposes what each column means, from the words above it and from what stands in it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from rapidfuzz import fuzz, process

from pulih.exchange.sheets.cells import AGE, ASIDE, PHONE, SEXES
from pulih.exchange.sheets.dates import date_part, take_apart
from pulih.exchange.sheets.fields import OTHER_TITLES, PROFILES, REPEATABLE, Field, Profile
from pulih.exchange.sheets.parsed import is_missing, shown
from pulih.exchange.sheets.values import CellValue, LongNumber

NEAR_ENOUGH = 84
SHORT = 4
MOST = 0.7
NOISE = re.compile(r"[^0-9a-z/#]+")
BRACKETS = re.compile(r"\((?:th|thn|tahun|l/p|wajib|\*|dd.*?|hh.*?|rp\.?)\)|\*", re.I)
SIXTEEN = re.compile(r"^'?\d(?:[\s.\-]?\d){15}$")
EIGHTEEN = re.compile(r"^'?\d{8}\s?\d{6}\s?\d\s?\d{3}$")
TEN = re.compile(r"^\d{2}\.?\d{2}\.?\d{2}\.?\d{4}$")
# Titles that mean nothing without the title above them.
BARE_LEAVES = frozenset({"uraian", "jenis", "keterangan", "ket", "ya", "teks", "deskripsi"})
NAMED_ABOVE = frozenset({Field.GUARDIAN_NAME, Field.HEAD_NAME, Field.HANDLED_BY})
CODES = frozenset({"kode", "kd", "no kode"})


@dataclass(slots=True)
class Column:
    """One column of a sheet: where it stands, the titles above it, some of its values."""

    index: int
    path: tuple[str, ...] = ()
    hidden: bool = False
    samples: Sequence[CellValue] = ()

    @property
    def title(self) -> str:
        """Return the titles from the top down, as in "Alamat / RT"."""
        return " / ".join(self.path)


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a column probably means; confidence from 0 to 1."""

    column: int
    field: Field
    confidence: float
    from_content: bool = False


def normal_title(text: str) -> str:
    """Return a title in lower case without dots, brackets and doubled spaces."""
    text = BRACKETS.sub(" ", text.casefold().replace("_", " ").replace("'", ""))
    text = NOISE.sub(" ", text)
    return re.sub(r"\s*/\s*", "/", text).strip(" /")


@lru_cache(maxsize=8)
def _vocabulary(code: str) -> dict[str, Field]:
    profile = PROFILES[code]
    return {normal_title(word): name for name, words in profile.words.items() for word in words}


@lru_cache(maxsize=4096)
def match_title(title: str, code: str) -> tuple[Field, float] | None:
    """Return the field that one normal title means, and how surely."""
    vocabulary = _vocabulary(code)
    if title in vocabulary:
        return vocabulary[title], 1.0
    compact = title.replace(" ", "").replace("/", "")
    for word, name in vocabulary.items():
        if word.replace(" ", "").replace("/", "") == compact and compact:
            return name, 0.97
    if len(title) < SHORT:
        return None
    near = process.extractOne(
        title,
        [word for word in vocabulary if len(word) >= SHORT],
        scorer=fuzz.ratio,
        score_cutoff=NEAR_ENOUGH,
    )
    if near:
        return vocabulary[near[0]], round(near[1] / 100 * 0.9, 2)
    return None


def is_title(text: str) -> bool:
    """Return whether the text is a known title of any profile."""
    return any(
        title in OTHER_TITLES or any(match_title(title, code) for code in PROFILES)
        for title in {normal_title(text), normal_title(ASIDE.sub(" ", text))}
    )


def match_path(path: Sequence[str], profile: Profile) -> tuple[Field, float] | None:
    """Return what the titles above a column mean, the nearest one first unless it is bare."""
    titles = [title for part in path if (title := normal_title(part))]
    if not titles:
        return None
    return _match_titles(titles, profile) or _match_titles(
        [title for part in path if (title := normal_title(ASIDE.sub(" ", part)))], profile
    )


def _match_titles(titles: Sequence[str], profile: Profile) -> tuple[Field, float] | None:
    if not titles:
        return None
    leaf = titles[-1]
    if len(titles) > 1:
        sex = _sex_tick(leaf, titles[-2], profile)
        if sex:
            return sex
        if leaf in CODES:
            return Field.IGNORE, 0.6
        joined = match_title(f"{titles[-2]} {leaf}", profile.code)
        if joined and joined[1] > 0.95:
            return joined
        above = match_title(titles[-2], profile.code)
        if above and (leaf in BARE_LEAVES or (leaf == "nama" and above[0] in NAMED_ABOVE)):
            return above[0], round(above[1] * 0.9, 2)
    found = match_title(leaf, profile.code)
    if found or len(titles) == 1:
        return found
    above = match_title(titles[-2], profile.code)
    return (above[0], round(above[1] * 0.5, 2)) if above else None


def _sex_tick(leaf: str, parent: str, profile: Profile) -> tuple[Field, float] | None:
    above = match_title(parent, profile.code)
    if above is None or above[0] not in {Field.SEX, Field.AGE}:
        return None
    if leaf in SEXES:
        return (Field.SEX_L_TICK if SEXES[leaf] == "L" else Field.SEX_P_TICK), 0.95
    return None


def propose(columns: Sequence[Column], profile: Profile) -> list[Proposal]:
    """Propose a field for every column; a field that is taken once goes to the best column."""
    wishes = _paired_ticks(columns, profile)
    for column in columns:
        wishes.extend(_wishes(column, profile))
    wishes.sort(key=lambda wish: (-wish.confidence, wish.column))
    chosen: dict[int, Proposal] = {}
    taken: set[Field] = set()
    for wish in wishes:
        if wish.column in chosen or (wish.field in taken and wish.field not in REPEATABLE):
            continue
        chosen[wish.column] = wish
        taken.add(wish.field)
    found = [chosen.get(one.index, Proposal(one.index, Field.IGNORE, 0.0)) for one in columns]
    return _settle(found)


def _paired_ticks(columns: Sequence[Column], profile: Profile) -> list[Proposal]:
    """Return wishes for two neighbours "L" and "P" that hold ticks in place of one column."""
    wishes: list[Proposal] = []
    for left, right in pairwise(columns):
        letters = [normal_title(one.path[-1]) if one.path else "" for one in (left, right)]
        if Field.SEX in profile.words and [SEXES.get(one) for one in letters] == ["L", "P"]:
            wishes.append(Proposal(left.index, Field.SEX_L_TICK, 0.9))
            wishes.append(Proposal(right.index, Field.SEX_P_TICK, 0.9))
    return wishes


def _wishes(column: Column, profile: Profile) -> list[Proposal]:
    content = _content(column.samples)
    wishes = []
    titled = match_path(column.path, profile)
    if titled:
        name, sure = titled
        if content and _contradicts(name, content):
            sure = round(sure * 0.5, 2)
        wishes.append(Proposal(column.index, name, sure))
    if content:
        for name, sure in _fields_of(content, bool(column.path)):
            if name in profile.words:
                wishes.append(Proposal(column.index, name, sure, from_content=True))
    return wishes


def _content(samples: Sequence[CellValue]) -> str:
    """Return what most of the values look like, or nothing."""
    texts = [(value, text) for value in samples if (text := shown(value)) and not is_missing(text)]
    if len(texts) < 3:
        return ""
    counts: dict[str, int] = {}
    for value, text in texts:
        kind = _kind_of(value, text)
        counts[kind] = counts.get(kind, 0) + 1
    best = max(counts, key=lambda kind: counts[kind])
    return best if counts[best] >= MOST * len(texts) else ""


def _kind_of(value: CellValue, text: str) -> str:
    for kind, test in KINDS:
        if test(value, text):
            return kind
    return "text"


def _is_date(value: CellValue, text: str) -> bool:
    if isinstance(value, dt.date):
        return True
    reading = take_apart(text) if isinstance(value, str) and len(text) > 5 else None
    return reading is not None and reading.first > 0


def _is_place_date(value: CellValue, text: str) -> bool:
    tail = date_part(text)
    return isinstance(value, str) and tail != text and take_apart(tail) is not None


KINDS = (
    ("sixteen", lambda v, t: isinstance(v, LongNumber) and len(t) == 16 or bool(SIXTEEN.match(t))),
    ("eighteen", lambda v, t: bool(EIGHTEEN.match(t))),
    ("date", _is_date),
    ("place_date", _is_place_date),
    ("phone", lambda v, t: t[:1] in "08+6" and bool(PHONE.fullmatch(t))),
    ("region", lambda v, t: bool(TEN.match(t))),
    ("sex", lambda v, t: t.casefold() in SEXES and not t.isdigit()),
    ("email", lambda v, t: "@" in t),
    ("number", lambda v, t: bool(AGE.match(t))),
)
MEANINGS: dict[str, tuple[Field, ...]] = {
    "sixteen": (Field.NIK, Field.KK),
    "eighteen": (Field.NIP,),
    "date": (Field.BIRTH_DATE,),
    "place_date": (Field.BIRTH_PLACE_DATE,),
    "phone": (Field.PHONE,),
    "region": (Field.REGION_CODE,),
    "sex": (Field.SEX,),
    "email": (Field.EMAIL,),
}
EXPECTED: dict[Field, frozenset[str]] = {
    Field.NIK: frozenset({"sixteen", "text"}),
    Field.KK: frozenset({"sixteen", "text"}),
    Field.NAME: frozenset({"text"}),
    Field.SEX: frozenset({"sex", "number", "text"}),
    Field.PHONE: frozenset({"phone", "text", "number"}),
    Field.ROW_NUMBER: frozenset({"number", "text"}),
}


def _contradicts(name: Field, content: str) -> bool:
    return name in EXPECTED and content not in EXPECTED[name]


def _fields_of(content: str, titled: bool) -> list[tuple[Field, float]]:
    """Return what values alone suggest; less where a title says something unknown."""
    sure = 0.45 if titled else 0.6
    return [
        (name, round(sure - step * 0.1, 2)) for step, name in enumerate(MEANINGS.get(content, ()))
    ]


def _settle(found: list[Proposal]) -> list[Proposal]:
    """Decide by the neighbours what one column cannot: head of family, relation, L and P."""
    names = {one.field for one in found}
    settled: list[Proposal] = []
    before: Field | None = None
    for one in found:
        name = one.field
        if name is Field.HEAD_NAME and Field.NAME not in names:
            name = Field.NAME
        elif (
            name is Field.FAMILY_RELATION
            and before is Field.GUARDIAN_NAME
            and Field.GUARDIAN_RELATION not in names
        ):
            name = Field.GUARDIAN_RELATION
        settled.append(
            Proposal(one.column, name, one.confidence, one.from_content)
            if name is not one.field
            else one
        )
        before = name
    return settled
