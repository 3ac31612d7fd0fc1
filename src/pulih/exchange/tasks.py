"""Background tasks of an import. Each is given the key of a batch and goes on where it stands."""

from __future__ import annotations

import gc
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import ModuleType
from uuid import UUID

from django_tasks import task

from pulih.common.errors import RuleError
from pulih.common.faults import fault_of
from pulih.exchange.actions import progressing
from pulih.exchange.models import ImportBatch
from pulih.exchange.sheets.fields import PROFILES
from pulih.exchange.sheets.layout import find_layout
from pulih.exchange.sheets.open import open_workbook
from pulih.exchange.sheets.refusals import FileRefused
from pulih.exchange.work import accounts, layouts, staff, students, undoing, writing
from pulih.exchange.work.checking import RowChecker
from pulih.exchange.work.preparing import prepared_chunks
from pulih.files.actions.opening import open_file
from pulih.files.models import Attachment
from pulih.people.actions.registration import make_findable
from pulih.people.tasks import look_for_sealed_of_import

logger = logging.getLogger(__name__)
State = ImportBatch.State
Step = Callable[[ImportBatch], None]
FOUND_EVERY = 20  # chunks; people are found by name at the latest so many chunks after they came
ACCOUNTS: dict[str, ModuleType] = {
    ImportBatch.Kind.STAFF: staff,
    ImportBatch.Kind.STUDENTS: students,
}
WHY = "a background task works on the batch that a user started"


@task(queue_name="import")
def work_on_batch(key: str) -> None:
    """Do what the batch's state asks for. A killed worker's batch is simply worked on again."""
    batch = ImportBatch.objects.unscoped(reason=WHY).get(pk=UUID(key))
    step = STEPS.get(batch.state)
    if step is None:
        return
    try:
        with _calm_collector():
            step(batch)
    except FileRefused as refusal:
        progressing.refuse_file(
            batch=batch, code=refusal.code, params=refusal.params, by=batch.created_by
        )
    except RuleError as no:
        progressing.mark_failed(batch=batch, reason=no.message, by=batch.created_by)
    except Exception as error:
        if fault_of(error):
            # Disk or database gave way: the worker takes the task up again when they are back.
            raise
        logger.exception("import %s stopped", batch.number)
        progressing.mark_failed(batch=batch, by=batch.created_by)


@contextmanager
def _calm_collector() -> Iterator[None]:
    """Look for circular garbage less often: a long list keeps hundreds of thousands of objects.

    Going through all of them again and again would take a fifth of the time of an import.
    """
    before = gc.get_threshold()
    gc.set_threshold(100_000, 20, 50)
    try:
        yield
    finally:
        gc.set_threshold(*before)


def _content(batch: ImportBatch) -> bytes:
    files = Attachment.objects.unscoped(reason=WHY)
    return open_file(attachment=files.get(pk=batch.attachment_id), by=batch.created_by)


def _read(batch: ImportBatch) -> None:
    layout = find_layout(open_workbook(_content(batch)), PROFILES[batch.kind])
    progressing.keep_layout(
        batch=batch,
        layout=layouts.pack(layout),
        fingerprint=layout.fingerprint,
        rows=sum(sheet.data_rows for sheet in layout.data_sheets),
        by=batch.created_by,
    )


def _check(batch: ImportBatch) -> None:
    # A check that was cut off starts again: nothing it left behind counts.
    batch.chunks.all().delete()
    batch.reports.all().delete()
    layout = layouts.unpack(batch.layout)
    batch.progress_done = 0
    batch.progress_total = sum(sheet.data_rows for sheet in layout.data_sheets)
    batch.save(update_fields=["progress_done", "progress_total"])
    workbook = open_workbook(_content(batch))
    if batch.is_of_people:
        counts = RowChecker(batch, workbook, layout).run()
    else:
        counts = ACCOUNTS[batch.kind].check_rows(batch, workbook, layout)
    progressing.finish_check(batch=batch, counts=counts, by=batch.created_by)


def _write(batch: ImportBatch) -> None:
    batch.progress_total = batch.counts.get("taken", 0)
    batch.save(update_fields=["progress_total"])
    if batch.is_of_people:
        _write_people(batch)
    else:
        for chunk in batch.chunks.filter(is_written=False).defer("rows"):
            ACCOUNTS[batch.kind].write_chunk(chunk, batch)
    pairs = writing.propose_found_pairs(batch) if batch.is_of_people else 0
    progressing.finish_import(batch=batch, pairs=pairs, by=batch.created_by)
    if batch.is_of_people:
        look_for_sealed_of_import.enqueue(str(batch.pk))


def _write_people(batch: ImportBatch) -> None:
    earlier = writing.EarlierRows(batch)
    for number, prepared in enumerate(prepared_chunks(batch), start=1):
        writing.write_chunk(prepared, batch, earlier)
        if number % FOUND_EVERY == 0:
            make_findable(batch_id=batch.pk, by=batch.created_by)
    while make_findable(batch_id=batch.pk, by=batch.created_by):
        pass


def _undo(batch: ImportBatch) -> None:
    if batch.is_of_people:
        while undoing.undo_next(batch):
            pass
    else:
        accounts.undo_accounts(batch)
    progressing.finish_undo(batch=batch, by=batch.undone_by or batch.created_by)


STEPS: dict[str, Step] = {
    State.READING: _read,
    State.CHECKING: _check,
    State.IMPORTING: _write,
    State.UNDOING: _undo,
}
