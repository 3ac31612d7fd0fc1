"""What was found out: the written assessment, and measurements with an instrument."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from pulih.access.models import User
from pulih.cases.models.case import Case
from pulih.common.fields import EncryptedJSONField, EncryptedTextField
from pulih.common.models import UUIDModel


class Assessment(UUIDModel):
    """The bio-psycho-social-spiritual assessment, in words.

    It is edited until a plan stands on it; after that it is written anew as the next version.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="assessments")
    version = models.PositiveSmallIntegerField(default=1)
    assessed_on = models.DateField()
    biological = EncryptedTextField(blank=True, default="")
    psychological = EncryptedTextField(blank=True, default="")
    social = EncryptedTextField(blank=True, default="")
    spiritual = EncryptedTextField(blank=True, default="")
    family = EncryptedTextField(blank=True, default="")
    environment = EncryptedTextField(blank=True, default="")
    strengths = EncryptedTextField(blank=True, default="")
    problems = EncryptedTextField(help_text="The problems found, one a line")
    signs = EncryptedJSONField(
        blank=True, default="", help_text="Signs by which an instrument is left, such as psychosis"
    )
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)

    EDITED = (
        "version",
        "assessed_on",
        "biological",
        "psychological",
        "social",
        "spiritual",
        "family",
        "environment",
        "strengths",
        "problems",
        "signs",
    )

    class Meta:
        ordering = ["-version"]
        constraints = [
            models.UniqueConstraint(name="assessment_version_once", fields=["case", "version"])
        ]

    def __str__(self) -> str:
        return str(self.assessed_on)


class Measurement(UUIDModel):
    """One use of an instrument. It is never changed: a mistake is measured again.

    `instrument` and `version` name an instrument of `cases/instruments` or of the office;
    `scores` are what its scorer made of the answers, kept with them.
    """

    class Mode(models.TextChoices):
        SELF = "self", _("Answered by the client")
        PROXY = "proxy", _("Answered by somebody close")
        OBSERVER = "observer", _("Judged by the worker")

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="measurements")
    instrument = models.SlugField(max_length=40)
    version = models.CharField(max_length=10)
    measured_on = models.DateField()
    mode = models.CharField(max_length=10, choices=Mode)
    method = models.CharField(
        max_length=20,
        blank=True,
        default="",
        help_text="How it was scored, if there is a choice",
    )
    answers = EncryptedJSONField()
    scores = EncryptedJSONField()
    note = EncryptedTextField(blank=True, default="")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["measured_on", "recorded_at"]

    def __str__(self) -> str:
        return f"{self.instrument} {self.measured_on}"
