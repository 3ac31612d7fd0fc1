"""Every place where an action, a rule or a view refuses, and the module with that refusal left out.

A view and the action behind it often ask the same: each of the two alone is redundant, and taken
away alone it changes nothing that anybody can see. Such a pair is one check that stands twice; it
is taken away as one, from both at once. The action by itself is counted besides, because actions
are called without any page as well.
"""

from __future__ import annotations

import ast
import inspect
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
DEEP = 4
"""How many calls lie between a page or an action and the refusal at most."""
LEFT_OUT = {"migrations", "config", "guards"}


@dataclass(frozen=True, slots=True)
class Site:
    """One refusal: the function in which it stands, its line, and what it says."""

    module: str
    function: str
    line: int
    words: str

    @property
    def name(self) -> str:
        """The function with its module."""
        return f"{self.module}.{self.function}"

    @property
    def is_view(self) -> bool:
        """Does it stand in a page?"""
        return ".views" in self.module


def sites() -> Iterator[tuple[Site, ...]]:
    """Every refusal, those of a view together with those of the actions that it calls."""
    found = list(_found())
    for site in found:
        partners = _partners(site, found) if site.is_view else ()
        yield (site, *partners)


def _found() -> Iterator[Site]:
    for module, tree in _trees().items():
        for function in tree.body:
            if isinstance(function, ast.FunctionDef):
                for node in ast.walk(function):
                    if _refuses(node):
                        words = ast.unparse(node)[:60]
                        yield Site(module, function.name, node.lineno, words)


def _partners(site: Site, found: list[Site]) -> tuple[Site, ...]:
    """The refusals of the actions that a view calls."""
    called = {name for name in _calls().get(site.name, ()) if ".actions." in name}
    return tuple(
        other for other in found if not other.is_view and called & reached_from(other.name)
    )


@cache
def reached_from(name: str) -> frozenset[str]:
    """The function itself and whatever calls it, over a few calls."""
    found, edge = {name}, {name}
    for _step in range(DEEP):
        edge = {who for who, called in _calls().items() if called & edge} - found
        found |= edge
    return frozenset(found)


def gone(group: tuple[Site, ...]) -> Callable[[], Any]:
    """A context in which none of them refuses."""

    @contextmanager
    def without() -> Iterator[None]:
        with ExitStack() as kept:
            for name in {site.name for site in group}:
                lines = {site.line for site in group if site.name == name}
                module, _, function = name.rpartition(".")
                found = inspect.unwrap(getattr(import_module(module), function))
                kept.callback(setattr, found, "__code__", found.__code__)
                found.__code__ = _compiled(module, function, lines)
            yield

    return without


def _compiled(module: str, function: str, lines: set[int]) -> Any:
    path = Path(import_module(module).__file__ or "")
    mutated = ast.parse(path.read_text())
    _Without(lines).visit(mutated)
    ast.fix_missing_locations(mutated)
    whole = compile(mutated, str(path), "exec")
    return next(one for one in whole.co_consts if inspect.iscode(one) and one.co_name == function)


class _Without(ast.NodeTransformer):
    """The module with some refusals left out."""

    def __init__(self, lines: set[int]) -> None:
        self.lines = lines

    def generic_visit(self, node: ast.AST) -> ast.AST:
        if isinstance(node, ast.stmt) and node.lineno in self.lines and _refuses(node):
            return ast.copy_location(ast.Pass(), node)
        return super().generic_visit(node)


def _refuses(node: ast.AST) -> bool:
    if isinstance(node, ast.Raise):
        return node.exc is not None and "PermissionDenied" in ast.unparse(node.exc)
    return (
        isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Call)
        and isinstance(node.value.func, ast.Attribute)
        and node.value.func.attr == "require"
    )


@cache
def _trees() -> dict[str, ast.Module]:
    found = {}
    for path in sorted((ROOT / "src" / "pulih").rglob("*.py")):
        parts = path.relative_to(ROOT / "src").with_suffix("").parts
        if not LEFT_OUT & set(parts):
            found[".".join(parts).removesuffix(".__init__")] = ast.parse(path.read_text())
    return found


@cache
def _calls() -> dict[str, frozenset[str]]:
    """Which functions of the product a function names."""
    found = {}
    for module, tree in _trees().items():
        known = {one.name: f"{module}.{one.name}" for one in tree.body if _is_function(one)}
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("pulih"):
                for alias in node.names:
                    known[alias.asname or alias.name] = f"{node.module}.{alias.name}"
        for one in tree.body:
            if _is_function(one):
                found[f"{module}.{one.name}"] = frozenset(_named(one, known))
    return found


def _is_function(node: ast.AST) -> bool:
    return isinstance(node, ast.FunctionDef)


def _named(function: ast.AST, known: dict[str, str]) -> Iterator[str]:
    for node in ast.walk(function):
        if isinstance(node, ast.Name) and node.id in known:
            yield _home(known[node.id])
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            module = known.get(node.value.id)
            yield from [_home(f"{module}.{node.attr}")] if module else []


def _home(name: str) -> str:
    """Where a name that a package hands on is written."""
    module, _, word = name.rpartition(".")
    tree = _trees().get(module)
    handed = [node for node in (tree.body if tree else ()) if isinstance(node, ast.ImportFrom)]
    for node in handed:
        if any((alias.asname or alias.name) == word for alias in node.names):
            return f"{node.module}.{word}"
    return name
