"""Places of Indonesia with their Kemendagri codes, province to village."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Region(models.Model):
    """A province, regency or city, district or village; its key is its code (35.21.09.2001)."""

    class Level(models.IntegerChoices):
        PROVINCE = 1, _("Province")
        REGENCY = 2, _("Regency or city")
        DISTRICT = 3, _("District")
        VILLAGE = 4, _("Village")

    class Kind(models.TextChoices):
        PROVINCE = "province", _("Province")
        REGENCY = "regency", _("Regency")
        CITY = "city", _("City")
        DISTRICT = "district", _("District")
        DESA = "desa", _("Village (desa)")
        KELURAHAN = "kelurahan", _("Village (kelurahan)")

    code = models.CharField(max_length=13, primary_key=True)
    name = models.CharField(max_length=80)
    level = models.PositiveSmallIntegerField(choices=Level)
    kind = models.CharField(max_length=10, choices=Kind)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )
    path = models.CharField(
        max_length=200, help_text="The name and those above it, lower case, for searching"
    )

    class Meta:
        ordering = ["code"]
        indexes = [models.Index(name="region_level_name", fields=["level", "name"])]

    def __str__(self) -> str:
        return self.name
