"""What a person said about two entries: the same, not the same, or unsure."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from pulih.access.models import Compartment, Office, User
from pulih.common.fields import EncryptedTextField
from pulih.common.models import UUIDModel
from pulih.common.scoping import ScopedManager
from pulih.people.models.person import Person


class Judgement(UUIDModel):
    """A verdict on a pair; `first` is the one with the smaller key.

    A pair judged "not the same" comes back only when its evidence has another fingerprint.
    """

    class Verdict(models.TextChoices):
        SAME = "same", _("The same person")
        NOT_SAME = "not_same", _("Not the same person")
        UNSURE = "unsure", _("Not sure")

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    compartment = models.ForeignKey(
        Compartment, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    first = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="judged_first")
    second = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="judged_second")
    verdict = models.CharField(max_length=8, choices=Verdict)
    why = EncryptedTextField(blank=True, default="")
    fingerprint = models.CharField(max_length=64, blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = ScopedManager["Judgement"]()

    class Meta:
        ordering = ["-at"]
        indexes = [models.Index(name="judgement_pair", fields=["first", "second", "-at"])]
        constraints = [
            models.CheckConstraint(
                name="judgement_of_an_ordered_pair",
                condition=models.Q(first__lt=models.F("second")),
            )
        ]

    def __str__(self) -> str:
        return self.get_verdict_display()
