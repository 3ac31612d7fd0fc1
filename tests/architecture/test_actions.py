"""Every public action is atomic, names its actor, cites its rule and leaves a trail."""

import ast

import pytest

from tests.architecture.source import SOURCE, tree

ACTIONS = [
    pytest.param(node, path, id=f"{path.parts[-3]}.{node.name}")
    for path in sorted(SOURCE.glob("*/actions/*.py"))
    for node in tree(path).body
    if isinstance(node, ast.FunctionDef)
    and any("transaction.atomic" in ast.unparse(d) for d in node.decorator_list)
    and not node.name.startswith("_")
]


def _names_called(node: ast.AST) -> set[str]:
    return {ast.unparse(call.func) for call in ast.walk(node) if isinstance(call, ast.Call)}


def _local(path) -> dict[str, ast.FunctionDef]:
    return {node.name: node for node in tree(path).body if isinstance(node, ast.FunctionDef)}


def _records(node: ast.FunctionDef, path, seen=frozenset()) -> bool:
    """Does it write to the trail, itself or through a function of its module or another action?"""
    called = _names_called(node)
    if "audit.record" in called:
        return True
    own = _local(path)
    inner = [own[name] for name in called & own.keys() - seen - {node.name}]
    return any(_records(one, path, seen | {node.name}) for one in inner) or bool(
        called & {param.values[0].name for param in ACTIONS}
    )


@pytest.mark.parametrize(("action", "path"), ACTIONS)
def test_an_action_names_its_actor_last(action, path):
    assert not action.args.args, "arguments are named at the call"
    assert action.args.kwonlyargs[-1].arg == "by"


@pytest.mark.parametrize(("action", "path"), ACTIONS)
def test_an_action_cites_the_rule_it_follows(action, path):
    assert "Source: R-" in (ast.get_docstring(action) or "")


@pytest.mark.parametrize(("action", "path"), ACTIONS)
def test_an_action_leaves_a_trail(action, path):
    assert _records(action, path), "audit.record, here or in what it calls"


# Writes that an action of the same app makes inside its own transaction, never a caller above.
PARTS = {"cases.add_event", "cases.new_record"}
PUBLIC = [
    pytest.param(node, path, id=f"{path.parts[-3]}.{node.name}")
    for path in sorted(SOURCE.glob("*/actions/*.py"))
    for node in tree(path).body
    if isinstance(node, ast.FunctionDef)
    and not node.name.startswith("_")
    and any(arg.arg == "by" for arg in node.args.kwonlyargs)
    and f"{path.parts[-3]}.{node.name}" not in PARTS
]


@pytest.mark.parametrize(("action", "path"), PUBLIC)
def test_what_takes_an_actor_is_atomic(action, path):
    assert "transaction.atomic" in {ast.unparse(d) for d in action.decorator_list}
