"""The office of the matrix, built once for the tests of a file."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import transaction

from tests.matrix.world import World, build


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: object) -> Iterator[World]:
    """One office for all tests of a file; it is undone afterwards."""
    with django_db_blocker.unblock(), transaction.atomic():  # type: ignore[attr-defined]
        yield build()
        transaction.set_rollback(True)
