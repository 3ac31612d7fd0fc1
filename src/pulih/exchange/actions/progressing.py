"""The steps of an import that a background task takes; each is one short transaction."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from pulih.access import audit
from pulih.access.models import User
from pulih.common.clock import now
from pulih.common.errors import RuleError
from pulih.exchange.actions.uploading import lock_batch, restart
from pulih.exchange.models import ImportBatch
from pulih.exchange.rules import may_work_on
from pulih.exchange.work.undoing import obstacles
from pulih.inbox.actions.notices import notify
from pulih.inbox.models import Subject

State = ImportBatch.State


@transaction.atomic
def keep_layout(
    *, batch: ImportBatch, layout: Mapping[str, Any], fingerprint: str, rows: int, by: User
) -> None:
    """Keep the layout that was found; the columns now wait to be confirmed.

    Source: R-EXC-2, docs/rules/exchange.md.
    """
    batch = lock_batch(batch)
    batch.layout, batch.fingerprint = dict(layout), fingerprint
    batch.state, batch.progress_total = State.MAPPING, rows
    batch.save()
    audit.record("import.read", actor=by, subject=batch, detail={"rows": rows})


@transaction.atomic
def finish_check(*, batch: ImportBatch, counts: Mapping[str, int], by: User) -> None:
    """Keep what the check of the rows came to; the import now waits for a yes.

    Source: R-EXC-3, docs/rules/exchange.md.
    """
    batch = lock_batch(batch)
    batch.counts, batch.state = dict(counts), State.READY
    batch.save()
    audit.record("import.checked", actor=by, subject=batch, detail=dict(counts))


@transaction.atomic
def finish_import(*, batch: ImportBatch, pairs: int, by: User) -> None:
    """Close an import whose rows are all written, and tell who started it.

    Source: R-EXC-4, docs/rules/exchange.md.
    """
    batch = lock_batch(batch)
    batch.counts = {**batch.counts, "pairs": pairs}
    batch.state, batch.finished_at = State.DONE, now()
    batch.save()
    audit.record("import.finished", actor=by, subject=batch, detail=batch.counts)
    notify(
        kind="import.finished",
        title=_("Import %s is finished.") % batch.number,
        about=Subject.of(batch, "exchange:batch", key=batch.pk),
        to=[by],
        key=f"import.finished:{batch.pk}",
        by=None,
    )


@transaction.atomic
def refuse_file(*, batch: ImportBatch, code: str, params: Mapping[str, Any], by: User) -> None:
    """Say that a file turned out to be unreadable while it was read.

    Source: R-EXC-1, docs/rules/exchange.md.
    """
    batch = lock_batch(batch)
    batch.state, batch.fault = State.REFUSED, {"code": code, "params": dict(params)}
    batch.save()
    audit.record("import.refused", actor=by, subject=batch, detail={"code": code})


@transaction.atomic
def mark_failed(*, batch: ImportBatch, reason: str = "", by: User) -> None:
    """Say that the work was stopped; it can be started again where it stands.

    Args:
        reason: the office's own no, such as a section without a head; empty for a fault of ours.

    Source: R-EXC-5, docs/rules/exchange.md.
    """
    batch = lock_batch(batch)
    batch.fault = {"code": "stopped", "in": batch.state, "reason": reason}
    batch.state = State.FAILED
    batch.save()
    audit.record("import.failed", actor=by, subject=batch, detail=batch.fault)


@transaction.atomic
def resume(*, batch: ImportBatch, by: User) -> ImportBatch:
    """Take up a stopped import where it stands.

    Raises:
        PermissionDenied: `by` may not import this kind.
        RuleError: it was not stopped.

    Source: R-EXC-5, docs/rules/exchange.md.
    """
    batch = lock_batch(batch)
    may_work_on(by, batch).require()
    if batch.state != State.FAILED:
        raise RuleError(_("This import was not stopped."), rule="R-EXC-5")
    batch.state = batch.fault.get("in", State.READING)
    batch.fault = {}
    batch.save()
    audit.record("import.resumed", actor=by, subject=batch)
    return batch


@transaction.atomic
def start_undo(*, batch: ImportBatch, by: User) -> ImportBatch:
    """Begin to take an import back; a background task does it part by part.

    People go together or not at all. Accounts of staff and students go one by one: those that
    somebody has used since stay and are reported.

    Raises:
        PermissionDenied: `by` may not import this kind.
        RuleError: it is not finished, or something was built on it; the message says what.

    Source: R-EXC-7 and R-EXC-13, docs/rules/exchange.md.
    """
    batch = lock_batch(batch)
    may_work_on(by, batch).require()
    if batch.state != State.DONE:
        raise RuleError(_("Only a finished import can be undone."), rule="R-EXC-7")
    if batch.is_of_people and (found := obstacles(batch)):
        raise RuleError(" ".join(one.text for one in found), rule="R-EXC-7")
    restart(batch, State.UNDOING)
    batch.progress_total = batch.counts.get("new", 0)
    batch.undone_by, batch.undone_at = by, now()
    batch.save()
    audit.record("import.undo_started", actor=by, subject=batch)
    return batch


@transaction.atomic
def finish_undo(*, batch: ImportBatch, by: User) -> None:
    """Close an import that was taken back whole.

    Source: R-EXC-7, docs/rules/exchange.md.
    """
    batch = lock_batch(batch)
    batch.state = State.UNDONE
    batch.save()
    audit.record("import.undone", actor=by, subject=batch)
