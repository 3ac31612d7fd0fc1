"""Sealed compartments: an opaque key, and the people named in it for a time."""

from __future__ import annotations

from django.db import models

from pulih.access.models.office import Office
from pulih.access.models.user import User
from pulih.common.fields import EncryptedTextField
from pulih.common.models import UUIDModel


class Compartment(UUIDModel):
    """A room of sealed records; its key says nothing about what is inside."""

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return str(self.pk)


class CompartmentMember(UUIDModel):
    """Somebody who may know, from a day until a day, for a purpose."""

    compartment = models.ForeignKey(Compartment, on_delete=models.CASCADE, related_name="members")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="compartments")
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)
    until_at = models.DateTimeField(
        null=True, blank=True, help_text="For some hours only: a broken glass"
    )
    purpose = EncryptedTextField()
    named_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    waits = models.BooleanField(
        default=False, help_text="Opens nothing until a second officer confirms it"
    )
    lapses_at = models.DateTimeField(
        null=True, blank=True, help_text="Opens until then, unless a second officer confirms it"
    )
    confirmed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="compartment_member_once_now",
                fields=["compartment", "user"],
                condition=models.Q(valid_until=None),
            ),
            models.CheckConstraint(
                name="compartment_member_confirmed_by_a_second",
                condition=models.Q(confirmed_by=None)
                | ~models.Q(confirmed_by=models.F("named_by"))
                & ~models.Q(confirmed_by=models.F("user")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} in {self.compartment_id}"

    @classmethod
    def lasting(cls) -> models.Q:
        """Names that stand without an end and want no second word: they answer for the record."""
        return models.Q(valid_until=None, until_at=None, waits=False, lapses_at=None)

    @property
    def is_unconfirmed(self) -> bool:
        """Does it still want the word of a second officer?"""
        return self.waits or self.lapses_at is not None
