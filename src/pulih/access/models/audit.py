"""The trail: insert-only events of an office, each tied to the one before."""

from __future__ import annotations

from django.db import models

from pulih.access.models.office import Office
from pulih.access.models.user import User
from pulih.common.fields import EncryptedJSONField
from pulih.common.models import UUIDModel


class AuditHead(UUIDModel):
    """The last event of an office's chain; locked while an event is added."""

    office = models.OneToOneField(Office, on_delete=models.PROTECT, related_name="audit_head")
    sequence = models.PositiveBigIntegerField(default=0)
    mac = models.CharField(max_length=64, blank=True, default="")

    def __str__(self) -> str:
        return f"{self.office} at {self.sequence}"


class AuditEvent(UUIDModel):
    """One thing that somebody did; never changed, never deleted (database triggers).

    The subject is named by its kind and key and a label that holds numbers, never names.
    """

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    sequence = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    actor = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    verb = models.CharField(max_length=60)
    subject_kind = models.CharField(max_length=40, blank=True)
    subject_id = models.CharField(max_length=36, blank=True, db_index=True)
    subject_label = models.CharField(max_length=60, blank=True)
    compartment_id = models.UUIDField(null=True, blank=True)
    reason = EncryptedJSONField(blank=True, default="")
    detail = EncryptedJSONField(blank=True, default="")
    digest = models.CharField(max_length=64)
    mac = models.CharField(max_length=64)

    class Meta:
        ordering = ["office", "sequence"]
        constraints = [
            models.UniqueConstraint(name="audit_sequence_once", fields=["office", "sequence"])
        ]

    def __str__(self) -> str:
        return f"{self.sequence} {self.verb}"
