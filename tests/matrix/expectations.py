"""Reads `expected.toml`: what the office's rules say. Imports nothing of the product."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

CLASSES = ("open", "restricted", "health", "sealed")
RELATIONS = ("team", "unit", "granted", "none")
FILE = Path(__file__).parent / "expected.toml"

OPEN, MASKED, REFUSED, ABSENT, ANYTHING = "O", "M", "x", "-", "*"
OWN = {"signed_in": OPEN, "public": OPEN, "own_keys": ANYTHING}
"""Rules that ask for no role."""


@dataclass(frozen=True, slots=True)
class Page:
    """One address: how it is asked, which rule holds, which records it names."""

    name: str
    methods: tuple[str, ...]
    rule: str
    records: tuple[str, ...]

    @property
    def route(self) -> str:
        """The name of the route; a second line of the same route has a word after a #."""
        return self.name.partition("#")[0]


@dataclass(frozen=True, slots=True)
class Cell:
    """One place of the matrix."""

    page: Page
    method: str
    role: str
    relation: str
    held: str
    expected: str

    def __str__(self) -> str:
        who = f"{self.role}.{self.relation}"
        return f"{self.method} {self.page.name} by {who} on {self.held}: {self.expected}"


@cache
def _read() -> dict[str, dict[str, object]]:
    return tomllib.loads(FILE.read_text())


def roles() -> tuple[str, ...]:
    """Every role of the office and of the programme."""
    return tuple(_read()["roles"])


@cache
def pages() -> tuple[Page, ...]:
    """Every address of the file."""
    found = []
    for name, line in _read()["pages"].items():
        methods, rule, *records = str(line).split()
        found.append(Page(name, tuple(methods.split(",")), rule, tuple(records)))
    return tuple(found)


@cache
def letters(rule: str, role: str) -> str:
    """The sixteen letters of a rule for a role: four relations of four classes."""
    if rule in OWN:
        return OWN[rule] * 16
    rules = _read()["rules"]
    line = str(rules[rule].get(role, REFUSED)).replace(" ", "")  # type: ignore[attr-defined]
    whole = line * 16 if len(line) == 1 else line
    if len(whole) != 16 or set(whole) - {OPEN, MASKED, REFUSED, ABSENT}:
        raise ValueError(f"{rule}, {role}: four groups of four letters, not {line!r}")
    return whole


def is_named(rule: str, role: str) -> bool:
    """Does the rule name the role? Whom it does not name has no such page at all."""
    return rule in OWN or role in _read()["rules"][rule]  # type: ignore[operator,index]


def expected(rule: str, role: str, relation: str, held: str) -> str:
    """The letter of one place."""
    return letters(rule, role)[RELATIONS.index(relation) * 4 + CLASSES.index(held)]


def rules() -> tuple[str, ...]:
    """Every rule of the file."""
    return tuple(_read()["rules"])


@cache
def late() -> frozenset[str]:
    """Pages that tell what a form lacks before they refuse it."""
    return frozenset(str(_read()["late"]["pages"]).split())


@cache
def late_acts() -> frozenset[str]:
    """Actions that refuse in words before they ask the right; a refusal is a refusal."""
    return frozenset(str(_read()["late"]["acts"]).split())


@cache
def own() -> frozenset[str]:
    """Records that one office has: for another office they do not exist."""
    return frozenset(str(_read()["abroad"]["records"]).split())


@cache
def masks() -> dict[str, str]:
    """Pages that mask what a reader of the record need not know, and the words that are planted."""
    return {name: str(word) for name, word in _read()["masks"].items()}


def extra(table: str, name: str) -> str:
    """What an address needs besides its records: its query or its body."""
    return str(_read().get(table, {}).get(name, ""))


@dataclass(frozen=True, slots=True)
class Act:
    """One action: which rule holds, and the records that its parameters are."""

    name: str
    rule: str
    records: tuple[tuple[str, str], ...]

    @property
    def function(self) -> str:
        """Where it is; a second line of the same action has a word after a #."""
        return self.name.partition("#")[0]


@cache
def acts() -> tuple[Act, ...]:
    """Every action of the file."""
    found = []
    for name, line in _read()["acts"].items():
        rule, *given = str(line).split()
        pairs = tuple((part.split("=")[0], part.split("=")[1]) for part in given)
        found.append(Act(name, rule, pairs))
    return tuple(found)


def cells(of: tuple[Page, ...] | None = None) -> Iterator[Cell]:
    """Every place of the matrix: pages × methods × roles × relations × classes."""
    for page in of or pages():
        if page.rule == "shut":
            continue
        for method in page.methods:
            for role in roles():
                for relation in RELATIONS:
                    for held in CLASSES:
                        letter = expected(page.rule, role, relation, held)
                        yield Cell(page, method, role, relation, held, letter)
