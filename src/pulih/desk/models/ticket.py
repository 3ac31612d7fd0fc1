"""A number in the queue of the counter; it names nobody."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from pulih.access.models import Office, User
from pulih.cases.models import CounterService, ServiceOffer
from pulih.common.models import UUIDModel
from pulih.common.scoping import ScopedManager


class Ticket(UUIDModel):
    """One waiting number of one day."""

    class Queue(models.TextChoices):
        GENERAL = "A", _("Any matter")
        SECURITY = "J", _("Social security")
        EMPOWERMENT = "B", _("Empowerment")
        PROTECTION = "L", _("Protection")
        REHABILITATION = "R", _("Rehabilitation")

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        CALLED = "called", _("At the counter")
        SERVED = "served", _("Served")
        MISSED = "missed", _("Did not come")

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    day_on = models.DateField()
    letter = models.CharField(max_length=1, choices=Queue, default=Queue.GENERAL)
    number = models.PositiveSmallIntegerField()
    offer = models.ForeignKey(
        ServiceOffer,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="What they came for, where they said so at the door",
    )
    state = models.CharField(max_length=7, choices=State, default=State.WAITING)
    taken_at = models.DateTimeField()
    called_at = models.DateTimeField(null=True, blank=True)
    called_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    place = models.CharField(max_length=20, blank=True, help_text="Which counter called")
    done_at = models.DateTimeField(null=True, blank=True)
    service = models.ForeignKey(
        CounterService, on_delete=models.PROTECT, null=True, blank=True, related_name="tickets"
    )

    objects = ScopedManager["Ticket"]()

    class Meta:
        ordering = ["day_on", "taken_at"]
        indexes = [models.Index(name="ticket_of_the_day", fields=["office", "day_on", "state"])]
        constraints = [
            models.UniqueConstraint(
                name="ticket_number_once", fields=["office", "day_on", "letter", "number"]
            )
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The number as it is called, such as A-007."""
        return f"{self.letter}-{self.number:03d}"
