"""Where the people of a genogram stand: generations in rows, couples side by side, no overlap.

Places are in steps of a grid: whole rows down, at least one step apart sideways. Families that
contradict themselves (somebody who is their own grandparent) are drawn as well: the first word on
a generation counts, and nobody is left out or drawn twice.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Mapping, Sequence

from pulih.cases.drawing.figures import CLIENT, COUPLES, Bond, Family, Tie

Spot = tuple[float, float]
SWEEPS = 6
STEP = 0.5


def place_family(family: Family, moves: Mapping[str, Spot] | None = None) -> dict[str, Spot]:
    """The place of everybody: by generation, then where a hand has moved them.

    Args:
        moves: where somebody was dragged to; a place that is taken gives way to the right.
    """
    levels = generations(family)
    rows = _rows(family, levels)
    columns = _columns(family, rows)
    top = min(levels.values(), default=0)
    spots = {key: (columns[key], float(levels[key] - top)) for key in columns}
    return make_room(spots, moves or {})


def generations(family: Family) -> dict[str, int]:
    """The generation of everybody, seen from the client, who is 0."""
    steps: defaultdict[str, list[tuple[str, int]]] = defaultdict(list)
    for tie in family.ties:
        if tie.bond == Bond.PARENT:
            steps[tie.a].append((tie.b, 1))
            steps[tie.b].append((tie.a, -1))
        elif tie.bond in COUPLES or tie.bond == Bond.SIBLING:
            steps[tie.a].append((tie.b, 0))
            steps[tie.b].append((tie.a, 0))
    asked = {figure.key: figure.level for figure in family.figures}
    found: dict[str, int] = {}
    first = sorted(asked, key=lambda key: (key != CLIENT, asked[key] is None))
    for start in first:
        if start in found:
            continue
        found[start] = asked[start] or 0
        waiting = deque([start])
        while waiting:
            here = waiting.popleft()
            for other, step in steps[here]:
                if other in asked and other not in found:
                    found[other] = found[here] + step
                    waiting.append(other)
    return found


def make_room(spots: Mapping[str, Spot], moves: Mapping[str, Spot]) -> dict[str, Spot]:
    """Put what was moved where it was moved to, or right of it until nothing is in the way."""
    placed = {key: spot for key, spot in spots.items() if key not in moves}
    for key in sorted(moves.keys() & spots.keys()):
        x, y = moves[key]
        x, y = round(x / STEP) * STEP, round(y / STEP) * STEP
        while any(overlaps((x, y), other) for other in placed.values()):
            x += STEP
        placed[key] = (x, y)
    return placed


def overlaps(one: Spot, other: Spot) -> bool:
    """Are two places closer than one step in both directions?"""
    return abs(one[0] - other[0]) < 1 and abs(one[1] - other[1]) < 1


def _rows(family: Family, levels: Mapping[str, int]) -> dict[int, list[list[str]]]:
    """The blocks of each generation: couples and chains of couples stay together."""
    partners: defaultdict[str, list[str]] = defaultdict(list)
    for tie in family.ties:
        known = tie.a in levels and tie.b in levels and tie.a != tie.b
        if tie.bond in COUPLES and known and levels[tie.a] == levels[tie.b]:
            partners[tie.a].append(tie.b)
            partners[tie.b].append(tie.a)
    rows: defaultdict[int, list[list[str]]] = defaultdict(list)
    seen: set[str] = set()
    # A chain is walked from its end, so that everybody stands beside a partner.
    for key in sorted(levels, key=lambda one: len(set(partners[one])) > 1):
        if key not in seen:
            block = _chain(key, partners, seen)
            rows[levels[key]].append(block)
    return rows


def _chain(start: str, partners: Mapping[str, Sequence[str]], seen: set[str]) -> list[str]:
    block = []
    waiting = [start]
    while waiting:
        here = waiting.pop()
        if here not in seen:
            seen.add(here)
            block.append(here)
            waiting += [other for other in partners[here] if other not in seen]
    return block


def _columns(family: Family, rows: Mapping[int, list[list[str]]]) -> dict[str, float]:
    """The column of everybody, after some sweeps that pull kin above and below each other."""
    near = _near(family.ties)
    columns: dict[str, float] = {}
    for blocks in rows.values():
        _pack([(float(number), block) for number, block in enumerate(blocks)], columns)
    levels = sorted(rows)
    for sweep in range(SWEEPS):
        order = levels if sweep % 2 else levels[::-1]
        for level in order:
            wanted = [(_wish(block, near, columns), block) for block in rows[level]]
            _pack(wanted, columns)
    left = min(columns.values(), default=0.0)
    return {key: column - left for key, column in columns.items()}


def _near(ties: Sequence[Tie]) -> defaultdict[str, list[str]]:
    near: defaultdict[str, list[str]] = defaultdict(list)
    for tie in ties:
        if tie.bond not in COUPLES:
            near[tie.a].append(tie.b)
            near[tie.b].append(tie.a)
    return near


def _wish(
    block: Sequence[str], near: Mapping[str, Sequence[str]], columns: Mapping[str, float]
) -> float:
    """Where the middle of a block would like to be: amid its kin, else where it is."""
    kin = [columns[key] for one in block for key in near.get(one, ()) if key in columns]
    own = [columns[one] for one in block]
    return sum(kin) / len(kin) if kin else sum(own) / len(own)


def _pack(wanted: list[tuple[float, list[str]]], columns: dict[str, float]) -> None:
    """Give a row its columns, in the order of the wishes, nobody closer than one step."""
    ordered = sorted(wanted, key=lambda one: one[0])
    starts: list[float] = []
    edge: float | None = None
    for wish, block in ordered:
        start = round((wish - (len(block) - 1) / 2) / STEP) * STEP
        if edge is not None and start < edge:
            start = edge
        starts.append(start)
        edge = start + len(block)
    # A row that was pushed to the right comes back by what it was pushed on average.
    pushed = [
        start - (wish - (len(block) - 1) / 2)
        for start, (wish, block) in zip(starts, ordered, strict=True)
    ]
    back = round(sum(pushed) / max(1, len(pushed)) / STEP) * STEP
    for start, (_, block) in zip(starts, ordered, strict=True):
        for number, key in enumerate(block):
            columns[key] = start - back + number
