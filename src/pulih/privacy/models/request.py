"""What somebody asks about the data that the office holds of them, with the law's clock."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pulih.access.models import Compartment, Office, User
from pulih.common.fields import EncryptedTextField
from pulih.common.models import UUIDModel
from pulih.common.scoping import ScopedManager
from pulih.people.models import Person

TERM = dt.timedelta(hours=72)
"""3×24 hours from the moment it was received (UU 27/2022)."""


class RightsRequest(UUIDModel):
    """A request of a person on file, or of who speaks for them."""

    class Kind(models.TextChoices):
        ACCESS = "access", _("To see the data and who used them")
        CORRECTION = "correction", _("To correct the data")
        RESTRICTION = "restriction", _("To limit the use of the data")
        OBJECTION = "objection", _("To object to a use of the data")
        WITHDRAWAL = "withdrawal", _("To withdraw a consent")
        ERASURE = "erasure", _("To have the data destroyed")

    class Asker(models.TextChoices):
        SELF = "self", _("The person")
        PARENT = "parent", _("Parent")
        GUARDIAN = "guardian", _("Guardian")
        CURATOR = "curator", _("Curator appointed by a court")
        ATTORNEY = "attorney", _("Somebody with a power of attorney")

    class State(models.TextChoices):
        OPEN = "open", _("Waits for an answer")
        DONE = "done", _("Carried out")
        REFUSED = "refused", _("Refused")

    class Ground(models.TextChoices):
        SAFETY = "safety", _("It would endanger somebody's safety")
        HEALTH = "health", _("It would harm the person's physical or mental health")
        OTHERS = "others", _("It would lay open data of somebody else")
        CONFLICT = "conflict", _("Who asks is suspected of harming the person")
        LAW = "law", _("A law asks the office to keep or use the data")
        UNPROVEN = "unproven", _("Who asks could not show to be entitled")
        UNFOUNDED = "unfounded", _("The data are right as they stand")

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    compartment = models.ForeignKey(
        Compartment, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    number = models.CharField(max_length=20)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=Kind)
    asker = models.CharField(max_length=10, choices=Asker)
    asked_by = EncryptedTextField(blank=True, default="", help_text="Name of who asks")
    proof = EncryptedTextField(help_text="How it was shown who asks")
    wish = EncryptedTextField(help_text="What is asked, in their words")
    asker_is_suspect = models.BooleanField(
        default=False, help_text="Who asks is suspected of harming the person"
    )
    received_at = models.DateTimeField()
    due_at = models.DateTimeField()
    received_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=8, choices=State, default=State.OPEN)
    ground = models.CharField(max_length=10, choices=Ground, blank=True, default="")
    answer = EncryptedTextField(blank=True, default="")
    decided_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedManager["RightsRequest"]()

    class Meta:
        ordering = ["due_at", "number"]
        constraints = [
            models.UniqueConstraint(name="rights_number_once", fields=["office", "number"]),
            models.CheckConstraint(
                name="rights_decided_iff_closed",
                condition=Q(state="open", decided_at=None)
                | (~Q(state="open") & Q(decided_at__isnull=False, decided_by__isnull=False)),
            ),
            models.CheckConstraint(
                name="rights_refusal_has_its_ground",
                condition=(Q(state="refused") & ~Q(ground=""))
                | (~Q(state="refused") & Q(ground="")),
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def is_open(self) -> bool:
        """Does it still wait for an answer?"""
        return self.state == self.State.OPEN
