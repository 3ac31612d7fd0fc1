"""A small service at the counter: no assessment, no plan; it may be raised to a case."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from pulih.access.models import Activity, Office, Section, Unit, User
from pulih.cases.models.case import Case
from pulih.cases.models.offer import ServiceOffer
from pulih.common.fields import EncryptedJSONField, EncryptedTextField
from pulih.common.models import UUIDModel
from pulih.common.scoping import ScopedManager
from pulih.people.models import Person


class CounterService(UUIDModel):
    """One service of the catalogue for one person, from the asking to its result.

    What was asked for on that day stays as it was, whatever the catalogue says later:
    `requirements` is a list of {key, label, needed, brought}, `answers` of {key, label, kind,
    value}.
    """

    class State(models.TextChoices):
        OPEN = "open", _("In hand")
        WAITING = "waiting", _("Waiting for papers")
        DONE = "done", _("Done")
        RAISED = "raised", _("Became a case")
        CANCELLED = "cancelled", _("Cancelled")

    RUNNING = (State.OPEN, State.WAITING)

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=20)
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="counter_services", db_index=False
    )
    offer = models.ForeignKey(ServiceOffer, on_delete=models.PROTECT, related_name="served")
    section = models.ForeignKey(Section, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    state = models.CharField(max_length=9, choices=State, default=State.OPEN)
    requirements = models.JSONField(default=list)
    answers = EncryptedJSONField(blank=True, default="")
    note = EncryptedTextField(blank=True, default="")
    started_at = models.DateTimeField()
    started_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    outcome = EncryptedTextField(
        blank=True, default="", help_text="Result, or why it was cancelled"
    )
    activity = models.ForeignKey(
        Activity,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="The line of the work programme that it counts for",
    )
    case = models.OneToOneField(
        Case,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="counter_service",
        help_text="Only an open case: of a closely held one nothing is told here",
    )

    objects = ScopedManager["CounterService"]()

    class Meta:
        ordering = ["-started_at"]
        indexes = [
            models.Index(name="counter_office_started", fields=["office", "-started_at"]),
            models.Index(name="counter_office_state", fields=["office", "state", "due_on"]),
            # With the office, or the database would walk the whole office for one person.
            models.Index(name="counter_person_office", fields=["person", "office"]),
            models.Index(name="counter_offer", fields=["offer", "state"]),
        ]
        constraints = [
            models.UniqueConstraint(name="counter_number_once", fields=["office", "number"]),
            models.CheckConstraint(
                name="counter_ended_iff_not_running",
                condition=models.Q(state__in=["open", "waiting"], ended_at__isnull=True)
                | (~models.Q(state__in=["open", "waiting"]) & models.Q(ended_at__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def is_running(self) -> bool:
        """Is it neither done nor given up?"""
        return self.state in self.RUNNING

    @property
    def brought(self) -> list[dict[str, Any]]:
        """The papers that were shown."""
        return [paper for paper in self.requirements if paper["brought"]]

    @property
    def missing(self) -> list[dict[str, Any]]:
        """The needed papers that were not shown yet."""
        return [paper for paper in self.requirements if paper["needed"] and not paper["brought"]]

    def is_overdue(self, on: dt.date) -> bool:
        """Has the promised day passed?"""
        return self.is_running and self.due_on < on


class CounterEvent(UUIDModel):
    """One thing that happened to a counter service, for its history."""

    class Kind(models.TextChoices):
        STARTED = "started", _("Started")
        PAPERS = "papers", _("Papers brought")
        LETTER = "letter", _("Letter issued")
        DONE = "done", _("Done")
        CANCELLED = "cancelled", _("Cancelled")
        RAISED = "raised", _("Became a case")

    service = models.ForeignKey(CounterService, on_delete=models.CASCADE, related_name="events")
    kind = models.CharField(max_length=9, choices=Kind)
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    detail = EncryptedTextField(blank=True, default="")

    class Meta:
        ordering = ["-at"]
        indexes = [models.Index(name="counter_event_order", fields=["service", "-at"])]

    def __str__(self) -> str:
        return self.kind
