"""A genogram on its sheet: symbols, lines of marriage and descent, in pixels."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pulih.cases.drawing.figures import (
    COUPLES,
    Bond,
    Drawing,
    Family,
    Figure,
    Label,
    Line,
    Node,
    Tie,
)
from pulih.cases.drawing.generations import Spot, place_family
from pulih.cases.drawing.wording import lines_of, spoken_of

COLUMN, ROW = 112, 150
HALF = 24
MARGIN_X, MARGIN_Y = 64, 56
LABEL = 16
BELOW, LEADING = 42, 14


@dataclass(frozen=True, slots=True)
class Point:
    """A symbol's middle."""

    x: float
    y: float


def draw_genogram(family: Family, moves: Mapping[str, Spot] | None = None) -> Drawing:
    """The sheet of a family.

    Args:
        moves: where somebody was dragged to, in steps of the grid.
    """
    spots = place_family(family, moves)
    points = {
        key: Point(MARGIN_X + x * COLUMN, MARGIN_Y + y * ROW) for key, (x, y) in spots.items()
    }
    width = max((point.x for point in points.values()), default=0) + MARGIN_X
    height = max((point.y for point in points.values()), default=0) + MARGIN_Y + 34
    return Drawing(
        width=round(width),
        height=round(height),
        lines=tuple(_lines(family, points)),
        nodes=tuple(_node(figure, points[figure.key]) for figure in family.figures),
    )


def _node(figure: Figure, at: Point) -> Node:
    lines = lines_of(figure.name, LABEL, 2)
    label = [Label(BELOW + LEADING * number, text) for number, text in enumerate(lines)]
    if figure.note:
        label.append(Label(BELOW + LEADING * len(lines), figure.note, is_note=True))
    return Node(figure.key, at.x, at.y, tuple(label), spoken_of(figure), figure=figure)


def _lines(family: Family, points: Mapping[str, Point]) -> Iterator[Line]:
    ties = [tie for tie in family.ties if tie.a in points and tie.b in points and tie.a != tie.b]
    straight: dict[frozenset[str], Point] = {}
    for tie in ties:
        if tie.bond in COUPLES:
            yield from _couple(tie, points, straight)
        elif tie.bond == Bond.SIBLING:
            a, b = points[tie.a], points[tie.b]
            top = min(a.y, b.y) - HALF - 22
            yield Line(f"M{a.x:g} {a.y - HALF:g}V{top:g}H{b.x:g}V{b.y - HALF:g}", "descent")
        elif tie.bond == Bond.OTHER:
            a, b = points[tie.a], points[tie.b]
            yield Line(f"M{a.x:g} {a.y:g}L{b.x:g} {b.y:g}", "other")
    yield from _descent(ties, points, straight)


def _couple(
    tie: Tie, points: Mapping[str, Point], straight: dict[frozenset[str], Point]
) -> Iterator[Line]:
    """A line between two side by side; round the others where somebody is between."""
    a, b = sorted((points[tie.a], points[tie.b]), key=lambda point: point.x)
    between = any(a.x < one.x < b.x and abs(one.y - a.y) < HALF * 2 for one in points.values())
    middle = (a.x + b.x) / 2
    if a.y == b.y and a.x != b.x and not between:
        yield Line(f"M{a.x + HALF:g} {a.y:g}H{b.x - HALF:g}", tie.bond.value)
        straight[frozenset((tie.a, tie.b))] = Point(middle, a.y)
        height = a.y
    else:
        height = min(a.y, b.y) - HALF - 12
        yield Line(f"M{a.x:g} {a.y - HALF:g}V{height:g}H{b.x:g}V{b.y - HALF:g}", tie.bond.value)
    strokes = {Bond.SEPARATED: (0,), Bond.DIVORCED: (-4, 4)}.get(tie.bond, ())
    for shift in strokes:
        x = middle + shift
        yield Line(f"M{x - 6:g} {height + 9:g}L{x + 6:g} {height - 9:g}", "stroke")


def _descent(
    ties: list[Tie], points: Mapping[str, Point], straight: Mapping[frozenset[str], Point]
) -> Iterator[Line]:
    """Lines from parents to children, each sibship with a height of its own."""
    parents: defaultdict[str, list[str]] = defaultdict(list)
    for tie in ties:
        if tie.bond == Bond.PARENT and tie.a not in parents[tie.b]:
            parents[tie.b].append(tie.a)
    heights: dict[Point, int] = {}
    for child, ones in parents.items():
        for start in _starts(ones, points, straight):
            turn = heights.setdefault(start, len(heights))
            end = points[child]
            bend = end.y - HALF - 14 - 5 * (turn % 4)
            yield Line(f"M{start.x:g} {start.y:g}V{bend:g}H{end.x:g}V{end.y - HALF:g}", "descent")


def _starts(
    parents: list[str], points: Mapping[str, Point], straight: Mapping[frozenset[str], Point]
) -> Iterator[Point]:
    """From the middle of a couple's line where both are parents, else from below each parent."""
    left = list(parents)
    for one in parents:
        for other in parents:
            pair = frozenset((one, other))
            if pair in straight and one in left and other in left:
                left.remove(one)
                left.remove(other)
                yield straight[pair]
    for one in left:
        yield Point(points[one].x, points[one].y + HALF)
