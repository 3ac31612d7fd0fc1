"""An app is used through its models, queries, rules and actions; nothing imports in a function."""

import ast
from pathlib import Path

import pytest

from tests.architecture.source import SOURCE, modules, name_of, tree

OPEN_PARTS = {"models", "queries", "rules", "actions", "codes"}
# Words that actions and queries take or give, and that a caller must be able to say.
SHARED_WORDS = {
    "people.built": "entries on their way into the tables",
    "people.drafts": "what `register` takes",
    "people.findings": "what the checks of an entry answer",
    "people.records": "the form in which an entry is compared",
    "people.pairs": "what two entries agree and differ in",
    "people.tasks": "background work that is asked for, as an action is called",
    "cases.stages": "the seven stages",
    "cases.intake_facts": "what a report takes",
    "cases.counter_facts": "what a visit at the counter takes",
    "cases.catalogue": "shipped texts of the catalogue in the reader's language",
    "papers.facts": "what a letter is about, and what is blank in it",
    "papers.letters": "the templates: their codes, names and fields",
}
FOUNDATION = {"access", "common", "ui", "config"}
CLOSED_NAMES = {"utils", "helpers", "misc", "base", "manager", "managers", "services"}
# Start-up, where models do not exist yet, the launcher, where Django does not, and heavy libraries
# that a single deed needs.
MAY_IMPORT_LATE = {"apps.py", "cli.py", "__main__.py", "wsgi.py", "later.py"}

OURS = [pytest.param(path, id=name_of(path)) for path in modules()]


def borrowed(path: Path) -> set[str]:
    """The parts of other apps that a file imports."""
    home = path.relative_to(SOURCE).parts[0]
    found = set()
    for node in ast.walk(tree(path)):
        if not isinstance(node, ast.ImportFrom) or not node.module:
            continue
        for name in node.names:
            package, *inner = f"{node.module}.{name.name}".split(".")
            if package == "pulih" and len(inner) > 1 and inner[0] not in FOUNDATION | {home}:
                found.add(".".join(inner[:2]))
    return found


@pytest.mark.parametrize(
    "path",
    [
        pytest.param(path, id=name_of(path))
        for path in modules()
        if path.is_relative_to(SOURCE) and path.relative_to(SOURCE).parts[0] != "config"
    ],
)
def test_other_apps_are_used_through_their_open_parts(path):
    closed = {part for part in borrowed(path) if part not in SHARED_WORDS and not _is_open(part)}

    assert not closed


def _is_open(part: str) -> bool:
    name = part.split(".")[1]
    return name in OPEN_PARTS or name.endswith("_rules")


@pytest.mark.parametrize("path", OURS)
def test_nothing_is_imported_inside_a_function(path):
    inside = [
        ast.unparse(inner)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        for inner in ast.walk(node)
        if isinstance(inner, ast.Import | ast.ImportFrom)
    ]

    assert not inside or path.name in MAY_IMPORT_LATE or "commands" in path.parts


@pytest.mark.parametrize("path", OURS)
def test_no_module_has_a_name_that_says_nothing(path):
    is_word_of_domain = path.stem == "services" and path.parent.name in {"views", "forms"}

    # Django looks for an engine in a module of this name.
    is_engine = path.name == "base.py" and path.parent.name == "sqlite3"
    allowed = is_word_of_domain or is_engine or "settings" in path.parts
    assert path.stem not in CLOSED_NAMES or allowed


@pytest.mark.parametrize("path", OURS)
def test_every_module_says_what_it_is_for(path):
    assert ast.get_docstring(tree(path)) or not path.read_text().strip()


# The login library saves its own rows: only its signals see them in their transaction.
HEAR_THE_LIBRARY = {"factors.py", "login_trail.py"}


@pytest.mark.parametrize(
    "path", [one for one in OURS if one.values[0].name not in HEAR_THE_LIBRARY]
)
def test_no_signal_runs_between_our_apps(path):
    text = path.read_text()

    assert "@receiver" not in text
    assert "post_save" not in text
    assert "pre_save" not in text.replace("def pre_save", "")
