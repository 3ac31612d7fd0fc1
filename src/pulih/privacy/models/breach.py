"""A breach of protection: what happened, whom it touches, who was told, by when."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pulih.access.models import Compartment, Office, User
from pulih.common.fields import EncryptedTextField
from pulih.common.models import UUIDModel
from pulih.common.scoping import ScopedManager
from pulih.people.models import Person


class Breach(UUIDModel):
    """A failure to protect personal data; those touched and the agency are told in 3×24 hours."""

    class State(models.TextChoices):
        OPEN = "open", _("Being handled")
        CLOSED = "closed", _("Closed")

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=20)
    noticed_at = models.DateTimeField()
    due_at = models.DateTimeField()
    account = models.ForeignKey(
        User,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="Through whose account; empty: every account",
    )
    since = models.DateTimeField(help_text="From when the data lay open")
    until = models.DateTimeField(help_text="Until when")
    what = EncryptedTextField(help_text="Which data")
    how = EncryptedTextField(help_text="When and how it happened")
    handling = EncryptedTextField(blank=True, default="", help_text="What was done about it")
    state = models.CharField(max_length=8, choices=State, default=State.OPEN)
    opened_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    traced_at = models.DateTimeField(null=True, blank=True)
    exports = models.JSONField(
        default=list, blank=True, help_text="Lists that left in that time: verb, number of rows"
    )
    agency_letter = models.UUIDField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedManager["Breach"]()

    class Meta:
        ordering = ["-noticed_at"]
        constraints = [
            models.UniqueConstraint(name="breach_number_once", fields=["office", "number"]),
            models.CheckConstraint(
                name="breach_begins_before_it_ends", condition=Q(until__gte=models.F("since"))
            ),
        ]

    def __str__(self) -> str:
        return self.number


class BreachedPerson(UUIDModel):
    """Somebody whose data were touched, as the trail tells."""

    breach = models.ForeignKey(Breach, on_delete=models.CASCADE, related_name="people")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    compartment = models.ForeignKey(
        Compartment, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    events = models.PositiveIntegerField(help_text="Lines of the trail that touch them")
    letter = models.UUIDField(null=True, blank=True)

    objects = ScopedManager["BreachedPerson"]()

    class Meta:
        ordering = ["breach", "-events"]
        constraints = [
            models.UniqueConstraint(name="breached_person_once", fields=["breach", "person"])
        ]

    def __str__(self) -> str:
        return f"{self.breach_id} · {self.events}"
