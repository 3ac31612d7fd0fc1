"""Appointments."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from pulih.access.models import User
from pulih.common.fields import EncryptedTextField
from pulih.common.scoping import ScopedManager
from pulih.inbox.models.about import About


class CalendarEntry(About):
    """An appointment of one user, on a day, at a time where there is one."""

    kind = models.CharField(max_length=40, blank=True, default="")
    title = EncryptedTextField()
    place = EncryptedTextField(blank=True, default="")
    note = EncryptedTextField(blank=True, default="")
    owner = models.ForeignKey(User, on_delete=models.PROTECT, related_name="calendar")
    held_on = models.DateField()
    starts_at = models.TimeField(null=True, blank=True)
    ends_at = models.TimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    key = models.CharField(max_length=120, blank=True, default="")
    created_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ScopedManager["CalendarEntry"]()

    class Meta:
        ordering = ["held_on", models.F("starts_at").asc(nulls_first=True)]
        indexes = [models.Index(name="calendar_owner_day", fields=["owner", "held_on"])]
        constraints = [
            models.UniqueConstraint(
                name="calendar_key_once", fields=["owner", "key"], condition=~Q(key="")
            ),
            models.CheckConstraint(
                name="calendar_ends_after_start",
                condition=Q(ends_at=None)
                | Q(starts_at__isnull=False, ends_at__gte=models.F("starts_at")),
            ),
        ]

    def __str__(self) -> str:
        return str(self.title)
