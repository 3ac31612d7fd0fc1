"""Opening a file: of sealed and restricted records every read is in the trail."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from pulih.access import audit
from pulih.access.models import User
from pulih.common.errors import CipherError, RuleError
from pulih.files import rules, store
from pulih.files.models import Attachment


@transaction.atomic
def open_file(*, attachment: Attachment, by: User) -> bytes:
    """The content of a file, for a user.

    Raises:
        PermissionDenied: `by` may not open it.
        RuleError: the file is missing or was changed.

    Source: R-FILE-2, docs/rules/files.md.
    """
    rules.may_open(by, attachment).require()
    if rules.is_watched(attachment):
        audit.record("file.opened", actor=by, subject=attachment)
    return _read(attachment, store.CONTENT)


@transaction.atomic
def open_thumbnail(*, attachment: Attachment, by: User) -> bytes:
    """The small picture of a photo, for a user.

    Raises:
        PermissionDenied: `by` may not open it.
        RuleError: the file is missing or was changed.

    Source: R-FILE-2, docs/rules/files.md.
    """
    rules.may_open(by, attachment).require()
    if rules.is_watched(attachment):
        audit.record("file.previewed", actor=by, subject=attachment)
    return _read(attachment, store.THUMBNAIL)


def _read(attachment: Attachment, part: str) -> bytes:
    try:
        return store.read(attachment.storage_path, key=attachment.pk, part=part)
    except CipherError as fault:
        message = _(
            "The file cannot be opened: it is missing or was changed. Tell the administrator."
        )
        raise RuleError(message, rule="R-FILE-5") from fault
