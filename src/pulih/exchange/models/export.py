"""An export of a long list: asked for, written in the background, fetched once, gone."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

from pulih.access.models import Office, User
from pulih.common.fields import EncryptedTextField
from pulih.common.models import UUIDModel
from pulih.common.scoping import ScopedManager

KEY_BYTES = 16


class ExportRun(UUIDModel):
    """One spreadsheet that is made for one user, in one session; encrypted until it is fetched."""

    class State(models.TextChoices):
        WRITING = "writing", _("Being written")
        READY = "ready", _("Ready to be fetched")
        FETCHED = "fetched", _("Fetched")
        EXPIRED = "expired", _("Not fetched in time")
        REVOKED = "revoked", _("Thrown away, as it may no longer be seen")
        FAILED = "failed", _("Stopped by a fault")

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    list_code = models.CharField(max_length=20)
    query = EncryptedTextField(blank=True, default="", help_text="The filters, as in the address")
    purpose = EncryptedTextField(blank=True, default="")
    language = models.CharField(max_length=2, default="id")
    state = models.CharField(max_length=8, choices=State, default=State.WRITING)
    progress_done = models.PositiveIntegerField(default=0)
    progress_total = models.PositiveIntegerField(default=0)
    row_keys = EncryptedTextField(
        blank=True, default="", help_text="Keys of the rows inside, to be asked again when fetched"
    )
    sitting = models.CharField(
        max_length=32, blank=True, default="", help_text="Digest of the session that asked"
    )
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    fetched_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedManager["ExportRun"]()

    class Meta:
        ordering = ["-created_at"]
        indexes = [models.Index(name="export_to_expire", fields=["state", "expires_at"])]

    def __str__(self) -> str:
        return f"{self.list_code} {self.created_at:%Y-%m-%d}"

    @property
    def keys(self) -> list[UUID]:
        """The keys of the rows inside."""
        packed = base64.b64decode(str(self.row_keys))
        starts = range(0, len(packed), KEY_BYTES)
        return [UUID(bytes=packed[start : start + KEY_BYTES]) for start in starts]

    @keys.setter
    def keys(self, keys: Sequence[UUID]) -> None:
        self.row_keys = base64.b64encode(b"".join(key.bytes for key in keys)).decode()
