"""A conflict of interest: a named user is shut out of one case."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from pulih.access.models import User
from pulih.cases.models.case import Case
from pulih.common.fields import EncryptedTextField
from pulih.common.models import UUIDModel


class Exclusion(UUIDModel):
    """While it stands the case does not exist for the user, however they would reach it."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="exclusions")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    reason = EncryptedTextField()
    excluded_at = models.DateTimeField()
    excluded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["-excluded_at"]
        constraints = [
            models.UniqueConstraint(
                name="exclusion_once_now", fields=["case", "user"], condition=Q(ended_at=None)
            )
        ]

    def __str__(self) -> str:
        return str(self.excluded_at.date())
