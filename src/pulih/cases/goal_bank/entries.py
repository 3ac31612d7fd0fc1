"""What a ready goal is, and how one is found."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from importlib.resources import files

from pulih.people.codes import Entry

GENERAL = "general"
FILES = ("child", "elderly", "disability", "homeless", "ex-psychotic", "trafficking", GENERAL)


@dataclass(frozen=True, slots=True)
class BankGoal(Entry):
    """One ready goal.

    Attributes:
        area: the area of life, as `models.Goal.Area` has it.
        kinds: the kinds of service that usually serve it.
        anchors: five outcomes, from −2 to +2.
    """

    area: str
    kinds: tuple[str, ...]
    anchors: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Group(Entry):
    """A target group with its goals; `ppks` are the kinds of PPKS that belong to it."""

    ppks: tuple[int, ...]
    goals: tuple[BankGoal, ...]


def _read(name: str) -> Group:
    raw = tomllib.loads((files(__package__) / f"{name}.toml").read_text("utf-8"))
    goals = tuple(
        BankGoal(
            code=goal["code"],
            name=goal["id"],
            english=goal["en"],
            area=goal["area"],
            kinds=tuple(goal["kinds"]),
            anchors=tuple(Entry("", one["id"], one["en"]) for one in goal["anchors"]),
        )
        for goal in raw["goal"]
    )
    return Group(raw["code"], raw["id"], raw["en"], tuple(raw["ppks"]), goals)


BANK: tuple[Group, ...] = tuple(map(_read, FILES))


def groups_for(ppks_kind: int | None) -> tuple[Group, ...]:
    """The groups of a PPKS kind, the general one last."""
    fitting = tuple(group for group in BANK if ppks_kind in group.ppks)
    return (*fitting, *(group for group in BANK if group.code == GENERAL))


def find(code: str) -> BankGoal | None:
    """One goal by its code."""
    return next((goal for group in BANK for goal in group.goals if goal.code == code), None)


def search(
    groups: tuple[Group, ...], *, words: str = "", kind: str = ""
) -> list[tuple[Group, BankGoal]]:
    """The goals of some groups that have every word, in either language, and serve a kind.

    Args:
        words: typed by somebody; case does not matter.
        kind: A to K; empty takes all.
    """
    wanted = words.casefold().split()
    return [
        (group, goal)
        for group in groups
        for goal in group.goals
        if (not kind or kind in goal.kinds) and all(word in _text(goal) for word in wanted)
    ]


def _text(goal: BankGoal) -> str:
    texts = [goal.name, goal.english]
    for anchor in goal.anchors:
        texts += [anchor.name, anchor.english]
    return " ".join(texts).casefold()
