"""The instruments of an office: what is shipped, what it loaded, what is its own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypeAlias

from pulih.access.models import Office
from pulih.cases.instruments import (
    GOAL_ATTAINMENT,
    INSTRUMENTS,
    Instrument,
    filled_in,
    find,
    of_the_office,
)
from pulih.cases.models import Measurement, OfficeInstrument

Finder: TypeAlias = Callable[[str, str], Instrument | None]


@dataclass(frozen=True, slots=True)
class Held:
    """An instrument as the office has it.

    Attributes:
        instrument: with the office's text and cut-off; a shipped skeleton where no text is loaded.
        row: the office's latest row on it, if any.
        has_text: can it be used at all?
        is_on: is it switched on?
    """

    instrument: Instrument
    row: OfficeInstrument | None
    has_text: bool
    is_on: bool

    @property
    def is_usable(self) -> bool:
        """Is it offered when somebody measures?"""
        return self.has_text and self.is_on


def held_by(office: Office) -> list[Held]:
    """Every instrument but goal attainment, which the plan brings along; own ones last."""
    latest: dict[str, OfficeInstrument] = {}
    for row in OfficeInstrument.objects.filter(office=office).order_by("number"):
        latest[row.code] = row
    newest = {one.code: one for one in INSTRUMENTS if one.code != GOAL_ATTAINMENT}
    shipped = [_held(one, latest.pop(code, None)) for code, one in newest.items()]
    return shipped + [
        Held(_built(row), row, has_text=True, is_on=row.is_on)
        for row in sorted(latest.values(), key=lambda row: str(row.content.get("name", "")))
    ]


def held(office: Office, code: str) -> Held | None:
    """One instrument as the office has it."""
    return next((one for one in held_by(office) if one.instrument.code == code), None)


def finder_for(office: Office) -> Finder:
    """Finds the version that a measurement names, shipped or the office's; one query at most."""
    rows: defaultdict[str, dict[str, OfficeInstrument]] = defaultdict(dict)
    is_read = False

    def look(code: str, version: str) -> Instrument | None:
        nonlocal is_read
        if found := find(code, version):
            return found
        if not is_read:
            for row in OfficeInstrument.objects.filter(office=office):
                if row.content:
                    rows[row.code][row.version] = row
            is_read = True
        kept = rows[code].get(version)
        return _built(kept) if kept else None

    return look


def is_used(row: OfficeInstrument) -> bool:
    """Was a measurement taken with this version in the office?"""
    return Measurement.objects.filter(
        case__office=row.office_id, instrument=row.code, version=row.version
    ).exists()


def _held(shipped: Instrument, row: OfficeInstrument | None) -> Held:
    has_own_text = row is not None and bool(row.content)
    instrument = _built(row) if row is not None and has_own_text else shipped
    if row is not None and row.cutoff is not None:
        instrument = replace(instrument, cutoff=row.cutoff)
    return Held(
        instrument,
        row,
        has_text=has_own_text or not shipped.text_by_office,
        is_on=row.is_on if row is not None else not shipped.optional,
    )


def _built(row: OfficeInstrument) -> Instrument:
    if row.is_own:
        return of_the_office(row.code, row.version, row.content, row.cutoff)
    shipped = [one for one in INSTRUMENTS if one.code == row.code][-1]
    if not row.content:
        return shipped
    return filled_in(shipped, row.version, row.content)
