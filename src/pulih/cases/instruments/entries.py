"""What an instrument is, and the instruments that are shipped."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from pulih.people.codes import Entry

FUNCTIONING = "skala-keberfungsian"
GOAL_ATTAINMENT = "pencapaian-tujuan"


@dataclass(frozen=True, slots=True)
class Domain(Entry):
    """One part of life that is judged on described levels, the lowest first."""

    looks_at: Entry
    levels: tuple[Entry, ...]

    @property
    def highest(self) -> int:
        """The number of the best level; the lowest is 0."""
        return len(self.levels) - 1


@dataclass(frozen=True, slots=True)
class Instrument(Entry):
    """One version of an instrument; its code and version are kept with every measurement.

    Attributes:
        about: what it is and is not, for the one who uses it and the one who reads a score.
        validated: is it a tested instrument, or a working scale of our own?
        domains: what is judged; empty where the goals of the plan are judged instead.
        levels: levels that are the same for everything judged; empty where domains have their own.
    """

    version: str
    about: Entry
    validated: bool
    domains: tuple[Domain, ...]
    levels: tuple[Entry, ...]


def _entry(raw: dict[str, Any], code: str = "") -> Entry:
    return Entry(str(raw.get("code", code)), raw["id"], raw["en"])


def _domain(raw: dict[str, Any]) -> Domain:
    levels = tuple(_entry(level, str(number)) for number, level in enumerate(raw["level"]))
    return Domain(raw["code"], raw["id"], raw["en"], _entry(raw["looks_at"]), levels)


def _read(name: str) -> Instrument:
    raw = tomllib.loads((files(__package__) / f"{name}.toml").read_text("utf-8"))
    return Instrument(
        code=raw["code"],
        name=raw["name"]["id"],
        english=raw["name"]["en"],
        version=raw["version"],
        about=_entry(raw["about"]),
        validated=raw["validated"],
        domains=tuple(map(_domain, raw.get("domain", ()))),
        levels=tuple(map(_entry, raw.get("level", ()))),
    )


INSTRUMENTS: tuple[Instrument, ...] = (
    _read("skala-keberfungsian-1"),
    _read("pencapaian-tujuan-1"),
)
"""Every version that was ever in use, the newest of each instrument last."""


def current(code: str) -> Instrument:
    """The version to measure with now."""
    return [found for found in INSTRUMENTS if found.code == code][-1]


def find(code: str, version: str) -> Instrument | None:
    """The version that a measurement names, if it is still shipped."""
    return next((i for i in INSTRUMENTS if (i.code, i.version) == (code, version)), None)
