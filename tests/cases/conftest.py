"""People for the tests of cases."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from pulih.access.models import User
from pulih.people.actions.registration import register_person
from pulih.people.drafts import PersonDraft
from pulih.people.models import Person


@pytest.fixture
def make_person(make_user: Callable[..., User]) -> Callable[..., Person]:
    """Register an open person (default a man named Pardi)."""

    def make(**values: Any) -> Person:
        by = values.pop("by", None) or make_user("front_desk")
        return register_person(draft=PersonDraft(**{"full_name": "Pardi", **values}), by=by)

    return make
