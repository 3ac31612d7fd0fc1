"""What a client lacks, who sees to it, until when, and what became of it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pulih.access.models import User
from pulih.cases.models.case import Case
from pulih.common.fields import EncryptedTextField
from pulih.common.models import UUIDModel


class Need(UUIDModel):
    """One need of a client: open until it is met, or until it is said why it is not."""

    class Kind(models.TextChoices):
        FOOD = "food", _("Food")
        CLOTHING = "clothing", _("Clothing")
        HYGIENE = "hygiene", _("Hygiene")
        SHELTER = "shelter", _("Shelter")
        HEALTH = "health", _("Health")
        IDENTITY = "identity", _("Identity papers")
        TRAVEL = "travel", _("Travel")
        SCHOOL = "school", _("School")
        LEGAL = "legal", _("Legal help")
        OTHER = "other", _("Other need")

    class State(models.TextChoices):
        OPEN = "open", _("Still open")
        MET = "met", _("Met")
        UNMET = "unmet", _("Cannot be met")

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="needs")
    kind = models.CharField(max_length=10, choices=Kind)
    text = EncryptedTextField(blank=True, default="", help_text="What exactly is needed")
    helper = EncryptedTextField(
        blank=True, default="", help_text="The institution that helps with it"
    )
    owner = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    due_on = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=6, choices=State, default=State.OPEN)
    settled_on = models.DateField(null=True, blank=True)
    settled_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    note = EncryptedTextField(blank=True, default="", help_text="How it was met, or why it is not")
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)

    EDITED = (
        "kind",
        "text",
        "helper",
        "owner",
        "due_on",
        "state",
    )

    class Meta:
        ordering = ["recorded_at", "kind"]
        indexes = [models.Index(name="need_case_state", fields=["case", "state"])]
        constraints = [
            models.CheckConstraint(
                name="need_settled_iff_date",
                condition=Q(state="open", settled_on__isnull=True)
                | (~Q(state="open") & Q(settled_on__isnull=False)),
            ),
            models.CheckConstraint(
                name="need_unmet_has_its_reason", condition=~Q(state="unmet") | ~Q(note="")
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()

    @property
    def is_open(self) -> bool:
        """Is it neither met nor given up with a reason?"""
        return self.state == self.State.OPEN
