"""Counters of readable numbers, one a series and year."""

from __future__ import annotations

from django.db import models

from pulih.access.models.office import Office
from pulih.common.models import UUIDModel


class NumberCounter(UUIDModel):
    """The last number given in a series of an office in a year."""

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    series = models.CharField(max_length=20)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="counter_once", fields=["office", "series", "year"])
        ]

    def __str__(self) -> str:
        return f"{self.series}-{self.year}-{self.last}"
