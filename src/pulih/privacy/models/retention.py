"""How long cases are kept, what holds them longer, and how they are destroyed."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pulih.access.models import Compartment, Office, User
from pulih.cases.models import Case
from pulih.common.fields import EncryptedTextField
from pulih.common.models import UUIDModel
from pulih.common.scoping import ScopedManager


class RetentionRule(UUIDModel):
    """How long cases of a type are kept after their end; the office's own schedule (JRA)."""

    class Type(models.TextChoices):
        ORDINARY = "ordinary", _("Ordinary cases")
        RESTRICTED = "restricted", _("Cases restricted to the team")
        SEALED = "sealed", _("Sealed cases")

    class Fate(models.TextChoices):
        DESTROY = "destroy", _("Destroy")
        KEEP = "keep", _("Keep for good")

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    type = models.CharField(max_length=12, choices=Type)
    ppks_kind = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="Empty: every kind that has no line of its own"
    )
    years = models.PositiveSmallIntegerField(help_text="Full years after the end of the case")
    fate = models.CharField(max_length=8, choices=Fate, default=Fate.DESTROY)
    code = models.CharField(max_length=40, blank=True, help_text="Code of the schedule (JRA)")
    source = models.CharField(max_length=200, help_text="The decree that sets it")

    class Meta:
        ordering = ["type", "ppks_kind"]
        constraints = [
            models.UniqueConstraint(
                name="retention_once_a_kind",
                fields=["office", "type", "ppks_kind"],
                condition=Q(ppks_kind__isnull=False),
            ),
            models.UniqueConstraint(
                name="retention_once_a_type",
                fields=["office", "type"],
                condition=Q(ppks_kind__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_type_display()}: {self.years}"


class LegalHold(UUIDModel):
    """A case that may not be destroyed, whatever its age: a trial, an inquiry, a claim."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    reason = EncryptedTextField()
    placed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    placed_at = models.DateTimeField()
    lifted_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    lifted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-placed_at"]
        constraints = [
            models.UniqueConstraint(
                name="legal_hold_once_now", fields=["case"], condition=Q(lifted_at=None)
            )
        ]

    def __str__(self) -> str:
        return str(self.placed_at.date())


class Destruction(UUIDModel):
    """The destruction of one case: proposed by one, carried out by another, certified."""

    class State(models.TextChoices):
        PROPOSED = "proposed", _("Proposed")
        REFUSED = "refused", _("Not destroyed")
        DONE = "done", _("Destroyed")

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    compartment = models.ForeignKey(
        Compartment, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    case = models.ForeignKey(
        Case, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    case_key = models.UUIDField(help_text="Key of the case, for the ledger of destructions")
    number = models.CharField(max_length=20, help_text="Number of the case")
    ended_on = models.DateField()
    basis = models.CharField(max_length=240, help_text="The line of the schedule, in words")
    state = models.CharField(max_length=8, choices=State, default=State.PROPOSED)
    proposed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    note = EncryptedTextField(blank=True, default="")
    destroyed = models.JSONField(
        default=dict, blank=True, help_text="How many rows of each kind were destroyed"
    )

    objects = ScopedManager["Destruction"]()

    class Meta:
        ordering = ["-proposed_at"]
        constraints = [
            models.UniqueConstraint(
                name="destruction_once_a_case",
                fields=["case"],
                condition=Q(state="proposed"),
            ),
            models.CheckConstraint(
                name="destruction_by_two",
                condition=Q(decided_by=None) | ~Q(decided_by=models.F("proposed_by")),
            ),
        ]

    def __str__(self) -> str:
        return self.number
