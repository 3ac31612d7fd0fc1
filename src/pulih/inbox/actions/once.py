"""Making a row once for a key, also when two workers ask at the same moment."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django.db import IntegrityError, transaction

Row = TypeVar("Row")


def once(find: Callable[[], Row | None], make: Callable[[], Row]) -> tuple[Row, bool]:
    """The row that is there, or a new one; and whether it is new."""
    if found := find():
        return found, False
    try:
        # The savepoint keeps the caller's transaction usable when the other worker was first.
        with transaction.atomic():
            return make(), True
    except IntegrityError:
        if found := find():
            return found, False
        raise
