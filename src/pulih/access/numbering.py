"""Readable numbers: in order for open records, random for sealed ones."""

from __future__ import annotations

import secrets

from django.db.models import F

from pulih.access.models import NumberCounter, Office

SEALED_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"


def next_numbers(office: Office, series: str, year: int, *, count: int = 1) -> list[str]:
    """Take the next numbers of a series, such as `K-2026-00012`; inside a transaction.

    Args:
        series: the letters before the year.
        count: how many to take at once, for imports.
    """
    counter, _ = NumberCounter.objects.get_or_create(office=office, series=series, year=year)
    NumberCounter.objects.filter(pk=counter.pk).update(last=F("last") + count)
    counter.refresh_from_db(fields=["last"])
    first = counter.last - count + 1
    return [f"{series}-{year}-{number:05d}" for number in range(first, counter.last + 1)]


def sealed_number() -> str:
    """A number that is of no series, so that neither order nor a gap tells of a sealed record."""
    return "S-" + "".join(secrets.choice(SEALED_LETTERS) for _ in range(8))
