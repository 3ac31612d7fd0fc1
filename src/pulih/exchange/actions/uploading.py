"""A file comes in; its columns are confirmed."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePath
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from pulih.access import audit
from pulih.access.models import User
from pulih.access.numbering import next_numbers
from pulih.common.clock import now, today
from pulih.common.crypto import blind_index
from pulih.common.errors import RuleError
from pulih.exchange.models import ImportBatch, SavedMapping
from pulih.exchange.rules import may_import, may_work_on
from pulih.exchange.sheets.fields import Field
from pulih.exchange.sheets.kinds import FileKind
from pulih.exchange.sheets.open import open_workbook
from pulih.exchange.sheets.refusals import FileRefused
from pulih.exchange.telling import tell
from pulih.files.actions.attaching import attach
from pulih.files.models import Attachment, Owner

SERIES = "I"
TEXTS = {FileKind.CSV: ".csv", FileKind.HTML: ".txt"}
NAMES = {str(Field.NAME), str(Field.HEAD_NAME), str(Field.INITIALS)}


@transaction.atomic
def upload_file(*, kind: str, name: str, content: bytes, by: User) -> ImportBatch:
    """Take in a spreadsheet; the reading of its layout is left to a background task.

    Args:
        kind: people, recipients, staff or students.
        name: the name on the sender's computer; kept encrypted.
        content: the bytes as they came.
        by: whoever imports.

    Raises:
        PermissionDenied: `by` may not import this kind.
        RuleError: the file is not a spreadsheet that can be read; the message says what it is
            and what to do.

    Source: R-EXC-1, docs/rules/exchange.md.
    """
    may_import(by, kind).require()
    try:
        workbook = open_workbook(content)
    except FileRefused as refusal:
        raise RuleError(tell(refusal.code, refusal.params), rule="R-EXC-1") from None
    batch = ImportBatch(
        office=by.office,
        number=next_numbers(by.office, SERIES, today().year)[0],
        kind=kind,
        file_name=name,
        file_digest=blind_index(content.hex(), purpose="import.file"),
        created_by=by,
    )
    batch.attachment_id = batch.pk
    batch.save()
    attachment = attach(
        owner=Owner.of(batch),
        content=content,
        # A text list may be called anything, such as .xls by the program that wrote it.
        name=f"{PurePath(name).stem}{TEXTS[workbook.kind]}" if workbook.kind in TEXTS else name,
        kind=Attachment.Kind.IMPORT,
        by=by,
    )
    batch.attachment_id = attachment.pk
    batch.save(update_fields=["attachment_id"])
    audit.record("import.uploaded", actor=by, subject=batch, detail={"kind": kind})
    return batch


@transaction.atomic
def confirm_mapping(
    *, batch: ImportBatch, mapping: Mapping[str, Any], settings: Mapping[str, Any], by: User
) -> ImportBatch:
    """Say what each column holds, and start the check of all rows.

    Args:
        mapping: sheet name → column number as text → field; remembered for this layout.
        settings: choices for the whole file, such as the PPKS kind where no column says it.
        by: whoever imports.

    Raises:
        PermissionDenied: `by` may not import this kind.
        RuleError: the import is past this step, or no column holds a name.

    Source: R-EXC-2, docs/rules/exchange.md.
    """
    batch = lock_batch(batch)
    may_work_on(by, batch).require()
    if batch.state not in {ImportBatch.State.MAPPING, ImportBatch.State.READY}:
        raise RuleError(_("The columns of this import can no longer be changed."), rule="R-EXC-2")
    if not any(NAMES & set(columns.values()) for columns in mapping.values()):
        raise RuleError(_("Say which column holds the name."), rule="R-EXC-2")
    batch.mapping, batch.settings = dict(mapping), dict(settings)
    restart(batch, ImportBatch.State.CHECKING)
    batch.chunks.all().delete()
    batch.reports.all().delete()
    batch.counts = {}
    batch.save()
    if batch.fingerprint:
        SavedMapping.objects.unscoped(
            reason="the layout of a file the user just mapped"
        ).update_or_create(
            office=by.office,
            kind=batch.kind,
            fingerprint=batch.fingerprint,
            defaults={"mapping": batch.mapping, "saved_by": by},
        )
    audit.record("import.mapped", actor=by, subject=batch)
    return batch


@transaction.atomic
def start_import(*, batch: ImportBatch, by: User) -> ImportBatch:
    """Let the checked rows be written by a background task.

    Raises:
        PermissionDenied: `by` may not import this kind.
        RuleError: the rows are not checked, or nothing can be taken.

    Source: R-EXC-3, docs/rules/exchange.md.
    """
    batch = lock_batch(batch)
    may_work_on(by, batch).require()
    if batch.state != ImportBatch.State.READY:
        raise RuleError(_("The rows of this import have not been checked."), rule="R-EXC-3")
    if not batch.chunks.exists():
        raise RuleError(_("There is no row that can be taken."), rule="R-EXC-3")
    restart(batch, ImportBatch.State.IMPORTING)
    batch.started_at = now()
    batch.save()
    audit.record("import.started", actor=by, subject=batch, detail=batch.counts)
    return batch


def lock_batch(batch: ImportBatch) -> ImportBatch:
    """The batch as it is now, locked until the transaction ends."""
    rows = ImportBatch.objects.unscoped(reason="a batch that was read in scope")
    return rows.select_for_update(of=("self",)).get(pk=batch.pk)


def restart(batch: ImportBatch, state: str) -> None:
    """Enter a state in which a task works, with its progress at nought."""
    batch.state = state
    batch.progress_done = batch.progress_total = 0
    batch.fault = {}
