"""What a genogram and an ecomap are made of, before anything has a place."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

CLIENT = "client"
"""The key of the client in both drawings."""

MOST_DRAWN = 60
"""More people or institutions than this are not drawn by hand for one case."""


class Sign(StrEnum):
    """The standard symbols."""

    MAN = "man"
    WOMAN = "woman"
    UNKNOWN = "unknown"


class Bond(StrEnum):
    """How two people of a family are joined."""

    MARRIED = "married"
    TOGETHER = "together"
    SEPARATED = "separated"
    DIVORCED = "divorced"
    PARENT = "parent"  # the first is a parent of the second
    SIBLING = "sibling"
    OTHER = "other"  # somebody of the family, without knowing through whom


COUPLES = frozenset({Bond.MARRIED, Bond.TOGETHER, Bond.SEPARATED, Bond.DIVORCED})


class Strength(StrEnum):
    """How a tie to the surroundings is."""

    STRONG = "strong"
    PLAIN = "plain"
    WEAK = "weak"
    STRESSED = "stressed"


@dataclass(frozen=True, slots=True)
class Figure:
    """Somebody in a genogram.

    Attributes:
        note: what they are to the client, in words.
        level: the generation asked for, seen from the client (−1 above, 1 below); None where the
            ties tell it.
        at_home: on the same family card as the client.
        drawn: drawn by hand for this case, not known to the registry.
    """

    key: str
    name: str
    sign: Sign = Sign.UNKNOWN
    age: str = ""
    note: str = ""
    level: int | None = None
    is_dead: bool = False
    at_home: bool = False
    drawn: bool = False

    @property
    def is_client(self) -> bool:
        """Is it the client, who has a double outline?"""
        return self.key == CLIENT


@dataclass(frozen=True, slots=True)
class Tie:
    """Two people of a family, joined."""

    bond: Bond
    a: str
    b: str
    drawn: bool = False


@dataclass(frozen=True, slots=True)
class Family:
    """The people of a genogram, the client among them, and how they are joined."""

    figures: tuple[Figure, ...]
    ties: tuple[Tie, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """A person or institution around the client, in an ecomap."""

    key: str
    name: str
    note: str = ""
    strength: Strength = Strength.PLAIN
    drawn: bool = False


@dataclass(frozen=True, slots=True)
class Label:
    """One line of a label, so far below the middle of its symbol."""

    down: int
    text: str
    is_note: bool = False


@dataclass(frozen=True, slots=True)
class Node:
    """A symbol with its place on the sheet, in pixels, and its label in lines."""

    key: str
    x: float
    y: float
    label: tuple[Label, ...]
    spoken: str
    figure: Figure | None = None
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A line: its path, and which kind it is, so that the style sheet draws it."""

    path: str
    kind: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """Everything on the sheet."""

    width: int
    height: int
    lines: tuple[Line, ...] = ()
    nodes: tuple[Node, ...] = ()
