"""Whom the people on file can write to about their data (UU 27/2022 art. 53)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from pulih.access.models import Office
from pulih.common.models import UUIDModel


class ProtectionOfficer(UUIDModel):
    """The office's data protection officer, as letters and the record of processing name them."""

    office = models.OneToOneField(Office, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("name"), max_length=120)
    contact = models.CharField(_("address for letters, phone, e-mail"), max_length=240)

    def __str__(self) -> str:
        return self.name
