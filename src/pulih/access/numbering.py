"""Readable numbers: in order for open records, random for sealed ones."""

from __future__ import annotations

import secrets

from django.db.models import F, Value
from django.db.models.functions import Greatest

from pulih.access.models import NumberCounter, Office

SEALED_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"


def next_numbers(office: Office, series: str, year: int, *, count: int = 1) -> list[str]:
    """Take the next numbers of a series, such as `K-2026-00012`; inside a transaction.

    Args:
        series: the letters before the year.
        count: how many to take at once, for imports.
    """
    taken = take_numbers(office, series, year, count=count)
    return [f"{series}-{year}-{number:05d}" for number in taken]


def take_numbers(
    office: Office, series: str, year: int, *, count: int = 1, start: int = 1
) -> range:
    """Take the next bare numbers of a series; inside a transaction, which holds the counter.

    Args:
        series: which counter; year: 0 for one that never begins again.
        count: how many to take at once.
        start: the first number, for a series that was begun elsewhere.
    """
    counter, _ = NumberCounter.objects.get_or_create(office=office, series=series, year=year)
    # One statement, so that the row is locked before its value is read.
    NumberCounter.objects.filter(pk=counter.pk).update(
        last=Greatest(F("last"), Value(start - 1)) + count
    )
    counter.refresh_from_db(fields=["last"])
    return range(counter.last - count + 1, counter.last + 1)


def sealed_number() -> str:
    """A number that is of no series, so that neither order nor a gap tells of a sealed record."""
    return "S-" + "".join(secrets.choice(SEALED_LETTERS) for _ in range(8))
