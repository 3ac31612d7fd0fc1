"""What a case adds to the family and the surroundings that the registry knows."""

from __future__ import annotations

from django.db import models

from pulih.access.models import User
from pulih.cases.models.case import Case
from pulih.common.fields import EncryptedJSONField
from pulih.common.models import UUIDModel


class FamilyChart(UUIDModel):
    """People, ties and places that were drawn by hand for one case.

    `content` is what `cases/drawing/store.py` reads: extra people and institutions, ties between
    them, and where somebody was moved to. What the registry knows is not copied into it.
    """

    case = models.OneToOneField(Case, on_delete=models.CASCADE, related_name="chart")
    content = EncryptedJSONField(blank=True, default="")
    changed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return str(self.case_id)
