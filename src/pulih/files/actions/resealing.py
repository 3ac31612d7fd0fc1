"""Bringing a file under the key it belongs under now."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from pulih.common.sealed_units import unit_of
from pulih.files import store
from pulih.files.models import Attachment


def reseal_files(attachments: Iterable[Attachment]) -> int:
    """Encrypt files anew whose record was sealed, or whose key was replaced.

    Called inside the action that seals the record, or by the rotation of keys. The new file has a
    name of its own: until the row points to it the old one is the file, whenever the power goes.

    Returns:
        How many files were written.
    """
    return sum(_reseal(attachment) for attachment in attachments)


@transaction.atomic
def _reseal(attachment: Attachment) -> bool:
    unit, old = unit_of(attachment), attachment.storage_path
    if attachment.removed_at is not None or store.is_under(old, unit):
        return False
    new = store.new_path()
    try:
        content = store.read(old, key=attachment.pk)
        digest = store.write(new, content, key=attachment.pk, unit=unit)
        if attachment.has_thumbnail:
            small = store.read(old, key=attachment.pk, part=store.THUMBNAIL)
            store.write(new, small, key=attachment.pk, part=store.THUMBNAIL, unit=unit)
        rows = Attachment.objects.unscoped(reason="the same file under another key")
        # Only if nobody removed or replaced it meanwhile.
        changed = rows.filter(pk=attachment.pk, storage_path=old, removed_at=None).update(
            storage_path=new, sha256=digest
        )
    except Exception:
        store.delete(new)
        raise
    gone = old if changed else new
    transaction.on_commit(lambda: store.delete(gone))
    attachment.storage_path = new if changed else old
    return bool(changed)
