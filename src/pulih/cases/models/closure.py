"""The end of a case, what came after it, and opening it again."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pulih.access.models import User
from pulih.cases.models.case import Case
from pulih.common.fields import EncryptedTextField
from pulih.common.models import UUIDModel


class Closure(UUIDModel):
    """Why and how a case ended; a reopened case keeps its earlier endings."""

    class Reason(models.TextChoices):
        GOALS_MET = "goals_met", _("Goals reached")
        TRANSFERRED = "transferred", _("Handed over to another service")
        REFUSED = "refused", _("The client no longer wants help")
        MOVED = "moved", _("Moved away")
        LOST = "lost", _("Cannot be found")
        DIED = "died", _("Died")
        NO_PROBLEM = "no_problem", _("No problem for this office was found")

    class Outcome(models.TextChoices):
        RESTORED = "restored", _("Functioning regained")
        IMPROVED = "improved", _("Improved")
        UNCHANGED = "unchanged", _("Unchanged")
        WORSE = "worse", _("Worse")
        UNKNOWN = "unknown", _("Not known")

    EARLY = frozenset({"transferred", "refused", "moved", "lost", "died", "no_problem"})

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="closures")
    reason = models.CharField(max_length=12, choices=Reason)
    outcome = models.CharField(max_length=10, choices=Outcome)
    evidence = EncryptedTextField(help_text="What shows it")
    closed_on = models.DateField()
    closed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    reopened_on = models.DateField(null=True, blank=True)
    reopened_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    reopen_reason = EncryptedTextField(blank=True, default="")

    class Meta:
        ordering = ["-closed_on"]
        constraints = [
            models.UniqueConstraint(
                name="case_closed_once_now", fields=["case"], condition=Q(reopened_on=None)
            )
        ]

    def __str__(self) -> str:
        return self.get_reason_display()


class FollowUp(UUIDModel):
    """A visit or call after the end of a case."""

    class Mode(models.TextChoices):
        VISIT = "visit", _("Home visit")
        CALL = "call", _("Telephone or message")
        OFFICE = "office", _("At the office")
        PARTNER = "partner", _("Through village, cadre or partner")

    class Condition(models.TextChoices):
        KEPT = "kept", _("The result is kept")
        BETTER = "better", _("Better than at the end")
        WORSE = "worse", _("Worse than at the end")
        NOT_FOUND = "not_found", _("Not found")

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="follow_ups")
    visited_on = models.DateField()
    mode = models.CharField(max_length=8, choices=Mode)
    condition = models.CharField(max_length=10, choices=Condition)
    findings = EncryptedTextField()
    next_on = models.DateField(null=True, blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-visited_on"]

    def __str__(self) -> str:
        return str(self.visited_on)

    @property
    def tone(self) -> str:
        """The colour that repeats what the condition says."""
        tones = {"kept": "good", "better": "good", "worse": "bad", "not_found": "warn"}
        return tones[self.condition]
