"""Who may do what: the hand-written file against the product, a sample of it on every run.

The whole of it is run by benchmarks/security/matrix.py.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from tests.matrix import acting
from tests.matrix import expectations as expect
from tests.matrix.expectations import CLASSES, RELATIONS, Cell
from tests.matrix.runner import LOGIN, Runner
from tests.matrix.world import named_in

pytestmark = pytest.mark.django_db

EVERY_CELL = 151
EVERY_ACT = 67
"""Steps of the samples: prime, so that they walk through roles, relations and classes."""


def _routes(resolver: URLResolver, space: str = "") -> Iterator[str]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from _routes(entry, space + (f"{entry.namespace}:" if entry.namespace else ""))
        elif isinstance(entry, URLPattern):
            yield space + str(entry.name)


def test_every_route_of_the_product_is_in_the_file_and_no_other():
    assert {page.route for page in expect.pages()} == set(_routes(get_resolver()))


def test_the_expectations_know_nothing_of_the_product():
    tree = ast.parse(Path(expect.__file__).read_text())
    imported = {
        name
        for node in ast.walk(tree)
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }

    assert imported == {"__future__", "tomllib", *imported & _STANDARD}


_STANDARD = {"collections.abc", "dataclasses", "functools", "pathlib"}


def test_every_rule_that_a_page_or_an_action_names_is_written():
    rules = {page.rule for page in expect.pages()} | {act.rule for act in expect.acts()}

    assert rules - set(expect.OWN) - {"shut"} <= set(expect.rules())


def test_there_are_twelve_roles_four_relations_and_four_classes():
    assert (len(expect.roles()), len(RELATIONS), len(CLASSES)) == (12, 4, 4)


def test_the_world_holds_its_records_as_the_columns_say(world):
    cases = {held: world.rows[held]["case"] for held in CLASSES}

    assert not cases["open"].is_held_closely
    assert cases["restricted"].restricted
    assert cases["health"].restricted
    room = cases["sealed"].compartment
    assert world.users["social_worker", "team"].pk in named_in(room)
    assert world.users["social_worker", "unit"].pk not in named_in(room)
    assert world.users["section_head", "unit"].pk not in named_in(room)


def test_a_sample_of_the_cells_does_what_the_file_says(world):
    runner = Runner(world)
    pages = tuple(page for page in expect.pages() if page.rule != "public")

    misses = list(runner.misses(list(expect.cells(pages))[::EVERY_CELL]))

    assert [str(miss) for miss in misses] == []
    assert runner.executed > 250


def test_a_sample_of_the_actions_refuses_whom_the_file_refuses(world):
    places = [(act, place) for act in expect.acts() for place in acting.places(act)][::EVERY_ACT]

    wrong = [
        (act.name, place, said)
        for act, place in places
        if (said := acting.observe(world, act, *place)) != acting.letter_of(act, *place)
    ]

    assert wrong == []
    assert len(places) > 250


def _cell(page: expect.Page, method: str) -> Cell:
    return Cell(page, method, "nobody", "team", "sealed", "x")


def test_nobody_who_is_not_logged_in_gets_further_than_the_login(world):
    runner = Runner(world)
    pages = [page for page in expect.pages() if page.rule not in ("public", "shut")]

    passed = [
        (page.name, method)
        for page in pages
        for method in page.methods
        if runner.observe(_cell(page, method), None)[0] != LOGIN
    ]

    assert passed == []


def _gone_past(world, user, letter):
    runner = Runner(world)
    # What a sealed record is opened for is asked of who is named in it, whatever their role.
    asked = (*expect.OWN, "shut", "room.enter")
    pages = [page for page in expect.pages() if page.rule not in asked]
    return [
        (page.name, method)
        for page in pages
        for method in page.methods
        if runner.observe(_cell(page, method), user)[0] != letter
    ]


def test_whoever_has_no_role_yet_opens_nothing_but_their_own_account(world):
    assert _gone_past(world, world.newcomer, "x") == []


def test_whoever_has_no_role_any_more_is_sent_to_the_login(world):
    assert _gone_past(world, world.expired, LOGIN) == []
