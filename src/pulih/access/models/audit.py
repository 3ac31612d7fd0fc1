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
    seal = models.CharField(
        max_length=64, blank=True, default="", help_text="keyed: an older head cannot be put back"
    )

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
        # Searches of the auditor go by one of these and then down the sequence.
        indexes = [
            models.Index(name="audit_by_verb", fields=["office", "verb", "-sequence"]),
            models.Index(name="audit_by_actor", fields=["office", "actor", "-sequence"]),
            models.Index(name="audit_by_day", fields=["office", "-at"]),
            models.Index(name="audit_by_label", fields=["subject_label"]),
        ]

    def __str__(self) -> str:
        return f"{self.sequence} {self.verb}"


class DailyHead(UUIDModel):
    """Where an office's chain stood at the end of a day's work, to be printed and kept apart."""

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="daily_heads")
    kept_on = models.DateField()
    sequence = models.PositiveBigIntegerField()
    mac = models.CharField(max_length=64, blank=True)
    verified = models.BooleanField(help_text="the chain up to here was walked and was unbroken")

    class Meta:
        ordering = ["-kept_on"]
        constraints = [
            models.UniqueConstraint(name="daily_head_once", fields=["office", "kept_on"]),
        ]

    def __str__(self) -> str:
        return f"{self.kept_on} at {self.sequence}"
