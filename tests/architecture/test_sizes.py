"""No file outgrows its reader."""

import ast
from pathlib import Path

import pytest

from tests.architecture.source import ROOT, SOURCE, modules, name_of, tree

LINES = 400
TEMPLATE_LINES = 150
BASES = 3
DEPTH = 4


@pytest.mark.parametrize("path", [pytest.param(path, id=name_of(path)) for path in modules()])
def test_a_module_fits_the_reader(path):
    assert len(path.read_text().splitlines()) <= LINES


def _tests() -> list[Path]:
    return sorted((ROOT / "tests").rglob("*.py"))


@pytest.mark.parametrize(
    "path", [pytest.param(path, id=str(path.relative_to(ROOT))) for path in _tests()]
)
def test_a_test_file_fits_the_reader(path):
    assert len(path.read_text().splitlines()) <= LINES


@pytest.mark.parametrize(
    "path",
    [pytest.param(path, id=name_of(path)) for path in sorted(SOURCE.rglob("templates/**/*.html"))],
)
def test_a_template_fits_the_reader(path):
    assert len(path.read_text().splitlines()) <= TEMPLATE_LINES


@pytest.mark.parametrize("path", [pytest.param(path, id=name_of(path)) for path in modules()])
def test_a_class_has_few_parents(path):
    assert all(
        len(node.bases) <= BASES for node in ast.walk(tree(path)) if isinstance(node, ast.ClassDef)
    )


@pytest.mark.parametrize("path", [pytest.param(path, id=name_of(path)) for path in modules()])
def test_folders_are_not_deep(path):
    package = next(p for p in path.parents if p.parent.name == "src")

    assert len(path.relative_to(package).parents) <= DEPTH
