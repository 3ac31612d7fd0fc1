"""A limit on the use of what the office knows of a person, at the person's request."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from pulih.access.models import User
from pulih.common.fields import EncryptedTextField
from pulih.common.models import UUIDModel
from pulih.people.models.person import Person


class ProcessingLimit(UUIDModel):
    """While it stands the data are kept and used for the person's own care, and for nothing else.

    They leave in no list and are passed to nobody (UU 27/2022, suspension and limitation).
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="limits")
    reason = EncryptedTextField()
    request_number = models.CharField(max_length=20, blank=True, default="")
    since = models.DateTimeField()
    set_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", db_index=False)
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )

    class Meta:
        ordering = ["-since"]
        constraints = [
            models.UniqueConstraint(
                name="processing_limit_once_now", fields=["person"], condition=Q(lifted_at=None)
            )
        ]

    def __str__(self) -> str:
        return str(self.since.date())
