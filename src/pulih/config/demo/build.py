"""Builds the whole demonstration around one day; the same day gives the same data."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from django.db import transaction

from pulih.access.actions.installing import create_office
from pulih.config.demo.cast import create_cast

FOUNDING_STORY_FROM = dt.date(2021, 1, 4)


@transaction.atomic
def build_demo(*, today: dt.date, say: Callable[[str], None]) -> None:
    """Create the office, its people and their cases.

    Args:
        today: the day around which everything but the founding story is placed.
        say: told about each part as it is made.
    """
    office = create_office(
        name="Dinas Sosial Kabupaten Ngawi", region_code="35.21", is_demo=True, by=None
    )
    create_cast(office, since=FOUNDING_STORY_FROM)
    say("· kantor dan pengguna / office and users")
