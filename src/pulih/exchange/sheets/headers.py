"""Finds the rows of column titles on a sheet, and joins merged titles into paths."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pulih.exchange.sheets.columns import is_title, normal_title
from pulih.exchange.sheets.parsed import is_missing, shown
from pulih.exchange.sheets.values import CellValue, MergedRange, SheetRow

LOOK_AT = 60
LEAST_TITLES = 2
MOST_ROWS = 4
LONGEST_TITLE = 80
ORDINAL = re.compile(r"^\(?(\d{1,3})\)?$")


@dataclass(frozen=True, slots=True)
class Header:
    """The rows of titles, and the titles from the top down for each column."""

    rows: tuple[SheetRow, ...]
    paths: dict[int, tuple[str, ...]]

    @property
    def first(self) -> int:
        """Return the number of the first row of titles."""
        return self.rows[0].number

    @property
    def last(self) -> int:
        """Return the number of the last row of titles."""
        return self.rows[-1].number


def find_header(rows: Sequence[SheetRow], merged: Sequence[MergedRange]) -> Header | None:
    """Return the header among the first rows of a sheet, None where there is none."""
    scores = [_titles(row) for row in rows[:LOOK_AT]]
    best = max(range(len(scores)), key=lambda at: (scores[at], -at), default=None)
    if best is None or scores[best] < LEAST_TITLES:
        return None
    # The same titles may stand again further down: the first row that is nearly as good counts.
    anchor = next(at for at, score in enumerate(scores) if score >= max(2, scores[best] * 0.7))
    top = bottom = anchor
    while top > 0 and bottom - top < MOST_ROWS - 1 and _is_over(rows[top - 1], rows[top], merged):
        top -= 1
    while (
        bottom + 1 < len(rows)
        and bottom - top < MOST_ROWS - 1
        and _is_under(rows[bottom + 1], rows[top : bottom + 1], merged)
    ):
        bottom += 1
    header = tuple(rows[top : bottom + 1])
    return Header(header, _paths(header, merged))


def _titles(row: SheetRow) -> int:
    """Return how many cells are known titles; none when the row reads like data."""
    texts = [text for value in row.values if (text := shown(value))]
    hits = sum(1 for text in texts if len(text) <= LONGEST_TITLE and is_title(text))
    data = sum(1 for value in row.values if _is_data(value))
    if hits < LEAST_TITLES or hits * 2 < len(texts) or data > hits:
        return 0
    return hits


def _is_data(value: CellValue) -> bool:
    """Return whether a cell cannot be a title: a number, a date, a long line of digits."""
    if value is None:
        return False
    if not isinstance(value, str):
        return True
    text = shown(value)
    return sum(letter.isdigit() for letter in text) > 3 or is_missing(text)


def _filled(row: SheetRow) -> list[int]:
    return [at for at, value in enumerate(row.values) if shown(value)]


def _is_over(upper: SheetRow, lower: SheetRow, merged: Sequence[MergedRange]) -> bool:
    """Return whether a row holds titles above the titles: groups, not the name of the list."""
    filled = _filled(upper)
    if upper.number != lower.number - 1 or len(filled) < 2:
        return False
    if any(_is_data(upper.values[at]) for at in filled):
        return False
    wide = max(len(lower.values), 1) * 0.8
    if any(top == upper.number and left == 0 and r >= wide for top, left, _, r in merged):
        return False
    spans = [area for area in merged if area[0] == upper.number and area[1] in filled]
    known = sum(1 for at in filled if is_title(shown(upper.values[at])))
    return bool(spans) or known * 2 >= len(filled)


def _is_under(row: SheetRow, above: Sequence[SheetRow], merged: Sequence[MergedRange]) -> bool:
    """Return whether a row holds titles below the titles: parts of a wider title."""
    filled = _filled(row)
    last = above[-1]
    if not filled or row.number != last.number + 1 or is_column_numbers(row):
        return False
    if any(_is_data(row.values[at]) for at in filled):
        return False
    if all(_same(row, earlier) for earlier in above[-1:]):
        return False
    if any(top <= last.number < bottom for top, _, bottom, _ in merged):
        return _under_merged(filled, last, merged)
    known = sum(1 for at in filled if is_title(shown(row.values[at])) or _is_code(row, at))
    below_gap = [at for at in filled if not shown(last.value(at))]
    return known * 2 >= len(filled) and bool(below_gap)


def _is_code(row: SheetRow, at: int) -> bool:
    return normal_title(shown(row.values[at])) in {"l", "p", "kode", "uraian", "ya", "tidak"}


def _under_merged(filled: Sequence[int], last: SheetRow, merged: Sequence[MergedRange]) -> bool:
    """Return whether no filled cell lies below a title that itself ends above it."""
    return any(
        top <= last.number and left <= at <= right
        for at in filled
        for top, left, bottom, right in merged
        if bottom == last.number and right > left
    ) or any(top <= last.number < bottom for top, _, bottom, _ in merged)


def _same(one: SheetRow, other: SheetRow) -> bool:
    return [shown(value) for value in one.values] == [shown(value) for value in other.values]


def is_column_numbers(row: SheetRow) -> bool:
    """Return whether the row only counts the columns: 1, 2, 3 or (1), (2), (3)."""
    texts = [text for value in row.values if (text := shown(value))]
    numbers = [int(match[1]) for text in texts if (match := ORDINAL.match(text))]
    if len(numbers) < 3 or len(numbers) < len(texts) - 1:
        return False
    rising = sum(1 for a, b in zip(numbers, numbers[1:], strict=False) if b == a + 1)
    return numbers[0] in {0, 1} and rising >= (len(numbers) - 1) * 0.8


def _paths(rows: Sequence[SheetRow], merged: Sequence[MergedRange]) -> dict[int, tuple[str, ...]]:
    """Return the titles above each column, a merged title counting for all it covers."""
    width = max(len(row.values) for row in rows)
    covered = _covered(rows, merged)
    paths: dict[int, list[str]] = {at: [] for at in range(width)}
    for depth, row in enumerate(rows):
        for at in range(width):
            text = shown(row.value(at)) or covered.get((row.number, at), "")
            if not text and not merged:
                text = _from_the_left(rows, depth, at)
            if text and (not paths[at] or paths[at][-1] != text):
                paths[at].append(text)
    return {at: tuple(path) for at, path in paths.items() if path}


def _covered(rows: Sequence[SheetRow], merged: Sequence[MergedRange]) -> dict[tuple[int, int], str]:
    """Return the title of each cell that lies under a title merged to the right."""
    texts: dict[tuple[int, int], str] = {}
    by_number = {row.number: row for row in rows}
    for top, left, bottom, right in merged:
        row = by_number.get(top)
        text = shown(row.value(left)) if row else ""
        if text and right - left < 200:
            for number in range(top, bottom + 1):
                for at in range(left, right + 1):
                    texts[number, at] = text
    return texts


def _from_the_left(rows: Sequence[SheetRow], depth: int, at: int) -> str:
    """Return the nearest title to the left, where merges are unknown and a part lies below."""
    below = any(shown(row.value(at)) for row in rows[depth + 1 :])
    if not below:
        return ""
    for left in range(at - 1, -1, -1):
        if text := shown(rows[depth].value(left)):
            under = any(shown(row.value(left)) for row in rows[depth + 1 :])
            return text if under else ""
    return ""
