"""Where a person lives, stays or is written."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from pulih.common.fields import EncryptedTextField
from pulih.common.models import UUIDModel
from pulih.people.models.person import Person
from pulih.people.models.region import Region


class Address(UUIDModel):
    """An address; the village by its code when it is known, and always as it was typed."""

    class Kind(models.TextChoices):
        HOME = "home", _("Lives here")
        CARD = "card", _("Address on the card (KTP/KK)")
        SHELTER = "shelter", _("Shelter or institution")
        FAMILY = "family", _("Family's address")

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="addresses")
    kind = models.CharField(max_length=8, choices=Kind, default=Kind.HOME)
    region = models.ForeignKey(
        Region, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    typed_place = models.CharField(
        max_length=160, blank=True, help_text="Village and district as they were typed"
    )
    hamlet = EncryptedTextField(blank=True, default="", help_text="Dusun")
    rt = models.CharField(max_length=5, blank=True)
    rw = models.CharField(max_length=5, blank=True)
    street = EncryptedTextField(blank=True, default="")
    is_current = models.BooleanField(default=True)
    since = models.DateField(null=True, blank=True)
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-is_current", "kind", "-recorded_at"]

    def __str__(self) -> str:
        return self.get_kind_display()
