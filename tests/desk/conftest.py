"""The counter of the tests: its catalogue and who serves there."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pulih.access.models import Office, User
from pulih.cases.actions.catalogue import install_catalogue
from pulih.cases.models import ServiceOffer


@pytest.fixture
def offers(office: Office) -> dict[str, ServiceOffer]:
    """The shipped catalogue of the office, by code."""
    install_catalogue(office=office, by=None)
    return {offer.code: offer for offer in ServiceOffer.objects.select_related("section", "unit")}


@pytest.fixture
def clerk(make_user: Callable[..., User]) -> User:
    """Somebody who serves at the counter."""
    return make_user("front_desk")
