"""Referrals to another section, office or institution, with their clock and their answer."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pulih.access.models import Section, User
from pulih.cases.models.case import Case
from pulih.common.fields import EncryptedTextField
from pulih.common.models import UUIDModel
from pulih.common.scoping import ScopedManager


class Referral(UUIDModel):
    """A client sent on, with what was told and what came back.

    The one who is asked answers without an account through a link that serves this one purpose;
    only the digest of its token is kept.
    """

    class Target(models.TextChoices):
        SECTION = "section", _("Another section of this office")
        HOSPITAL = "hospital", _("Hospital or mental hospital")
        PUSKESMAS = "puskesmas", _("Puskesmas")
        INSTITUTION = "institution", _("Social institution (panti, LKS)")
        VILLAGE = "village", _("Village or kelurahan")
        OFFICE = "office", _("Another government office")
        POLICE = "police", _("Police")
        SCHOOL = "school", _("School or training centre")
        OTHER = "other", _("Other")

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        SENT = "sent", _("Sent, waiting for an answer")
        ACCEPTED = "accepted", _("Accepted")
        FULL = "full", _("Full until a date")
        REFUSED = "refused", _("Refused")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="referrals")
    number = models.CharField(max_length=40)
    target = models.CharField(max_length=12, choices=Target)
    to_section = models.ForeignKey(
        Section, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    to_name = EncryptedTextField(blank=True, default="")
    to_contact = EncryptedTextField(blank=True, default="")
    purpose = EncryptedTextField()
    told = EncryptedTextField(
        blank=True, default="", help_text="What the letter tells of the client"
    )
    names_client = models.BooleanField(default=True, help_text="Does the letter carry the name?")
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    sent_on = models.DateField(null=True, blank=True)
    answer_due_on = models.DateField(null=True, blank=True)
    escalated_on = models.DateField(null=True, blank=True)
    token_digest = models.CharField(max_length=64, blank=True, default="", db_index=True)
    link_round = models.PositiveSmallIntegerField(
        default=0, help_text="Which link is the living one; a new letter kills the old link"
    )
    link_expires_on = models.DateField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = EncryptedTextField(blank=True, default="", help_text="Name and office, as given")
    answer = EncryptedTextField(blank=True, default="")
    full_until = models.DateField(null=True, blank=True)
    withdrawn_on = models.DateField(null=True, blank=True)
    withdraw_reason = EncryptedTextField(blank=True, default="")
    opened_case = models.OneToOneField(
        Case,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="came_from",
        help_text="The case that the receiving section opened from it",
    )

    objects = ScopedManager["Referral"]()

    EDITED = (
        "target",
        "to_section",
        "to_name",
        "to_contact",
        "purpose",
        "told",
        "names_client",
        "state",
    )

    class Meta:
        ordering = ["-sent_on", "-number"]
        indexes = [models.Index(name="referral_waiting", fields=["state", "answer_due_on"])]
        constraints = [
            models.CheckConstraint(
                name="referral_sent_has_dates",
                condition=Q(state="draft")
                | Q(state="withdrawn")
                | Q(sent_on__isnull=False, answer_due_on__isnull=False),
            ),
            models.CheckConstraint(
                name="referral_inside_names_section",
                condition=~Q(target="section") | Q(to_section__isnull=False),
            ),
            models.CheckConstraint(
                name="referral_full_has_until",
                condition=~Q(state="full") | Q(full_until__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def is_waiting(self) -> bool:
        """Does it still wait for an answer?"""
        return self.state == self.State.SENT

    @property
    def is_inside(self) -> bool:
        """Does it go to another section of the office?"""
        return self.target == self.Target.SECTION

    @property
    def asked_name(self) -> str:
        """Who is asked, by name."""
        return self.to_section.name if self.to_section else self.to_name


class Conference(UUIDModel):
    """A case conference: who sat together, what was said, what was decided."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="conferences")
    held_on = models.DateField()
    place = EncryptedTextField(blank=True, default="")
    present = EncryptedTextField(help_text="Who took part")
    minutes = EncryptedTextField()
    decisions = EncryptedTextField()
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-held_on"]

    def __str__(self) -> str:
        return str(self.held_on)
