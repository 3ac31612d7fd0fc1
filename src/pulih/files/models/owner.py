"""The record of an app above to which a file belongs."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from django.db import models


@dataclass(frozen=True, slots=True)
class Owner:
    """Label and key of a record, such as `cases.case` and its UUID."""

    kind: str
    id: uuid.UUID

    @classmethod
    def of(cls, row: models.Model) -> Owner:
        """The owner that a row is."""
        return cls(kind=row._meta.label_lower, id=row.pk)
