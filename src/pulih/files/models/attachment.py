"""A file that belongs to a record of an app above."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from pulih.access.models import Compartment, Office, User
from pulih.common.fields import EncryptedTextField
from pulih.common.models import UUIDModel
from pulih.common.scoping import ScopedManager


class Attachment(UUIDModel):
    """What is known of a file; its content lies encrypted on the disk under a random name.

    Owner is a label and a key: this app sees no record of the apps above. Whether somebody may
    read a file is asked of whoever registered the label (`files.rules.register_owner`).
    """

    class Kind(models.TextChoices):
        PHOTO = "photo", _("Photo")
        DOCUMENT = "document", _("Document")
        LETTER = "letter", _("Letter")
        SCAN = "scan", _("Scan")
        IMPORT = "import", _("File for import")

    class DocumentKind(models.TextChoices):
        IDENTITY_CARD = "identity_card", _("Identity card (KTP)")
        FAMILY_CARD = "family_card", _("Family card (KK)")
        BIRTH_CERTIFICATE = "birth_certificate", _("Birth certificate")
        DEATH_CERTIFICATE = "death_certificate", _("Death certificate")
        VILLAGE_LETTER = "village_letter", _("Letter from the village")
        POOR_LETTER = "poor_letter", _("Certificate of poverty (SKTM)")
        POLICE_LETTER = "police_letter", _("Letter from the police")
        INSURANCE_CARD = "insurance_card", _("Health insurance card")
        MEDICAL_RECORD = "medical_record", _("Medical document")
        REFERRAL_LETTER = "referral_letter", _("Referral letter")
        CONSENT_FORM = "consent_form", _("Signed consent")
        SOCIAL_REPORT = "social_report", _("Social report")
        HANDOVER = "handover", _("Record of handover")
        COURT_DOCUMENT = "court_document", _("Document of a court or prosecutor")
        OTHER = "other", _("Other")

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    compartment = models.ForeignKey(
        Compartment, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    owner_kind = models.CharField(max_length=40)
    owner_id = models.UUIDField()
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.DOCUMENT)
    document_kind = models.CharField(
        max_length=20, choices=DocumentKind, default=DocumentKind.OTHER
    )
    title = EncryptedTextField(blank=True, default="")
    original_name = EncryptedTextField(blank=True, default="")
    dated_on = models.DateField(null=True, blank=True, help_text="The date on the document")
    content_type = models.CharField(max_length=100, help_text="What the content truly is")
    size = models.PositiveBigIntegerField(help_text="Bytes of the content as it is served")
    sha256 = models.CharField(
        max_length=64, help_text="Of the encrypted file, so that it tells nothing of the content"
    )
    storage_path = models.CharField(max_length=80, unique=True)
    has_thumbnail = models.BooleanField(default=False)
    uploaded_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    uploaded_at = models.DateTimeField(auto_now_add=True)
    removed_at = models.DateTimeField(null=True, blank=True)
    removed_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    removed_reason = EncryptedTextField(blank=True, default="")

    objects = ScopedManager["Attachment"]()

    class Meta:
        ordering = ["-uploaded_at"]
        indexes = [models.Index(name="attachment_owner", fields=["owner_kind", "owner_id"])]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.pk}"
