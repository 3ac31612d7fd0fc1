"""People's own cast."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from pulih.access.models import Compartment, CompartmentMember, Office, User

LONG_AGO = dt.date(2020, 1, 1)


@pytest.fixture
def compartment(office: Office) -> Compartment:
    """A room of sealed people."""
    return Compartment.objects.create(office=office)


@pytest.fixture
def make_member(compartment: Compartment, make_user: Callable[..., User]) -> Callable[..., User]:
    """Somebody who is named in the compartment."""

    def make(role: str = "social_worker") -> User:
        user = make_user(role)
        CompartmentMember.objects.create(
            compartment=compartment, user=user, valid_from=LONG_AGO, purpose="uji"
        )
        return user

    return make
