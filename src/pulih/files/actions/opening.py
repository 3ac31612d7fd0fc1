"""Opening a file: of sealed and restricted records every read is in the trail."""

from __future__ import annotations

from django.db import transaction

from pulih.access import audit
from pulih.access.models import User
from pulih.files import rules, store
from pulih.files.models import Attachment


@transaction.atomic
def open_file(*, attachment: Attachment, by: User) -> bytes:
    """The content of a file, for a user.

    Raises:
        PermissionDenied: `by` may not open it.
        CipherError: the file is missing or was changed.

    Source: R-FILE-2, docs/rules/files.md.
    """
    rules.may_open(by, attachment).require()
    if rules.is_watched(attachment):
        audit.record("file.opened", actor=by, subject=attachment)
    return store.read(attachment.storage_path, key=attachment.pk)


@transaction.atomic
def open_thumbnail(*, attachment: Attachment, by: User) -> bytes:
    """The small picture of a photo, for a user.

    Raises:
        PermissionDenied: `by` may not open it.
        CipherError: the file is missing or was changed.

    Source: R-FILE-2, docs/rules/files.md.
    """
    rules.may_open(by, attachment).require()
    if rules.is_watched(attachment):
        audit.record("file.previewed", actor=by, subject=attachment)
    return store.read(attachment.storage_path, key=attachment.pk, part=store.THUMBNAIL)
