"""What the tests of the law's duties share."""

import datetime as dt

import pytest

from pulih.common.clock import now
from pulih.privacy.actions.requests import receive_request
from pulih.privacy.facts import Asked


@pytest.fixture
def head(make_user):
    """The head of office."""
    return make_user("head_of_office")


@pytest.fixture
def worker(make_user):
    """A social worker."""
    return make_user()


@pytest.fixture
def asked():
    """What a person asks; other words change it."""

    def make(**values):
        return Asked(
            **{
                "kind": "access",
                "asker": "self",
                "asked_by": "",
                "proof": "KTP asli diperlihatkan",
                "wish": "Saya ingin melihat data saya",
                "asker_is_suspect": False,
                "received_at": now() - dt.timedelta(hours=1),
                **values,
            }
        )

    return make


@pytest.fixture
def make_request(make_person, asked, worker):
    """A request as a social worker wrote it down."""

    def make(*, person=None, by=None, **values):
        by = by or worker
        return receive_request(person=person or make_person(by=by), asked=asked(**values), by=by)

    return make
