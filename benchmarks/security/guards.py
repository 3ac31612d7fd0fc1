"""Takes every authorisation check away, one at a time, and counts how many the matrix misses.

.venv/bin/python benchmarks/security/guards.py --small | --full

Four kinds: a row of the policy given to every role; the scope of a protected model taken away, so
that all rows of all offices are found; the guard of a page that asks for a login alone; a check in
an action, a rule or a view that no longer refuses. A check that stands twice, in a view and in the
action behind it, is one: it is taken away from both at once (guard_sites.py), because either alone
changes nothing. Scopes that no page asks by themselves are left out by hand, with the reason. What
stays open without the matrix noticing is listed in the notes.
"""

from __future__ import annotations

import inspect
import random
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import wraps
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from security import guard_sites
from security.figures import Figure, is_full, tell
from security.matrix import office

BAR = 95
SMALL = 24
"""Checks that are taken away at the small size."""
TRIES = 400
"""Cells that are asked of one check before it counts as not caught."""
TOLD = 120
"""The same for pages and lists that are searched for what the other office wrote."""
SEED = 7


@dataclass(frozen=True, slots=True)
class Mutant:
    """One check, how it is taken away, and the cells that should notice."""

    name: str
    gone: Callable[[], Any]
    wanted: Callable[[Any], bool]
    acts: tuple[str, ...] = ()
    lists: str = ""
    """The app whose lists should show nothing of the other office."""

    @property
    def kind(self) -> str:
        """Row, scope, guard or check."""
        first = self.name.partition(" ")[0]
        return first if first in {"policy", "scope", "guard"} else "check"


def main() -> int:
    """Take away and count."""
    full = is_full()
    with office() as world:
        mutants = [*_rows(), *_scopes(), *_doors(), *_sites()]
        if not full:
            mutants = random.Random(SEED).sample(mutants, SMALL)
        survivors = [one for one in mutants if not _caught(world, one)]
    percent = round(100 * (len(mutants) - len(survivors)) / len(mutants), 1)
    return tell(
        Figure("guards_caught_percent", percent, str(BAR), percent >= BAR),
        removed=Counter(one.kind for one in mutants),
        survived=Counter(one.kind for one in survivors),
        survivors=[one.name for one in survivors],
        left_out=NOT_ASKED,
    )


def _caught(world: Any, mutant: Mutant) -> bool:
    """Does one cell of those that should notice say something else than the file?"""
    from tests.matrix import expectations as expect
    from tests.matrix.runner import Runner

    acts = [act for act in expect.acts() if act.function in mutant.acts]
    pages = tuple(page for page in expect.pages() if mutant.wanted(page))
    with mutant.gone():
        runner = Runner(world)
        return (
            (mutant.kind == "guard" and _passed(runner, pages, world))
            or bool(mutant.lists and _told(runner, pages, mutant.lists))
            or _acted(world, acts)
            or any(True for _ in runner.misses(_closed(pages)))
        )


def _acted(world: Any, acts: list[Any]) -> bool:
    """Does an action no longer refuse somebody whom the file refuses?"""
    from tests.matrix import acting

    return any(
        acting.observe(world, act, *place) != acting.DENIED
        for act in acts
        for place in acting.places(act)
        if acting.letter_of(act, *place) == acting.DENIED
    )


def _closed(pages: tuple[Any, ...]) -> list[Any]:
    """Cells of what is shut or masked: first one of each place of each rule, then any others."""
    from tests.matrix import expectations as expect

    closed = [cell for cell in expect.cells(pages) if cell.expected in "x-M"]
    random.Random(SEED).shuffle(closed)
    seen: dict[tuple[str, ...], Any] = {}
    for cell in closed:
        seen.setdefault((cell.page.rule, cell.role, cell.relation, cell.held), cell)
    first = list(seen.values())
    return [*first, *(cell for cell in closed if cell not in first)][:TRIES]


def _told(runner: Any, pages: tuple[Any, ...], app: str) -> bool:
    """Does a page or a list of the app tell something of the other office?"""
    from tests.matrix import abroad
    from tests.matrix import expectations as expect

    lists = tuple(
        page
        for page in expect.pages()
        if page.name.partition(":")[0] in SPACES_OF.get(app, (app,)) and page not in pages
    )
    for asked in (pages, lists):
        opens = [
            cell
            for cell in abroad.places(asked)
            if expect.expected(cell.page.rule, cell.role, "team", "open") in "OM"
        ]
        random.Random(SEED).shuffle(opens)
        if any(abroad.told(runner, cell) for cell in opens[:TOLD]):
            return True
    return False


def _passed(runner: Any, pages: tuple[Any, ...], world: Any) -> bool:
    """Does somebody get in who has no role, or does the page look for what is not there?"""
    from tests.matrix import abroad
    from tests.matrix import expectations as expect

    nobodys = [
        expect.Cell(page, page.methods[0], "nobody", "team", "sealed", "x") for page in pages
    ]
    strangers = [
        cell
        for cell in abroad.places(pages)
        if abroad.is_of_record(cell.page) and not expect.is_named(cell.page.rule, cell.role)
    ]
    return any(runner.observe(cell, world.newcomer)[0] != "x" for cell in nobodys) or any(
        abroad.told(runner, cell) for cell in strangers
    )


# --- rows of the policy --------------------------------------------------------------------------


def _rows() -> Iterator[Mutant]:
    from pulih.access import policy
    from pulih.access.roles import Role

    for place, row in enumerate(policy.POLICY):
        loose = tuple(replace(row, role=role) for role in Role)
        if all(one in policy.POLICY for one in loose):
            continue  # every role has it already
        changed = (*policy.POLICY, *loose)
        name = f"policy {place}: {row.role} {row.relation} {'/'.join(sorted(row.actions))}"
        yield Mutant(name, _swap(policy, "POLICY", changed), _guarded_by(row.actions))


