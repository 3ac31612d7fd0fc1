"""Places of Indonesia with their Kemendagri codes, province to village."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

# A district and above: 35, 35.21, 35.21.09; then the village, 1xxx kelurahan, 2xxx and up desa.
CODE = re.compile(r"^\d{2}(\.\d{2}(\.\d{2}(\.\d{4})?)?)?$")
DIGITS = re.compile(r"^(\d{2})(\d{2})?(\d{2})?(\d{4})?$")
# Words of rank that people write before a name, or leave out.
RANKS = re.compile(
    r"^(?:provinsi|prov|kabupaten|kab|kota|kecamatan|kec|kelurahan|kel|desa|ds|dusun|dsn)\b\s*"
)


class Region(models.Model):
    """A province, regency or city, district or village; its key is its code (35.21.09.2001).

    A code that is no longer in force stays, because old papers and numbers carry it.
    """

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
    search_name = models.CharField(
        max_length=80, default="", help_text="The name alone in the form that is searched"
    )
    in_force = models.BooleanField(default=True)

    class Meta:
        ordering = ["code"]
        indexes = [
            models.Index(name="region_level_name", fields=["level", "name"]),
            # Everything that a search reads, so that no part of a name costs a walk of the table.
            models.Index(
                name="region_search",
                fields=["search_name", "level", "code"],
                condition=Q(in_force=True),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def kelurahan(self) -> bool:
        """Is it an urban village?"""
        return self.kind == self.Kind.KELURAHAN


def normal_name(text: str) -> str:
    """A name as it is searched: lower case, letters and digits, single spaces, no signs."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().casefold()
    return " ".join(re.sub(r"[^a-z0-9]+", " ", plain.replace("'", "")).split())


def bare_name(text: str) -> str:
    """A searched name without words of rank in front ("Kec. Paron" is "paron")."""
    name = normal_name(text)
    while (shorter := RANKS.sub("", name)) and shorter != name:
        name = shorter
    return name


def dotted(code: str) -> str:
    """A code with its dots, from a code with or without ("3521092001" is "35.21.09.2001").

    Raises:
        ValueError: it is no region code.
    """
    text = code.strip()
    if CODE.match(text):
        return text
    parts = DIGITS.match(text)
    if parts is None:
        raise ValueError(f"{code!r} is no region code")
    return ".".join(part for part in parts.groups() if part)


def parent_code(code: str) -> str:
    """The code one level up; empty for a province."""
    return code.rpartition(".")[0]


def region_values(code: str, name: str, path_above: str) -> dict[str, Any]:
    """All columns of a region, from its code, its name and the path of the region above."""
    level = code.count(".") + 1
    search_name = bare_name(name) if level == Region.Level.REGENCY else normal_name(name)
    return {
        "code": code,
        "name": name,
        "level": level,
        "kind": _kind(code, name, level),
        "parent_id": parent_code(code) or None,
        "path": f"{search_name} {path_above}".strip()[:200],
        "search_name": search_name,
        "in_force": True,
    }


def _kind(code: str, name: str, level: int) -> str:
    if level == Region.Level.VILLAGE:
        urban = code.rpartition(".")[2].startswith("1")
        return Region.Kind.KELURAHAN if urban else Region.Kind.DESA
    if level == Region.Level.REGENCY:
        return Region.Kind.CITY if name.casefold().startswith("kota ") else Region.Kind.REGENCY
    return Region.Kind.DISTRICT if level == Region.Level.DISTRICT else Region.Kind.PROVINCE
