"""The office, its four sections and their units."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from pulih.common.models import UUIDModel


class Office(UUIDModel):
    """A social office of a district, or of a province."""

    code = models.SlugField(max_length=20, unique=True)
    name = models.CharField(max_length=120)
    region_code = models.CharField(max_length=13, help_text="Kemendagri code, such as 35.21")
    address = models.CharField(max_length=200, blank=True)
    is_demo = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.name


class Section(UUIDModel):
    """One of the four parts of social welfare (PP 39/2012 art. 3); its name may be edited."""

    class Kind(models.TextChoices):
        REHABILITATION = "rehabilitation", _("Social rehabilitation")
        SECURITY = "security", _("Social security")
        EMPOWERMENT = "empowerment", _("Social empowerment")
        PROTECTION = "protection", _("Social protection")

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="sections")
    kind = models.CharField(max_length=16, choices=Kind)
    name = models.CharField(max_length=120)

    EDITED = ("name",)

    class Meta:
        ordering = ["office", "kind"]
        constraints = [
            models.UniqueConstraint(name="section_once_per_office", fields=["office", "kind"])
        ]

    def __str__(self) -> str:
        return self.name


class Unit(UUIDModel):
    """A seksi of a section, with its own lists and head."""

    section = models.ForeignKey(Section, on_delete=models.PROTECT, related_name="units")
    code = models.SlugField(max_length=30)
    name = models.CharField(max_length=120)
    closed_on = models.DateField(null=True, blank=True, help_text="Since then nothing new is its")

    EDITED = ("name",)

    class Meta:
        ordering = ["section", "code"]
        constraints = [
            models.UniqueConstraint(name="unit_once_per_section", fields=["section", "code"])
        ]

    def __str__(self) -> str:
        return self.name
