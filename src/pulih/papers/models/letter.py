"""A letter: its template and fields, and once it is issued its number, PDF and code."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from pulih.access.models import Compartment, Office, Section, Unit, User
from pulih.common.fields import EncryptedJSONField, EncryptedTextField
from pulih.common.models import UUIDModel
from pulih.common.scoping import ScopedManager
from pulih.files.models import Attachment
from pulih.papers.models.office import Signatory


class Letter(UUIDModel):
    """One version of a letter.

    The template's version and the fields are kept, so that an old letter can be shown as it was.
    A later version is a row of its own that takes over the number of the one it replaces.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        ISSUED = "issued", _("Issued")
        REPLACED = "replaced", _("Replaced by a later version")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    section = models.ForeignKey(
        Section, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    compartment = models.ForeignKey(
        Compartment, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    restricted = models.BooleanField(default=False)

    about_kind = models.CharField(max_length=40)
    about_key = models.UUIDField()
    about_label = models.CharField(max_length=60, blank=True, default="")
    url_name = models.CharField(max_length=80, blank=True, default="")
    url_kwargs = models.JSONField(blank=True, default=dict)

    template = models.CharField(max_length=40)
    template_version = models.PositiveSmallIntegerField()
    classification = models.CharField(max_length=20, blank=True, default="")
    fields = EncryptedJSONField()
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    version = models.PositiveSmallIntegerField(default=1)
    replaces = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaced_by"
    )

    number = models.CharField(max_length=160, blank=True, default="")
    series = models.CharField(max_length=20, blank=True, default="")
    counted_year = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="0 where the series never begins again"
    )
    sequence = models.PositiveIntegerField(null=True, blank=True)
    dated_on = models.DateField(null=True, blank=True)
    signatory = models.ForeignKey(
        Signatory, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    pdf = models.ForeignKey(
        Attachment, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    pdf_digest = models.CharField(max_length=64, blank=True, default="", db_index=True)
    code = EncryptedTextField(blank=True, default="")
    code_index = models.CharField(max_length=32, blank=True, default="", db_index=True)

    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(auto_now_add=True)
    issued_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    issued_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdraw_reason = EncryptedTextField(blank=True, default="")

    objects = ScopedManager["Letter"]()

    EDITED = (
        "fields",
        "classification",
        "state",
    )

    class Meta:
        ordering = ["-written_at"]
        indexes = [
            models.Index(name="letter_about", fields=["about_kind", "about_key"]),
            models.Index(name="letter_of_office", fields=["office", "-written_at"]),
        ]
        constraints = [
            models.UniqueConstraint(
                name="letter_number_once",
                fields=["office", "series", "counted_year", "sequence", "version"],
                condition=Q(sequence__isnull=False),
            ),
            models.UniqueConstraint(
                name="letter_number_text_once",
                fields=["office", "number", "version"],
                condition=~Q(number=""),
            ),
            models.CheckConstraint(
                name="letter_issued_has_day_and_code",
                condition=Q(state="draft") | (Q(dated_on__isnull=False) & ~Q(code_index="")),
            ),
        ]

    def __str__(self) -> str:
        return self.number or self.about_label

    @property
    def is_draft(self) -> bool:
        """May it still be changed?"""
        return self.state == self.State.DRAFT

    @property
    def is_held_closely(self) -> bool:
        """Is every read of it written to the trail?"""
        return self.restricted or self.compartment_id is not None

    @property
    def about_url(self) -> str:
        """The page of the record, or nothing where it has none."""
        if not self.url_name:
            return ""
        try:
            if self.url_kwargs:
                return reverse(self.url_name, kwargs=self.url_kwargs)
            return reverse(self.url_name, args=[self.about_key])
        except NoReverseMatch:
            return ""
