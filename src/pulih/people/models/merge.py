"""A merge of two entries, with all that is needed to undo it."""

from __future__ import annotations

from django.db import models

from pulih.access.models import Compartment, Office, User
from pulih.common.fields import EncryptedJSONField
from pulih.common.models import UUIDModel
from pulih.common.scoping import ScopedManager
from pulih.people.models.person import Person


class Merge(UUIDModel):
    """One entry absorbed by another; the snapshot says which rows moved and what they held."""

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    compartment = models.ForeignKey(
        Compartment, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    kept = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="merges")
    absorbed = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="merged_away")
    snapshot = EncryptedJSONField(blank=True, default="")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    undone_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    undone_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedManager["Merge"]()

    class Meta:
        ordering = ["-at"]
        constraints = [
            models.UniqueConstraint(
                name="merge_absorbs_once_now",
                fields=["absorbed"],
                condition=models.Q(undone_at=None),
            )
        ]

    def __str__(self) -> str:
        return f"{self.absorbed_id} into {self.kept_id}"
