"""Every rule of the code stands in the book of rules, and every verb of the trail has words."""

import ast
import re

import pytest

from pulih.access.verbs import NOUNS, PASTS
from tests.architecture.source import DOCS, ROOT, calls, modules, tree

RULE = re.compile(r"\bR-[A-Z]+-\d+\b")


def cited() -> set[str]:
    """The rules that the code names."""
    return {
        rule
        for path in modules()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        for rule in RULE.findall(node.value)
    }


def written() -> dict[str, str]:
    """The first row of each rule in the book of rules."""
    rows = {}
    for path in sorted((DOCS / "rules").glob("*.md")):
        for line in path.read_text().splitlines():
            if (found := re.match(r"\|\s*(R-[A-Z]+-\d+)\s*\|", line)) and found[1] not in rows:
                rows[found[1]] = line
    return rows


@pytest.mark.parametrize("rule", sorted(cited()))
def test_a_rule_of_the_code_stands_in_the_book(rule):
    assert rule in written()


def test_a_rule_stands_in_the_book_once():
    lines = [
        found[1]
        for path in sorted((DOCS / "rules").glob("*.md"))
        for line in path.read_text().splitlines()
        if (found := re.match(r"\|\s*(R-[A-Z]+-\d+)\s*\|", line))
    ]

    assert sorted(lines) == sorted(set(lines))


def verbs() -> set[str]:
    """What the code writes into the trail."""
    return {
        call.args[0].value
        for path in modules()
        for call in calls(path, "audit.record")
        if call.args and isinstance(call.args[0], ast.Constant)
    }


@pytest.mark.parametrize("verb", sorted(verbs()))
def test_a_verb_of_the_trail_has_words(verb):
    noun, dot, past = verb.partition(".")

    assert dot
    assert noun in NOUNS
    assert past in PASTS


@pytest.mark.parametrize("rule", sorted(written()))
def test_a_rule_is_held_by_tests_that_exist(rule):
    named = re.findall(r"tests/[\w/.]+\.py", written()[rule].rpartition("|")[0].rpartition("|")[2])

    assert named
    assert all((ROOT / path).exists() for path in named)
