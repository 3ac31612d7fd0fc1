"""Breaking the glass: opening a case that is not one's own in an emergency, for some hours."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from pulih.access.models import User
from pulih.cases.models.case import Case
from pulih.common.fields import EncryptedTextField
from pulih.common.models import UUIDModel
from pulih.common.scoping import ScopedManager


class BrokenGlass(UUIDModel):
    """Somebody opened a closely held case in an emergency: why, until when, how it was judged."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="broken")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    reason = EncryptedTextField()
    broken_at = models.DateTimeField()
    until_at = models.DateTimeField()
    justified = models.BooleanField(null=True, blank=True)
    judgement = EncryptedTextField(blank=True, default="")
    judged_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    judged_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedManager["BrokenGlass"]()

    class Meta:
        ordering = ["-broken_at"]
        constraints = [
            models.CheckConstraint(
                name="glass_judged_iff_said",
                condition=Q(judged_at=None, justified=None)
                | Q(judged_at__isnull=False, justified__isnull=False, judged_by__isnull=False),
            ),
            models.CheckConstraint(
                name="glass_judged_by_another",
                condition=Q(judged_by=None) | ~Q(judged_by=models.F("user")),
            ),
        ]

    def __str__(self) -> str:
        return str(self.broken_at.date())

    @property
    def number(self) -> str:
        """The number of the case; it labels this row in the trail."""
        return self.case.number
