"""Destroying files for good, with the record that they belonged to."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db import transaction

from pulih.files import store
from pulih.files.models import Attachment

DESTROYED = "the record is destroyed; its action has asked its own rule"


def destroy_files(owners: Collection[UUID]) -> int:
    """Destroy every file of the records with these keys: the row, and the content on the disk.

    Called inside the action that destroys the records, which has asked its own rule and leaves
    its own line in the trail. The disk follows once the database has committed.

    Returns:
        How many files.
    """
    rows = Attachment.objects.unscoped(reason=DESTROYED).filter(owner_id__in=owners)
    paths = list(rows.values_list("storage_path", flat=True))
    rows.delete()

    def clear() -> None:
        for path in paths:
            store.delete(path)

    transaction.on_commit(clear)
    return len(paths)
