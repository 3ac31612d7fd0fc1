"""The source as the architecture tests read it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "pulih"
JEJAK = ROOT / "src" / "jejak"
DOCS = ROOT / "docs"


def modules(*, migrations: bool = False) -> list[Path]:
    """Every module of ours."""
    found = sorted([*SOURCE.rglob("*.py"), *JEJAK.rglob("*.py")])
    return [path for path in found if migrations or "migrations" not in path.parts]


def name_of(path: Path) -> str:
    """A short name for a test's id."""
    return str(path.relative_to(ROOT / "src"))


@cache
def tree(path: Path) -> ast.Module:
    """A module, parsed."""
    return ast.parse(path.read_text())


def calls(path: Path, name: str) -> Iterator[ast.Call]:
    """The calls of a function, by the name it is written with."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == name:
            yield node
