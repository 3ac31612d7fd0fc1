"""Takes every authorisation check away, one at a time, and counts how many the matrix misses.

.venv/bin/python benchmarks/security/guards.py --small | --full

Four kinds: a row of the policy given to every role; the scope of a protected model opened to the
whole office; the guard of a page that asks for a login alone; a check in an action, a rule or a
view that no longer refuses. What stays open without the matrix noticing is listed in the notes.
"""

from __future__ import annotations

import ast
import inspect
import random
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import wraps
from importlib import import_module
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from security.figures import Figure, is_full, tell
from security.matrix import office

ROOT = Path(__file__).resolve().parents[2]
BAR = 95
SMALL = 24
"""Checks that are taken away at the small size."""
TRIES = 260
"""Cells that are asked of one check before it counts as not caught."""
SEED = 7


@dataclass(frozen=True, slots=True)
class Mutant:
    """One check, how it is taken away, and the cells that should notice."""

    name: str
    gone: Callable[[], Any]
    wanted: Callable[[Any], bool]
    acts: tuple[str, ...] = ()


def main() -> int:
    """Take away and count."""
    full = is_full()
    with office() as world:
        mutants = [*_rows(), *_scopes(), *_doors(), *_sites()]
        if not full:
            mutants = random.Random(SEED).sample(mutants, SMALL)
        survivors = [one.name for one in mutants if not _caught(world, one)]
    percent = round(100 * (len(mutants) - len(survivors)) / len(mutants), 1)
    return tell(
        Figure("guards_caught_percent", percent, str(BAR), percent >= BAR),
        removed=len(mutants),
        survivors=survivors,
    )


def _caught(world: Any, mutant: Mutant) -> bool:
    """Does one cell of those that should notice say something else than the file?"""
    from tests.matrix import acting
    from tests.matrix import expectations as expect
    from tests.matrix.runner import Runner

    acts = [act for act in expect.acts() if act.function in mutant.acts]
    pages = tuple(page for page in expect.pages() if mutant.wanted(page))
    with mutant.gone():
        runner = Runner(world)
        for act in acts:
            for place in acting.places(act):
                letter = acting.letter_of(act, *place)
                if letter == acting.DENIED and acting.observe(world, act, *place) != letter:
                    return True
        closed = [cell for cell in expect.cells(pages) if cell.expected in "x-"]
        draw = random.Random(SEED)
        draw.shuffle(closed)
        if any(True for _ in runner.misses(closed[:TRIES])):
            return True
        return any(_passes(runner, page, world) for page in pages if page.rule == "everybody")


def _passes(runner: Any, page: Any, world: Any) -> bool:
    """Does somebody whose role has ended get in?"""
    from tests.matrix.expectations import Cell

    cell = Cell(page, page.methods[0], "nobody", "team", "sealed", "x")
    return bool(runner.observe(cell, world.expired)[0] != "x")


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
    names = {
        name
        for name, pattern in _patterns()
        if not isinstance(pattern.callback.__dict__.get("guarded_by", ""), str)
        and actions & set(pattern.callback.guarded_by)
    }
    return lambda page: page.route in names


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


def _scopes() -> Iterator[Mutant]:
    from django.db.models import Q

    from pulih.access import scope
    from tests.matrix import expectations as expect

    as_it_is = scope.allowed
    for model in scope.protected_models():
        word = PLACES_OF.get(model.__name__, model.__name__.lower())

        def allowed(user: Any, action: Any, asked: Any, *, model: Any = model) -> Any:
            if asked is model:
                return Q(**{scope.protected_models()[model].office: user.office_id})
            return as_it_is(user, action, asked)

        own = {page.name for page in expect.pages() if _names(page, word)}
        wanted = own or {page.name for page in expect.pages() if page.records}
        yield Mutant(
            f"scope {model.__name__}",
            _swap(scope, "allowed", allowed),
            lambda page, wanted=frozenset(wanted): page.name in wanted,
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
    for path in sorted((ROOT / "src" / "pulih").rglob("*.py")):
        parts = path.relative_to(ROOT / "src").with_suffix("").parts
        if {"migrations", "config", "guards"} & set(parts):
            continue
        tree = ast.parse(path.read_text())
        for function in tree.body:
            if isinstance(function, ast.FunctionDef):
                for node in ast.walk(function):
                    if _refuses(node):
                        yield _site(path, ".".join(parts), function, node)


def _refuses(node: ast.AST) -> bool:
    if isinstance(node, ast.Raise):
        return node.exc is not None and "PermissionDenied" in ast.unparse(node.exc)
    return (
        isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Call)
        and isinstance(node.value.func, ast.Attribute)
        and node.value.func.attr == "require"
    )


def _site(path: Path, module: str, function: ast.FunctionDef, node: Any) -> Mutant:
    mutated = ast.parse(path.read_text())
    _Without(node.lineno).visit(mutated)
    ast.fix_missing_locations(mutated)
    whole = compile(mutated, str(path), "exec")
    code = next(
        one for one in whole.co_consts if inspect.iscode(one) and one.co_name == function.name
    )
    found = inspect.unwrap(getattr(import_module(module), function.name))
    callers = _callers(module, function.name)
    return Mutant(
        f"{module}.{function.name}: {ast.unparse(node)[:60]}",
        _swap(found, "__code__", code),
        _pages_of(callers),
        tuple(sorted(name.removeprefix("pulih.") for name in callers)),
    )


class _Without(ast.NodeTransformer):
    """The module with one refusal left out."""

    def __init__(self, line: int) -> None:
        self.line = line

    def generic_visit(self, node: ast.AST) -> ast.AST:
        if isinstance(node, ast.stmt) and node.lineno == self.line and _refuses(node):
            return ast.copy_location(ast.Pass(), node)
        return super().generic_visit(node)


def _callers(module: str, name: str) -> frozenset[str]:
    """The function itself and those of its module that call it."""
    tree = ast.parse(Path(import_module(module).__file__ or "").read_text())
    found = {name}
    for _ in range(3):
        for function in tree.body:
            if isinstance(function, ast.FunctionDef):
                called = {n.id for n in ast.walk(function) if isinstance(n, ast.Name)}
                if called & found:
                    found.add(function.name)
    return frozenset(f"{module}.{one}" for one in found)


def _pages_of(callers: frozenset[str]) -> Callable[[Any], bool]:
    names = set()
    for name, pattern in _patterns():
        view = inspect.unwrap(pattern.callback)
        called = {f"{view.__module__}.{view.__name__}"}
        for word in view.__code__.co_names:
            used = inspect.unwrap(view.__globals__.get(word, view))
            called.add(f"{used.__module__}.{word}" if inspect.isfunction(used) else word)
        if called & callers:
            names.add(name)
    return lambda page: page.route in names


if __name__ == "__main__":
    sys.exit(main())
