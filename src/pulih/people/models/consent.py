"""Why the office may hold, use or pass on what it knows of a person."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pulih.access.models import User
from pulih.common.fields import EncryptedTextField
from pulih.common.models import UUIDModel
from pulih.people.models.person import Person


class Consent(UUIDModel):
    """A consent, or the basis in law that stands in its place, for one purpose (UU 27/2022)."""

    class Purpose(models.TextChoices):
        SERVICE = "service", _("To receive services of the office")
        SHARE = "share", _("To pass data to another institution")
        FAMILY_SEARCH = "family_search", _("To search for the family")
        PHOTO = "photo", _("To take and use a photo")
        PUBLICATION = "publication", _("To tell the story in public")
        STUDENT = "student", _("To let a student assist")

    class Capacity(models.TextChoices):
        SELF = "self", _("The person")
        PARENT = "parent", _("Parent")
        GUARDIAN = "guardian", _("Guardian")
        CURATOR = "curator", _("Curator appointed by a court")
        COMPANION = "companion", _("With support of a companion")
        NOBODY = "nobody", _("Nobody: a basis in law without consent")

    class Basis(models.TextChoices):
        CONSENT = "consent", _("Consent")
        LEGAL_DUTY = "legal_duty", _("Legal duty")
        VITAL_INTEREST = "vital_interest", _("Vital interest")
        PUBLIC_TASK = "public_task", _("Public task")
        CONTRACT = "contract", _("Contract")
        LEGITIMATE_INTEREST = "legitimate_interest", _("Legitimate interest")

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="consents")
    purpose = models.CharField(max_length=16, choices=Purpose)
    basis = models.CharField(max_length=20, choices=Basis, default=Basis.CONSENT)
    capacity = models.CharField(max_length=10, choices=Capacity, default=Capacity.SELF)
    recipient = models.CharField(max_length=160, blank=True)
    scope = EncryptedTextField(blank=True, default="", help_text="Which data, for what")
    given_by = EncryptedTextField(blank=True, default="", help_text="Who said yes")
    given_on = models.DateField()
    expires_on = models.DateField(null=True, blank=True)
    withdrawn_on = models.DateField(null=True, blank=True)
    withdrawn_reason = EncryptedTextField(blank=True, default="")
    withdrawn_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    recorded_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-given_on", "-recorded_at"]
        constraints = [
            models.CheckConstraint(
                name="consent_nobody_gives_no_consent",
                condition=~Q(capacity="nobody", basis="consent"),
            ),
            models.CheckConstraint(
                name="consent_expires_after_it_is_given",
                condition=Q(expires_on=None) | Q(expires_on__gte=models.F("given_on")),
            ),
        ]

    def __str__(self) -> str:
        return self.get_purpose_display()
