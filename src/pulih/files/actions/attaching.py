"""Adding a file to a record, and taking it away."""

from __future__ import annotations

import datetime as dt
from pathlib import PurePath

from django.db import transaction
from django.utils.translation import gettext as _

from pulih.access import audit
from pulih.access.models import User
from pulih.common.clock import now
from pulih.common.errors import RuleError
from pulih.common.sealed_units import unit_of
from pulih.files import rules, store
from pulih.files.intake.check import Accepted, check
from pulih.files.models import Attachment, Owner


@transaction.atomic
def attach(
    *,
    owner: Owner,
    content: bytes,
    name: str,
    kind: str = Attachment.Kind.DOCUMENT,
    document_kind: str = Attachment.DocumentKind.OTHER,
    title: str = "",
    dated_on: dt.date | None = None,
    by: User,
) -> Attachment:
    """Check a file and keep it, encrypted, with the record it belongs to.

    Args:
        owner: the record, `Owner.of(row)`; its compartment becomes the file's.
        content: the bytes as they came.
        name: the name on the sender's computer; kept encrypted, never used as a path.
        kind: what it is for us; a photo must be a picture.
        document_kind: which document it is.
        title: a few words; encrypted.
        dated_on: the date that stands on the document.

    Raises:
        PermissionDenied: `by` may not add files to the record.
        RuleError: the file may not come in.

    Source: R-FILE-1 and R-FILE-3, docs/rules/files.md.
    """
    rules.may_write(by, owner).require()
    return _keep(
        Attachment(
            owner_kind=owner.kind,
            owner_id=owner.id,
            kind=kind,
            document_kind=document_kind,
            title=title,
            original_name=name,
            dated_on=dated_on,
        ),
        check(content, name=name, kind=kind),
        by,
    )


@transaction.atomic
def keep_made(
    *,
    owner: Owner,
    content: bytes,
    name: str,
    document_kind: str = Attachment.DocumentKind.OTHER,
    dated_on: dt.date | None = None,
    by: User,
) -> Attachment:
    """Keep a PDF that we made ourselves, such as a letter, with the record it belongs to.

    No upload is checked, since nothing came from outside, and no rule is asked: the action of the
    app above, which made the PDF, has asked its own.

    Args:
        owner: the record; its compartment becomes the file's.
        content: the PDF.
        name: what a download is called; encrypted.
        document_kind: which document it is.
        dated_on: the date that stands on it.

    Source: R-FILE-6, docs/rules/files.md.
    """
    return _keep(
        Attachment(
            owner_kind=owner.kind,
            owner_id=owner.id,
            kind=Attachment.Kind.LETTER,
            document_kind=document_kind,
            original_name=name,
            dated_on=dated_on,
        ),
        Accepted(content, "application/pdf", ".pdf"),
        by,
    )


def _keep(attachment: Attachment, accepted: Accepted, by: User) -> Attachment:
    owner = rules.owner_of(attachment)
    attachment.office, attachment.compartment = by.office, rules.compartment_of(owner)
    attachment.original_name = _clean_name(attachment.original_name, accepted.extension)
    attachment.content_type, attachment.size = accepted.content_type, len(accepted.content)
    attachment.storage_path = store.new_path()
    attachment.has_thumbnail = accepted.thumbnail is not None
    attachment.uploaded_by = by
    unit = unit_of(attachment)
    try:
        attachment.sha256 = store.write(
            attachment.storage_path, accepted.content, key=attachment.pk, unit=unit
        )
        if accepted.thumbnail is not None:
            store.write(
                attachment.storage_path,
                accepted.thumbnail,
                key=attachment.pk,
                part=store.THUMBNAIL,
                unit=unit,
            )
        attachment.save(force_insert=True)
        audit.record(
            "file.attached",
            actor=by,
            subject=attachment,
            detail={"owner": [owner.kind, str(owner.id)], "type": accepted.content_type},
        )
    except Exception:
        store.delete(attachment.storage_path)
        raise
    return attachment


def _clean_name(name: str, extension: str) -> str:
    """The sender's name without folders and controls, ending in what the file truly is."""
    stem = PurePath(name.replace("\\", "/")).name
    stem = "".join(letter for letter in stem if letter.isprintable())
    return (PurePath(stem).stem[:100].strip(". ") or _("file")) + extension


@transaction.atomic
def remove(*, attachment: Attachment, reason: str, by: User) -> None:
    """Take a file away: its content leaves the disk, what it was stays in the trail.

    Args:
        reason: why; encrypted.

    Raises:
        PermissionDenied: `by` may not change the files of the record.
        RuleError: there is no reason, or it is gone already.

    Source: R-FILE-4, docs/rules/files.md.
    """
    rows = Attachment.objects.unscoped(reason="re-read under a lock; the owner is asked below")
    attachment = rows.select_for_update(of=("self",)).get(pk=attachment.pk)
    rules.may_open(by, attachment).require()
    rules.may_write(by, rules.owner_of(attachment)).require()
    if not reason.strip():
        raise RuleError(_("Say why the file is removed."), rule="R-FILE-4")
    attachment.removed_at, attachment.removed_by = now(), by
    attachment.removed_reason = reason
    attachment.save(update_fields=["removed_at", "removed_by", "removed_reason"])
    audit.record("file.removed", actor=by, subject=attachment, reason=reason)
    path = attachment.storage_path
    transaction.on_commit(lambda: store.delete(path))
