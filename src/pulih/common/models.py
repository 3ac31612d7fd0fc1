"""The base of every model: a random key, and a word to whoever counts what is read."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from typing import Any, ClassVar, Self

from django.db import models

from pulih.common.loading import LOADED


class UUIDModel(models.Model):
    """A row with a random public key, known before it is saved."""

    tells_when_loaded: ClassVar[bool] = False
    """Is every row told to whoever counts readings? Set by pulih.access.readings."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)

    EDITED: ClassVar[tuple[str, ...]] = ()
    """The columns that a form on one record changes together; its stamp is made of them."""

    class Meta:
        abstract = True

    @classmethod
    def from_db(  # type: ignore[override]  # the stubs are ahead of Django 5.2
        cls, db: str | None, field_names: Collection[str], values: Collection[Any]
    ) -> Self:
        """Make a row of what the database gave; every way to an instance leads through here."""
        row = super().from_db(db, field_names, values)
        if cls.tells_when_loaded:
            hear = LOADED.get()
            if hear is not None:
                hear(row)
        return row
