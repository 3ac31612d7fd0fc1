"""Pairs of entries that may be one person, and the searches that find them."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from pulih.access.models import Office, User
from pulih.common.fields import EncryptedJSONField
from pulih.common.models import UUIDModel
from pulih.common.scoping import ScopedManager
from pulih.people.models.person import Person


class DuplicatePair(UUIDModel):
    """Two open entries that the machine finds alike; a person decides what they are.

    `first` is the one with the smaller key. The evidence is what the identity engine said when the
    pair was found; its fingerprint tells whether something new was learned since a verdict.
    """

    class State(models.TextChoices):
        OPEN = "open", _("To judge")
        UNSURE = "unsure", _("Not sure")
        SAME = "same", _("The same, to be joined")
        NOT_SAME = "not_same", _("Not the same")

    class Source(models.TextChoices):
        REGISTRATION = "registration", _("Registration")
        IMPORT = "import", _("Import")
        SCAN = "scan", _("Search of the registry")

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+", db_index=False)
    first = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="pairs_first")
    second = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="pairs_second")
    score = models.FloatField(help_text="Probability that they are one person, 0 to 1")
    evidence = EncryptedJSONField(default=list)
    fingerprint = models.CharField(max_length=64)
    source = models.CharField(max_length=12, choices=Source)
    state = models.CharField(max_length=8, choices=State, default=State.OPEN)
    batch = models.UUIDField(null=True, blank=True)
    proposed_at = models.DateTimeField()

    objects = ScopedManager["DuplicatePair"]()

    class Meta:
        ordering = ["-score", "id"]
        indexes = [
            models.Index(name="pair_to_judge", fields=["office", "state", "-score", "id"]),
            models.Index(name="pair_batch", fields=["batch"], condition=Q(batch__isnull=False)),
        ]
        constraints = [
            models.UniqueConstraint(name="pair_once", fields=["first", "second"]),
            models.CheckConstraint(name="pair_in_order", condition=Q(first__lt=F("second"))),
        ]

    def __str__(self) -> str:
        return f"{self.first_id} {self.second_id}"


class DuplicateScan(UUIDModel):
    """One search of the whole registry for duplicates, in the background, with its progress."""

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", db_index=False)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    last_person = models.UUIDField(null=True, blank=True, help_text="Where to go on")
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    found = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-started_at"]
        constraints = [
            models.UniqueConstraint(
                name="duplicate_scan_once_now", fields=["office"], condition=Q(finished_at=None)
            )
        ]

    def __str__(self) -> str:
        return f"{self.done}/{self.total}"
