"""What can be seen of a person whose name nobody knows."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from pulih.common.fields import EncryptedTextField
from pulih.common.models import UUIDModel
from pulih.people.models.person import Person


class Mark(UUIDModel):
    """A mark on the body or another lasting sign."""

    class Kind(models.TextChoices):
        SCAR = "scar", _("Scar")
        TATTOO = "tattoo", _("Tattoo")
        BIRTHMARK = "birthmark", _("Birthmark or mole")
        BUILD = "build", _("Build, height, hair")
        IMPAIRMENT = "impairment", _("Visible impairment")
        OTHER = "other", _("Other")

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="marks")
    kind = models.CharField(max_length=10, choices=Kind)
    body_part = models.CharField(max_length=60, blank=True)
    text = EncryptedTextField()
    noted_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["kind"]

    def __str__(self) -> str:
        return self.get_kind_display()


class Belonging(UUIDModel):
    """A thing that the person wore or carried when found."""

    class Kind(models.TextChoices):
        CLOTHING = "clothing", _("Clothing")
        PAPER = "paper", _("Paper or card")
        BAG = "bag", _("Bag and its contents")
        OTHER = "other", _("Other")

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="belongings")
    kind = models.CharField(max_length=10, choices=Kind)
    text = EncryptedTextField()
    kept_at = models.CharField(max_length=120, blank=True, help_text="Where it is kept now")
    noted_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["kind"]

    def __str__(self) -> str:
        return self.get_kind_display()
