"""What was drawn by hand for a case: read from and written to its encrypted JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pulih.cases.drawing.figures import Bond, Figure, Place, Sign, Strength, Tie
from pulih.cases.drawing.generations import Spot

FAMILY, SURROUNDINGS = "family", "surroundings"
FARTHEST = 40.0


@dataclass
class Sketch:
    """Everything a hand added to the two drawings of a case."""

    figures: list[Figure] = field(default_factory=list)
    ties: list[Tie] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    strengths: dict[str, Strength] = field(default_factory=dict)
    moves: dict[str, dict[str, Spot]] = field(
        default_factory=lambda: {FAMILY: {}, SURROUNDINGS: {}}
    )

    def move(self, drawing: str, key: str, x: float, y: float) -> None:
        """Remember where something was dragged to; never off the sheet."""
        self.moves[drawing][key] = (_on_sheet(x), _on_sheet(y))

    def remove(self, key: str) -> bool:
        """Take away something that was drawn by hand, with its ties; was it there?"""
        drawn = {one.key for one in self.figures} | {one.key for one in self.places}
        tie = next((one for one in self.ties if tie_key(one) == key), None)
        if tie is not None:
            self.ties.remove(tie)
            return True
        if key not in drawn:
            return False
        self.figures = [one for one in self.figures if one.key != key]
        self.places = [one for one in self.places if one.key != key]
        self.ties = [one for one in self.ties if key not in {one.a, one.b}]
        self.strengths.pop(key, None)
        for moves in self.moves.values():
            moves.pop(key, None)
        return True

    def as_json(self) -> dict[str, Any]:
        """What is stored."""
        return {
            "figures": [
                {
                    "key": one.key,
                    "name": one.name,
                    "sign": one.sign.value,
                    "age": one.age,
                    "dead": one.is_dead,
                }
                for one in self.figures
            ],
            "ties": [[one.bond.value, one.a, one.b] for one in self.ties],
            "places": [{"key": one.key, "name": one.name} for one in self.places],
            "strengths": {key: one.value for key, one in self.strengths.items()},
            "moves": {name: dict(moves) for name, moves in self.moves.items()},
        }


def read_sketch(content: Mapping[str, Any] | str | None) -> Sketch:
    """What a case has stored; an empty sketch where it has nothing."""
    if not content or isinstance(content, str):
        return Sketch()
    moves = content.get("moves", {})
    return Sketch(
        figures=[
            Figure(
                one["key"],
                one["name"],
                sign=Sign(one["sign"]),
                age=one.get("age", ""),
                is_dead=bool(one.get("dead")),
                drawn=True,
            )
            for one in content.get("figures", [])
        ],
        ties=[Tie(Bond(bond), a, b, drawn=True) for bond, a, b in content.get("ties", [])],
        places=[Place(one["key"], one["name"], drawn=True) for one in content.get("places", [])],
        strengths={key: Strength(one) for key, one in content.get("strengths", {}).items()},
        moves={
            name: {key: (spot[0], spot[1]) for key, spot in moves.get(name, {}).items()}
            for name in (FAMILY, SURROUNDINGS)
        },
    )


def tie_key(tie: Tie) -> str:
    """The name of a tie in a form."""
    return f"{tie.bond.value}:{tie.a}:{tie.b}"


def _on_sheet(value: float) -> float:
    return min(max(round(value * 2) / 2, 0.0), FARTHEST)
