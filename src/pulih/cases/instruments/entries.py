"""What an instrument is, and the instruments that are shipped."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from pulih.people.codes import Entry

FUNCTIONING = "skala-keberfungsian"
CHILD_SITUATION = "skala-situasi-anak-korban"
GOAL_ATTAINMENT = "pencapaian-tujuan"

MOST_ROWS = 8
"""An instrument with more questions than this shows its total alone in charts."""


@dataclass(frozen=True, slots=True)
class Domain(Entry):
    """One thing that is judged or asked, on described levels, the lowest first.

    Attributes:
        points: what each level counts; empty where a level counts its own number.
        part: the code of the part of the instrument that it belongs to, or "".
    """

    looks_at: Entry
    levels: tuple[Entry, ...]
    points: tuple[int, ...] = ()
    part: str = ""

    @property
    def highest(self) -> int:
        """The number of the best level; the lowest is 0."""
        return len(self.levels) - 1

    def counted(self, level: int) -> int:
        """What a level counts."""
        return self.points[level] if self.points else level


@dataclass(frozen=True, slots=True)
class Method(Entry):
    """One way to score the same answers; only scores of one way are compared."""

    highest: int


@dataclass(frozen=True, slots=True)
class Band:
    """How a total is read from here on; never more than a word to talk about."""

    start: float
    words: Entry


@dataclass(frozen=True, slots=True)
class Fit:
    """Whom an instrument is for; an empty part sets no limit.

    Attributes:
        kinds: the PPKS kinds for which it is offered in any case.
        youngest, oldest: completed years; who is outside does not get it.
        not_psychotic: must it not be used in an acute psychosis?
    """

    kinds: tuple[int, ...] = ()
    youngest: int | None = None
    oldest: int | None = None
    not_psychotic: bool = False


@dataclass(frozen=True, slots=True)
class Instrument(Entry):
    """One version of an instrument; its code and version are kept with every measurement.

    Attributes:
        about: what it is and is not, for the one who uses it and the one who reads a score.
        validated: is it a tested instrument, or a working scale of our own?
        domains: what is judged; empty where the goals of the plan are judged instead.
        levels: levels that are the same for everything judged; empty where domains have their own.
        scorer: which scorer of `cases/scorers.py` makes a score of the answers.
        methods: the ways to score it, where there is more than one.
        parts: what is shown beside the total; empty means the domains, if they are few.
        text_by_office: is the text loaded by the office, because it may not be shipped?
        optional: is it off until the office switches it on?
        safety: the question whose answer above 0 asks for a safety check at once, or "".
        cutoff: the total from which the score asks for a second look, or None.
        source: where it comes from, for the citation.
    """

    version: str
    about: Entry
    validated: bool
    domains: tuple[Domain, ...]
    levels: tuple[Entry, ...]
    scorer: str = "share"
    methods: tuple[Method, ...] = ()
    parts: tuple[Entry, ...] = ()
    bands: tuple[Band, ...] = ()
    fit: Fit = Fit()
    text_by_office: bool = False
    optional: bool = False
    safety: str = ""
    cutoff: int | None = None
    source: str = ""

    @property
    def rows(self) -> tuple[Entry, ...]:
        """What is shown beside the total."""
        if self.parts:
            return self.parts
        return self.domains if len(self.domains) <= MOST_ROWS else ()

    def highest(self, method: str = "") -> int:
        """The highest possible total."""
        for one in self.methods:
            if one.code == method:
                return one.highest
        if self.scorer == "share":
            return 100
        tops = [max(domain.points, default=domain.highest) for domain in self.domains] or [0]
        return sum(tops) if self.scorer == "sum" else max(tops)

    def reading(self, total: float | None, method: str = "") -> str:
        """The total in a word, where the instrument has words for it; they are of one method."""
        if method and method != self.methods[0].code:
            return ""
        found = [band for band in self.bands if total is not None and total >= band.start]
        return str(found[-1].words) if found else ""


def _entry(raw: dict[str, Any], code: str = "") -> Entry:
    return Entry(str(raw.get("code", code)), raw["id"], raw["en"])


def _domain(raw: dict[str, Any], common: tuple[Entry, ...]) -> Domain:
    points = tuple(raw.get("points", ()))
    levels = tuple(
        _entry(level, str(points[number] if points else number))
        for number, level in enumerate(raw.get("level", ()))
    )
    looks_at = _entry(raw.get("looks_at", {"id": "", "en": ""}))
    return Domain(
        code=raw["code"],
        name=raw.get("id", ""),
        english=raw.get("en", ""),
        looks_at=looks_at,
        levels=levels or common,
        points=points,
        part=raw.get("part", ""),
    )


def _fit(raw: dict[str, Any]) -> Fit:
    return Fit(
        kinds=tuple(raw.get("kinds", ())),
        youngest=raw.get("youngest"),
        oldest=raw.get("oldest"),
        not_psychotic=raw.get("not_psychotic", False),
    )


def _read(name: str) -> Instrument:
    raw = tomllib.loads((files(__package__) / f"{name}.toml").read_text("utf-8"))
    levels = tuple(_entry(level, str(at)) for at, level in enumerate(raw.get("level", ())))
    return Instrument(
        code=raw["code"],
        name=raw["name"]["id"],
        english=raw["name"]["en"],
        version=raw["version"],
        about=_entry(raw["about"]),
        validated=raw["validated"],
        domains=tuple(_domain(one, levels) for one in raw.get("domain", ())),
        levels=levels,
        scorer=raw.get("scorer", "share"),
        methods=tuple(
            Method(one["code"], one["id"], one["en"], one["highest"])
            for one in raw.get("method", ())
        ),
        parts=tuple(map(_entry, raw.get("part", ()))),
        bands=tuple(Band(one["from"], _entry(one)) for one in raw.get("band", ())),
        fit=_fit(raw.get("fit", {})),
        text_by_office=raw.get("text_by_office", False),
        optional=raw.get("optional", False),
        safety=raw.get("safety", ""),
        cutoff=raw.get("cutoff"),
        source=raw.get("source", ""),
    )


INSTRUMENTS: tuple[Instrument, ...] = tuple(
    map(
        _read,
        (
            "skala-keberfungsian-1",
            "pencapaian-tujuan-1",
            "skala-situasi-anak-korban-1",
            "washington-group-ss-1",
            "barthel-1",
            "whodas-12-1",
            "whodas-36-1",
            "phq-9-1",
            "srq-20-1",
        ),
    )
)
"""Every version that was ever in use, the newest of each instrument last."""


def current(code: str) -> Instrument:
    """The version to measure with now."""
    return [found for found in INSTRUMENTS if found.code == code][-1]


def find(code: str, version: str) -> Instrument | None:
    """The version that a measurement names, if it is still shipped."""
    return next((i for i in INSTRUMENTS if (i.code, i.version) == (code, version)), None)
