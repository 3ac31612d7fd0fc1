"""Services asked for and given: one to one, or in a group where each participant counts."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pulih.access.models import Activity, Office, Section, User
from pulih.cases.models.case import Case
from pulih.cases.models.plan import PlannedService
from pulih.common.fields import EncryptedJSONField, EncryptedTextField
from pulih.common.models import UUIDModel
from pulih.common.scoping import ScopedManager
from pulih.people.codes import SERVICE_KINDS


class GroupSession(UUIDModel):
    """One session for several clients; each has a service record of their own."""

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    section = models.ForeignKey(Section, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=1)
    topic = EncryptedTextField()
    held_on = models.DateField()
    hours = models.DecimalField(max_digits=4, decimal_places=1)
    place = EncryptedTextField(blank=True, default="")
    led_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    note = EncryptedTextField(blank=True, default="")
    activity = models.ForeignKey(
        Activity, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = ScopedManager["GroupSession"]()

    class Meta:
        ordering = ["-held_on"]

    def __str__(self) -> str:
        return f"{self.kind} {self.held_on}"

    @property
    def kind_name(self) -> str:
        """The kind in words."""
        return SERVICE_KINDS.label(self.kind)


class ServiceRecord(UUIDModel):
    """A service of one of the eleven kinds; what was asked for stays apart from what was given."""

    class State(models.TextChoices):
        REQUESTED = "requested", _("Requested")
        PROVIDED = "provided", _("Provided")
        DECLINED = "declined", _("Declined by the client")
        CANCELLED = "cancelled", _("Cancelled")

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="services")
    planned = models.ForeignKey(
        PlannedService, on_delete=models.SET_NULL, null=True, blank=True, related_name="records"
    )
    session = models.ForeignKey(
        GroupSession, on_delete=models.PROTECT, null=True, blank=True, related_name="records"
    )
    kind = models.CharField(max_length=1)
    atensi = models.PositiveSmallIntegerField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=State)
    requested_on = models.DateField(null=True, blank=True)
    request = EncryptedTextField(blank=True, default="")
    provided_on = models.DateField(null=True, blank=True)
    hours = models.DecimalField(max_digits=4, decimal_places=1, null=True, blank=True)
    place = EncryptedTextField(blank=True, default="")
    provider = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    result = EncryptedTextField(blank=True, default="")
    form_version = models.CharField(
        max_length=10, blank=True, default="", help_text="Of the kind's short form; none without"
    )
    details = EncryptedJSONField(blank=True, default="", help_text="The answers of that form")
    reason = EncryptedTextField(blank=True, default="", help_text="Why declined or cancelled")
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)
    activity = models.ForeignKey(
        Activity,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="services",
        help_text="The line of the work programme that it counts for",
    )

    objects = ScopedManager["ServiceRecord"]()

    class Meta:
        ordering = ["-provided_on", "-recorded_at"]
        indexes = [
            models.Index(name="service_case_kind_on", fields=["case", "kind", "-provided_on"]),
            models.Index(name="service_kind_on", fields=["kind", "provided_on"]),
        ]
        constraints = [
            models.CheckConstraint(
                name="service_provided_iff_date",
                condition=Q(state="provided", provided_on__isnull=False)
                | (~Q(state="provided") & Q(provided_on__isnull=True)),
            ),
            models.UniqueConstraint(
                name="service_once_a_session",
                fields=["session", "case"],
                condition=Q(session__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.provided_on or self.requested_on}"

    @property
    def kind_name(self) -> str:
        """The kind in words."""
        return SERVICE_KINDS.label(self.kind)
