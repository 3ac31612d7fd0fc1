"""The counter of the tests, and letters with the people through whose hands they go."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from pulih.access.models import Office, User
from pulih.cases.actions.catalogue import install_catalogue
from pulih.cases.models import ServiceOffer
from pulih.common.clock import today
from pulih.desk.actions.disposing import dispose, forward
from pulih.desk.actions.registering import register_letter
from pulih.desk.letter_facts import Handing, LetterFacts
from pulih.desk.models import Disposition, IncomingLetter


@pytest.fixture
def offers(office: Office) -> dict[str, ServiceOffer]:
    """The shipped catalogue of the office, by code."""
    install_catalogue(office=office, by=None)
    return {offer.code: offer for offer in ServiceOffer.objects.select_related("section", "unit")}


@pytest.fixture
def clerk(make_user: Callable[..., User]) -> User:
    """Whoever serves at the counter and keeps the agenda."""
    return make_user("front_desk", full_name="Wiji")


@pytest.fixture
def chief(make_user: Callable[..., User]) -> User:
    """The head of the office."""
    return make_user("head_of_office", full_name="Hastuti")


@pytest.fixture
def head(make_user: Callable[..., User]) -> User:
    """The head of rehabilitation."""
    return make_user("section_head", full_name="Sekar")


@pytest.fixture
def worker(make_user: Callable[..., User]) -> User:
    """A social worker of rehabilitation."""
    return make_user("social_worker", full_name="Damar")


@pytest.fixture
def make_letter(clerk: User) -> Callable[..., IncomingLetter]:
    """Write a letter down (default an ordinary one from a village)."""

    def make(**values: Any) -> IncomingLetter:
        facts = {
            "sender": "Kepala Desa Grudo",
            "subject": "Warga terlantar di pos ronda",
            "received_on": today(),
            "number": "460/12/404.321/2026",
            **values,
        }
        return register_letter(facts=LetterFacts(**facts), by=clerk)

    return make


@pytest.fixture
def hand_on() -> Callable[..., Disposition]:
    """Hand a letter, or a step of it, on to one colleague."""

    def hand(
        given: IncomingLetter | Disposition,
        to: User,
        by: User,
        due_on: dt.date | None = None,
    ) -> Disposition:
        handing = Handing(receivers=(to,), instructions=("follow_up",), due_on=due_on)
        if isinstance(given, IncomingLetter):
            return dispose(letter=given, handing=handing, by=by)[0]
        return forward(step=given, handing=handing, by=by)[0]

    return hand
