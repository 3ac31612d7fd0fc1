"""The base of every model: a random key."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models


class UUIDModel(models.Model):
    """A row with a random public key, known before it is saved."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)

    EDITED: ClassVar[tuple[str, ...]] = ()
    """The columns that a form on one record changes together; its stamp is made of them."""

    class Meta:
        abstract = True
