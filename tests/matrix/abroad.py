"""What belongs to another office: for everybody of this one it is what does not exist.

A row of checks of its own, besides the cells of the file: every page that names a record is asked
for that of the other office, every list is searched for what the other office wrote, and every
action is handed the other office's rows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tests.matrix import acting
from tests.matrix.expectations import Act, Cell, Page, is_named, own, pages, roles
from tests.matrix.runner import Runner
from tests.matrix.world import ABROAD, World

RELATION = "team"
"""Of all relations the one that opens most in the own office."""
TIED = frozenset({"exchange.actions.exporting.fetch_export"})
"""An export is tied to the session that asked for it and refuses any other in words."""
HELD = ("open", "sealed")
WORD = ABROAD.split()[-1]
"""In the name of the other office and of everybody there."""
_KEY = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|[A-Z]+-\d{4}-\d{5}|S-[A-Z0-9]{8}")


def places(of: tuple[Page, ...] | None = None) -> Iterator[Cell]:
    """Every page that names a record of an office, and every list, for every role."""
    for page in of or pages():
        if page.rule in ("public", "shut", "own_keys"):
            continue
        for method in page.methods if is_of_record(page) else ("GET",):
            if method in page.methods:
                for role in roles():
                    for held in HELD if is_of_record(page) else HELD[:1]:
                        yield Cell(page, method, role, RELATION, held, "-")


def is_of_record(page: Page) -> bool:
    """Does its address name a record that only one office has?"""
    return bool(set(page.records) & set(own()))


def told(runner: Runner, cell: Cell) -> str:
    """What the answer tells of the other office; nothing where all is well."""
    user = runner.world.users[cell.role, cell.relation]
    if is_of_record(cell.page):
        letter, status = runner.observe(cell, user, of=other(runner.world))
        # Whom no rule names has no such page: that is said before any record is looked for.
        fits = letter in "x-" if is_named(cell.page.rule, cell.role) else letter == "x"
        return "" if fits else f"{letter} ({status})"
    text = runner.text(cell, user)
    found = written(runner.world) & set(_KEY.findall(text))
    called = str(other(runner.world).rows["open"]["ticket"])
    named = WORD in text or called in text
    return ", ".join(sorted(found)) or (WORD if named else "")


def other(world: World) -> World:
    """The other office."""
    assert world.abroad is not None
    return world.abroad


def written(world: World) -> set[str]:
    """Keys and numbers of everything that the other office has."""
    return {
        value
        for facts in other(world).records.values()
        for name, value in facts.items()
        if name in own() and len(value) > 8
    }


def handed(act: Act) -> bool:
    """Is the action given a record that another office can have?"""
    if act.name in TIED:
        return False
    return bool({record for _parameter, record in act.records} & set(own()))


def done(world: World, act: Act, role: str, held: str) -> bool:
    """Does the action do anything to a row of the other office?"""
    user = world.users[role, RELATION]
    return acting.observe(other(world), act, role, RELATION, held, by=user) != acting.DENIED
