"""The other office: nothing of it opens, no list shows it, no action takes it; a sample."""

from __future__ import annotations

import pytest

from tests.matrix import abroad
from tests.matrix import expectations as expect
from tests.matrix.runner import Runner

pytestmark = pytest.mark.django_db

EVERY_PLACE = 13
EVERY_ACT = 7
"""Steps of the samples: prime, so that they walk through pages and roles."""


def test_what_another_office_has_is_absent_on_every_page(world):
    runner = Runner(world)
    places = [cell for cell in abroad.places() if abroad.is_of_record(cell.page)][::EVERY_PLACE]

    told = [(str(cell), what) for cell in places if (what := abroad.told(runner, cell))]

    assert told == []
    assert len(places) > 200


def test_no_list_shows_what_another_office_has(world):
    runner = Runner(world)
    places = [cell for cell in abroad.places() if not abroad.is_of_record(cell.page)]

    told = [(str(cell), what) for cell in places[::5] if (what := abroad.told(runner, cell))]

    assert told == []
    assert len(places) > 200


def test_no_action_takes_a_row_of_another_office(world):
    places = [
        (act, role) for act in expect.acts() if abroad.handed(act) for role in expect.roles()
    ][::EVERY_ACT]

    done = [(act.name, role) for act, role in places if abroad.done(world, act, role, "open")]

    assert done == []
    assert len(places) > 100


def test_the_other_office_has_everything_that_is_asked_of_it(world):
    for held in abroad.HELD:
        assert expect.own() <= set(abroad.other(world).records[held])
