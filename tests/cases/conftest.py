"""People for the tests of cases, and the language in which rules are read here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from pulih.access.models import Office, User
from pulih.cases.actions.catalogue import install_catalogue
from pulih.cases.models import Case, ServiceOffer
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


@pytest.fixture
def lead(make_user: Callable[..., User]) -> User:
    """The social worker who leads the case."""
    return make_user()


@pytest.fixture
def case(make_case: Callable[..., Case], lead: User) -> Case:
    """A case of `lead` in which services are given."""
    return make_case(lead=lead, stage="intervention")


@pytest.fixture
def browser(client: Client, lead: User) -> Client:
    """A browser in which `lead` is logged in."""
    client.force_login(lead)
    return client


@pytest.fixture
def offers(office: Office) -> dict[str, ServiceOffer]:
    """The shipped catalogue of the office, by code."""
    install_catalogue(office=office, by=None)
    return {offer.code: offer for offer in ServiceOffer.objects.select_related("section", "unit")}


@pytest.fixture(autouse=True)
def _rules_speak_the_language_of_the_code() -> Iterator[None]:
    """Refusals are matched by their words in the code, whether or not catalogues are compiled."""
    with translation.override("en"):
        yield
