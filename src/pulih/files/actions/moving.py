"""Files follow their record into a compartment."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from pulih.access.models import Compartment
from pulih.files.models import Attachment

SEALED = "the record is sealed; its action has asked its own rule"


def move_files(owners: Collection[UUID], compartment: Compartment) -> int:
    """Put every file of the records with these keys into a compartment, removed ones as well.

    Called inside the action that seals the records, which has asked its own rule and leaves its
    own line in the trail.

    Returns:
        How many files.
    """
    rows = Attachment.objects.unscoped(reason=SEALED).filter(owner_id__in=owners)
    return rows.update(compartment=compartment)
