"""Instruments as an office has them: loaded texts, scales of its own, what is switched on."""

from __future__ import annotations

from django.db import models

from pulih.access.models import Office, User
from pulih.common.models import UUIDModel


class OfficeInstrument(UUIDModel):
    """One version of an instrument in an office.

    Of a shipped instrument it holds the text that the office loaded, or nothing but the switch.
    Of an instrument of the office's own it holds everything. The content is never changed once a
    measurement was taken with it: another wording is the next version. It holds words of a
    questionnaire, nothing of a client.
    """

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    code = models.SlugField(max_length=40)
    version = models.CharField(max_length=10)
    number = models.PositiveSmallIntegerField(default=1, help_text="Orders the versions")
    is_own = models.BooleanField(default=False, help_text="Did the office define it?")
    is_on = models.BooleanField(default=False)
    cutoff = models.PositiveSmallIntegerField(null=True, blank=True)
    content = models.JSONField(default=dict, blank=True)
    licence = models.TextField(blank=True, default="", help_text="By what right the text is used")
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["code", "-number"]
        constraints = [
            models.UniqueConstraint(
                name="office_instrument_version_once", fields=["office", "code", "number"]
            )
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.version}"
