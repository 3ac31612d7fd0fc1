"""An incoming report: somebody says that somebody needs help."""

from __future__ import annotations

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from pulih.access.models import Compartment, Office, Section, Unit, User
from pulih.common.fields import EncryptedTextField
from pulih.common.models import UUIDModel
from pulih.common.scoping import ScopedManager
from pulih.people.codes import KINDS
from pulih.people.models import Person


class Report(UUIDModel):
    """A report as it was received; it becomes a case, or is answered without one."""

    class Channel(models.TextChoices):
        WALK_IN = "walk_in", _("Came to the office")
        FAMILY = "family", _("Family")
        CITIZEN = "citizen", _("Citizen")
        VILLAGE = "village", _("Village or kelurahan")
        POLICE = "police", _("Police")
        SATPOL = "satpol", _("Satpol PP")
        HEALTH = "health", _("Health service")
        SCHOOL = "school", _("School")
        LETTER = "letter", _("Letter")
        PHONE = "phone", _("Telephone or message")
        OUTREACH = "outreach", _("Found by our own outreach")
        OTHER_OFFICE = "other_office", _("Another office")
        REFERRAL = "referral", _("Referral from another institution")

    class State(models.TextChoices):
        NEW = "new", _("New")
        CASE = "case", _("Became a case")
        ANSWERED = "answered", _("Answered without a case")
        FORWARDED = "forwarded", _("Forwarded elsewhere")
        REPEATED = "repeated", _("Same as an earlier report")

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    compartment = models.ForeignKey(
        Compartment, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    restricted = models.BooleanField(default=False)
    number = models.CharField(max_length=20)
    channel = models.CharField(max_length=16, choices=Channel)
    received_at = models.DateTimeField()
    received_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    section = models.ForeignKey(Section, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    ppks_kind = models.PositiveSmallIntegerField(null=True, blank=True)
    reporter_name = EncryptedTextField(blank=True, default="")
    reporter_contact = EncryptedTextField(blank=True, default="")
    reporter_protected = models.BooleanField(default=False)
    about = EncryptedTextField(blank=True, default="", help_text="Who it is about, as told")
    description = EncryptedTextField()
    danger = EncryptedTextField(blank=True, default="", help_text="Signs of danger")
    urgent = models.BooleanField(default=False)
    village_code = models.CharField(max_length=13, blank=True, default="")
    place = EncryptedTextField(blank=True, default="")
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="reports"
    )
    state = models.CharField(max_length=10, choices=State, default=State.NEW)
    earlier = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="repeats"
    )
    outcome = EncryptedTextField(blank=True, default="")
    origin_label = models.CharField(
        max_length=60,
        blank=True,
        default="",
        help_text="Number of the record of an app above that it was made from",
    )
    origin_url_name = models.CharField(max_length=80, blank=True, default="")
    origin_id = models.UUIDField(null=True, blank=True)
    decided_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedManager["Report"]()

    class Meta:
        ordering = ["-received_at"]
        indexes = [
            models.Index(name="report_office_state", fields=["office", "state", "-received_at"]),
            models.Index(name="report_office_received", fields=["office", "-received_at"]),
        ]
        constraints = [
            models.UniqueConstraint(name="report_number_once", fields=["office", "number"]),
            models.CheckConstraint(
                name="report_new_iff_undecided",
                condition=models.Q(state="new", decided_at__isnull=True)
                | (~models.Q(state="new") & models.Q(decided_at__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def is_held_closely(self) -> bool:
        """Is it restricted or sealed, so that reading it is written down?"""
        return self.restricted or self.compartment_id is not None

    @property
    def origin_url(self) -> str:
        """The page of what it was made from; a reader who may not see that finds nothing there."""
        if not self.origin_url_name or self.origin_id is None:
            return ""
        return reverse(self.origin_url_name, args=[self.origin_id])

    @property
    def kind_label(self) -> str:
        """The kind of PPKS in words; a sealed report does not say it."""
        if self.compartment_id is not None:
            return str(_("Sealed"))
        return KINDS.label(str(self.ppks_kind)) if self.ppks_kind else ""
