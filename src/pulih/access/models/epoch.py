"""Which life of the data this is: a restore begins another one."""

from __future__ import annotations

from django.db import models

from pulih.common.models import UUIDModel


class SyncEpoch(UUIDModel):
    """A number that grows with every restore; devices that worked offline compare theirs."""

    number = models.PositiveIntegerField(unique=True)

    def __str__(self) -> str:
        return str(self.number)

    @classmethod
    def current(cls) -> int:
        """The epoch of these data; 0 until the first restore."""
        return cls.objects.aggregate(last=models.Max("number"))["last"] or 0

    @classmethod
    def bump(cls) -> int:
        """Begin another epoch, inside a transaction."""
        return cls.objects.create(number=cls.current() + 1).number
