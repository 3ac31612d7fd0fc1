"""An ecomap on its sheet: the client in the middle, the surroundings in circles around."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence

from pulih.cases.drawing.figures import CLIENT, Drawing, Label, Line, Node, Place, Strength
from pulih.cases.drawing.generations import Spot, make_room
from pulih.cases.drawing.wording import lines_of, spoken_place

STEP = 116
RADIUS = 46
MARGIN = 60
LABEL = 12
NEAREST = 1.6
AT_TOP = -math.pi / 2


def place_around(
    places: Sequence[Place], moves: Mapping[str, Spot] | None = None
) -> dict[str, Spot]:
    """The place of the client and of everything around, in steps; never closer than one step."""
    count = len(places)
    ring = max(NEAREST, 0.55 / math.sin(math.pi / count)) if count > 1 else NEAREST
    spots: dict[str, Spot] = {CLIENT: (0.0, 0.0)}
    for number, place in enumerate(places):
        angle = AT_TOP + 2 * math.pi * number / count
        spots[place.key] = (ring * math.cos(angle), ring * math.sin(angle))
    shifted = _from_zero(spots)
    return _apart(make_room(_apart(shifted), moves or {}))


def draw_ecomap(
    client: str, places: Sequence[Place], moves: Mapping[str, Spot] | None = None
) -> Drawing:
    """The sheet of the surroundings.

    Args:
        client: the name in the middle.
        moves: where something was dragged to, in steps of the grid.
    """
    spots = place_around(places, moves)
    points = {key: (MARGIN + x * STEP, MARGIN + y * STEP) for key, (x, y) in spots.items()}
    middle = points[CLIENT]
    nodes = [Node(CLIENT, *middle, _label(client), client)]
    nodes += [
        Node(
            place.key,
            *points[place.key],
            _label(place.name),
            spoken_place(place),
            place=place,
        )
        for place in places
    ]
    return Drawing(
        width=round(max(x for x, _ in points.values()) + MARGIN),
        height=round(max(y for _, y in points.values()) + MARGIN),
        lines=tuple(_lines(places, points)),
        nodes=tuple(nodes),
    )


def _label(name: str) -> tuple[Label, ...]:
    """A name inside its circle, in the middle."""
    lines = lines_of(name, LABEL, 3)
    top = 4 - 7 * (len(lines) - 1)
    return tuple(Label(top + 14 * number, text) for number, text in enumerate(lines))


def _from_zero(spots: Mapping[str, Spot]) -> dict[str, Spot]:
    left = min(x for x, _ in spots.values())
    top = min(y for _, y in spots.values())
    return {key: (x - left, y - top) for key, (x, y) in spots.items()}


def _apart(spots: Mapping[str, Spot]) -> dict[str, Spot]:
    """Push apart whatever stands closer than one step, from left to right."""
    placed: dict[str, Spot] = {}
    for key, (x, y) in spots.items():
        right = x
        while any(math.dist((right, y), other) < 1 for other in placed.values()):
            right += 0.25
        placed[key] = (right, y)
    return placed


def _lines(places: Sequence[Place], points: Mapping[str, tuple[float, float]]) -> Iterator[Line]:
    for place in places:
        start, end = points[CLIENT], points[place.key]
        distance = math.dist(start, end)
        ux, uy = (end[0] - start[0]) / distance, (end[1] - start[1]) / distance
        a = (start[0] + ux * RADIUS, start[1] + uy * RADIUS)
        length = max(distance - 2 * RADIUS, 1.0)
        if place.strength == Strength.STRESSED:
            yield Line(_zigzag(a, (ux, uy), length), place.strength.value)
        else:
            b = (a[0] + ux * length, a[1] + uy * length)
            path = f"M{a[0]:.1f} {a[1]:.1f}L{b[0]:.1f} {b[1]:.1f}"
            yield Line(path, place.strength.value)


def _zigzag(start: tuple[float, float], way: tuple[float, float], length: float) -> str:
    """A line that goes to and fro, for a tie under stress."""
    turns = max(4, round(length / 9))
    parts = [f"M{start[0]:.1f} {start[1]:.1f}"]
    for number in range(1, turns):
        along = length * number / turns
        side = 6 if number % 2 else -6
        x = start[0] + way[0] * along - way[1] * side
        y = start[1] + way[1] * along + way[0] * side
        parts.append(f"L{x:.1f} {y:.1f}")
    parts.append(f"L{start[0] + way[0] * length:.1f} {start[1] + way[1] * length:.1f}")
    return "".join(parts)
