"""Measurements put in series for charts: only like with like (R-CASE-21)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from pulih.cases.instruments import Instrument, find
from pulih.cases.models import Measurement
from pulih.cases.queries.instruments import Finder
from pulih.cases.scoring import change

TOPS = frozenset({"highest", "washington"})
"""Scorers whose result is a highest level and no total."""

MOST_LINES = 5
"""More lines than this nobody tells apart in one chart; the table has them all."""


@dataclass(frozen=True, slots=True)
class Row:
    """A domain, or the total: its scores in order, and the change from the first to the last."""

    label: str
    scores: tuple[float | None, ...]
    change: float | None


@dataclass(frozen=True, slots=True)
class Series:
    """Measurements with one instrument, in one version, judged and scored in one way."""

    instrument: Instrument
    mode: str
    method: str
    most: int
    days: tuple[dt.date, ...]
    total: Row
    domains: tuple[Row, ...]

    @property
    def is_comparable(self) -> bool:
        """Is there more than one, so that there is a change to show?"""
        return len(self.days) > 1

    @property
    def drawn(self) -> list[dict[str, Any]]:
        """Total and domains for the chart; with many domains the total alone, for the eye."""
        domains = self.domains if len(self.domains) <= MOST_LINES else ()
        return [{"label": row.label, "values": row.scores} for row in (self.total, *domains)]


def series_of(
    measurements: Iterable[Measurement], *, total_label: str, look: Finder = find
) -> list[Series]:
    """Group measurements by instrument, version, mode and method; the order of days stays.

    Args:
        measurements: of one case, the earliest first.
        total_label: what the total is called on the page.
        look: finds an instrument by code and version; default among those that are shipped.
    """
    groups: dict[tuple[str, str, str, str], list[Measurement]] = {}
    for one in measurements:
        key = (one.instrument, one.version, one.mode, one.method)
        groups.setdefault(key, []).append(one)
    found = []
    for (code, version, _mode, _method), members in groups.items():
        instrument = look(code, version)
        if instrument is not None:
            found.append(_series(instrument, members, total_label))
    return found


def _series(instrument: Instrument, members: list[Measurement], total_label: str) -> Series:
    scores = [member.scores for member in members]
    label = _("Highest") if instrument.scorer in TOPS else total_label
    return Series(
        instrument=instrument,
        mode=members[0].get_mode_display(),
        method=next((str(m) for m in instrument.methods if m.code == members[0].method), ""),
        most=instrument.highest(members[0].method),
        days=tuple(member.measured_on for member in members),
        total=_row(label, [score.get("total") for score in scores]),
        domains=tuple(
            _row(str(domain), [score["domains"].get(domain.code) for score in scores])
            for domain in instrument.rows
        ),
    )


def _row(label: str, scores: list[float | None]) -> Row:
    scores = [score if score is None else _short(score) for score in scores]
    return Row(label, tuple(scores), _difference(scores))


def _difference(scores: list[float | None]) -> float | None:
    found = change(scores[0], scores[-1]) if len(scores) > 1 else None
    return None if found is None else _short(found)


def _short(score: float) -> float:
    """25 rather than 25.0."""
    return int(score) if score == int(score) else score