def _guarded_by(actions: frozenset[Any]) -> Callable[[Any], bool]:
    from pulih.access.policy import OF_FIELDS
    from tests.matrix.expectations import masks

    names = {
        name
        for name, pattern in _patterns()
        if not isinstance(pattern.callback.__dict__.get("guarded_by", ""), str)
        and actions & set(pattern.callback.guarded_by)
    }
    masked = masks() if not OF_FIELDS.isdisjoint(actions) else {}
    return lambda page: page.route in names or page.name in masked


def _swap(owner: Any, name: str, value: Any) -> Callable[[], Any]:
    @contextmanager
    def gone() -> Iterator[None]:
        kept = getattr(owner, name)
        setattr(owner, name, value)
        try:
            yield
        finally:
            setattr(owner, name, kept)

    return gone


# --- scopes --------------------------------------------------------------------------------------

PLACES_OF = {
    "Task": "task",
    "CalendarEntry": "entry",
    "IncomingLetter": "mail",
    "Disposition": "step",
    "RightsRequest": "request",
    "CaseloadHandover": "handover",
    "ImportBatch": "batch",
    "ExportRun": "export",
    "BrokenGlass": "glass",
    "ServiceRecord": "service",
    "HandoverLine": "line",
    "Attachment": "file",
}
"""Models whose records have another name in the file of expectations."""


SPACES_OF = {
    "access": ("programme",),
    "cases": ("cases", "counter"),
    "desk": ("mail", "counter"),
    "exchange": ("exchange", "export"),
    "inbox": ("inbox", "day"),
}
"""The addresses of an app, where they are not called as it is."""

NOT_ASKED = {
    "Contact": "read through the person, whose scope is asked",
    "SearchKey": "a part of the search, which ends in the scope of people",
    "PpksStatus": "read through the person, whose scope is asked",
    "Household": "read through the person, whose scope is asked",
    "BreachedPerson": "asked only of a breach that was found by the same right",
    "Identifier": "what it finds are keys of people, whose scope is asked next",
    "Judgement": "asked only of two people who were found before",
    "LetterOutcome": "asked only of a letter that was found before",
    "Attachment": "has no readers of its own: who may read the record that owns it is asked",
}
"""Scopes that no page asks by themselves, and why; looked up by hand."""


def _scopes() -> Iterator[Mutant]:
    from django.db.models import Q

    from pulih.access import scope
    from tests.matrix import expectations as expect

    as_it_is = scope.allowed
    for model in scope.protected_models():
        word = PLACES_OF.get(model.__name__, model.__name__.lower())

        if model.__name__ in NOT_ASKED:
            continue

        def allowed(user: Any, action: Any, asked: Any, *, model: Any = model) -> Any:
            return Q(pk__isnull=False) if asked is model else as_it_is(user, action, asked)

        own = {page.name for page in expect.pages() if _names(page, word)}
        spaces = SPACES_OF.get(model._meta.app_label, (model._meta.app_label,))
        wanted = own or {
            page.name
            for page in expect.pages()
            if page.records and page.name.partition(":")[0] in spaces
        }
        yield Mutant(
            f"scope {model.__name__}",
            _swap(scope, "allowed", allowed),
            lambda page, wanted=frozenset(wanted): page.name in wanted,
            lists=model._meta.app_label,
        )


def _names(page: Any, word: str) -> bool:
    return any(word in record for record in page.records)


# --- guards of pages -----------------------------------------------------------------------------


def _patterns() -> list[tuple[str, Any]]:
    from django.urls import URLResolver, get_resolver

    def walk(resolver: Any, space: str) -> Iterator[tuple[str, Any]]:
        for entry in resolver.url_patterns:
            if isinstance(entry, URLResolver):
                inner = f"{entry.namespace}:" if entry.namespace else ""
                yield from walk(entry, space + inner)
            else:
                yield space + str(entry.name), entry

    return list(walk(get_resolver(), ""))


def _doors() -> Iterator[Mutant]:
    from pulih.access import guards

    for name, pattern in _patterns():
        view, marked = pattern.callback, getattr(pattern.callback, "guarded_by", "")
        if isinstance(marked, str):
            continue
        inner = view
        while inner.__code__.co_name != "guarded":
            inner = inner.__wrapped__
        opened = _opened(inner.__wrapped__, guards)
        opened.guarded_by = marked
        yield Mutant(
            f"guard of {name}",
            _swap(pattern, "callback", opened),
            lambda page, name=name: page.route == name,
        )


def _opened(view: Any, guards: Any) -> Any:
    @wraps(view)
    def opened(request: Any, *args: Any, **kwargs: Any) -> Any:
        return guards._stopped(request) or view(request, *args, **kwargs)

    return opened


# --- checks in actions, rules and views -----------------------------------------------------------


def _sites() -> Iterator[Mutant]:
    for group in guard_sites.sites():
        callers = guard_sites.reached_from(group[0].name)
        first = group[0]
        also = " and in its action" if group[1:] else ""
        yield Mutant(
            f"{first.name}: {first.words}{also}",
            guard_sites.gone(group),
            _pages_of(callers),
            tuple(sorted(name.removeprefix("pulih.") for name in callers)),
        )


def _pages_of(callers: frozenset[str]) -> Callable[[Any], bool]:
    names = set()
    for name, pattern in _patterns():
        view = inspect.unwrap(pattern.callback)
        if f"{view.__module__}.{view.__name__}" in callers:
            names.add(name)
    return lambda page: page.route in names


if __name__ == "__main__":
    sys.exit(main())
