"""A list leaves as a spreadsheet: a short one at once, a long one in the background."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from pulih.access import audit
from pulih.access.lists import ListExport, declared
from pulih.access.models import User
from pulih.common.clock import now, today
from pulih.common.crypto import blind_index
from pulih.common.errors import CipherError, RuleError
from pulih.exchange import rules
from pulih.exchange.exports import keeping, reading
from pulih.exchange.exports.protecting import password_of, protect
from pulih.exchange.models import ExportRun
from pulih.inbox.actions.notices import notify
from pulih.inbox.models import Subject

State = ExportRun.State
KEPT_FOR = dt.timedelta(minutes=14)
"""With the minute after which the worker sweeps again a quarter of an hour at most."""
WHY = "an export that was asked for by its own user"


@dataclass(frozen=True, slots=True)
class Exported:
    """A spreadsheet that goes to the browser and is kept nowhere."""

    name: str
    content: bytes


@transaction.atomic
def export_now(*, export: ListExport, query: str, purpose: str, by: User) -> Exported:
    """Make the spreadsheet of a short list without personal data at once.

    Args:
        export: the list.
        query: its filters, as the address of its page has them.
        purpose: what it is for, where somebody says so; kept in the trail.
        by: whoever takes it away; the rows are those that they may see.

    Raises:
        PermissionDenied: `by` may not open the list.
        RuleError: no row, too many for this way, or a list of people, which goes the longer way.

    Source: R-EXC-10 and R-EXC-11, docs/rules/exchange.md.
    """
    rules.may_export(by, export).require()
    if export.personal:
        raise RuleError(
            _("A list of people gets a password and is fetched from its page."), rule="R-EXC-60"
        )
    asked = reading.ask(export, query, user=by)
    rows = reading.count(asked, most=rules.EXPORT_AT_ONCE)
    rules.require_exportable(export, rows=rows, purpose=purpose)
    if rows > rules.EXPORT_AT_ONCE:
        raise RuleError(_("The list is too long to be exported at once."), rule="R-EXC-12")
    content, keys = reading.write(
        export,
        query,
        most=rules.EXPORT_AT_ONCE,
        purpose=purpose,
        user=by,
        progress=lambda _done, _total: None,
    )
    _record(export, query, purpose, len(keys), by=by)
    return Exported(file_name(export), content)


@transaction.atomic
def request_export(
    *, export: ListExport, query: str, purpose: str, session: str, by: User
) -> ExportRun:
    """Ask for the spreadsheet of a long list, or of one of people; a task makes it.

    Args:
        session: the key of the session that asks, and that alone may fetch it.

    Raises:
        PermissionDenied: `by` may not open the list.
        RuleError: no row, too many, or no purpose for a list of people.

    Source: R-EXC-10 to R-EXC-12, docs/rules/exchange.md.
    """
    rules.may_export(by, export).require()
    rows = reading.count(reading.ask(export, query, user=by), most=rules.EXPORT_MOST)
    rules.require_exportable(export, rows=rows, purpose=purpose)
    run = ExportRun.objects.create(
        office=by.office,
        list_code=export.code,
        query=query,
        purpose=purpose.strip(),
        language=(get_language() or "id")[:2],
        progress_total=rows,
        sitting=sitting_of(session),
        created_by=by,
    )
    audit.record("export.requested", actor=by, subject=run, detail={"list": export.code})
    return run


@transaction.atomic
def finish_export(*, run: ExportRun, content: bytes, keys: Sequence[UUID], by: User) -> None:
    """Keep the spreadsheet, encrypted, for a quarter of an hour, and tell who asked for it.

    Args:
        keys: of the rows inside; they are asked again when it is fetched.

    Source: R-EXC-12, docs/rules/exchange.md.
    """
    run = _lock(run)
    export = declared()[run.list_code]
    keeping.keep(run.pk, content)
    run.keys, run.state = list(keys), State.READY
    run.progress_done = run.progress_total = len(keys)
    run.expires_at = now() + KEPT_FOR
    run.save()
    _record(export, str(run.query), str(run.purpose), len(keys), by=by)
    notify(
        kind="export.ready",
        title=_("An export is ready: %s.") % export.title,
        about=Subject.of(run, "export:run", key=run.pk),
        to=[by],
        key=f"export.ready:{run.pk}",
        by=None,
    )


@transaction.atomic
def fail_export(*, run: ExportRun, by: User) -> None:
    """Say that the spreadsheet was not made; it can be asked for again.

    Source: R-EXC-12, docs/rules/exchange.md.
    """
    run = _lock(run)
    run.state = State.FAILED
    run.save(update_fields=["state"])
    audit.record("export.failed", actor=by, subject=run, detail={"list": run.list_code})


@transaction.atomic
def fetch_export(*, run: ExportRun, session: str, by: User) -> Exported:
    """Hand the spreadsheet over, once; what was kept is thrown away in the same moment.

    Its rows are asked again: one that was sealed, or left the reader's hands, keeps all of it here.
    A list of people leaves with a password on it.

    Args:
        session: the key of the session that fetches.

    Raises:
        PermissionDenied: `by` may no longer open the list.
        RuleError: it was fetched already, its time is over, another session asked for it
            (R-EXC-12), or it holds what `by` may no longer see (R-EXC-61).

    Source: R-EXC-12, R-EXC-60 and R-EXC-61, docs/rules/exchange.md.
    """
    run = _lock(run)
    export = declared()[run.list_code]
    rules.may_export(by, export).require()
    if not is_open(run) or run.sitting != sitting_of(session):
        raise _gone()
    if not reading.are_all_seen(export, str(run.query), run.keys, user=by):
        raise RuleError(
            _("The file is gone: something in it may no longer be seen. Export the list again."),
            rule="R-EXC-61",
        )
    try:
        content = keeping.take(run.pk)
    except CipherError:
        raise _gone() from None
    if export.personal:
        content = protect(content, password=password_of(run.pk))
    run.fetched_at = now()
    _end(run, State.FETCHED)
    audit.record("export.fetched", actor=by, subject=run, detail={"list": run.list_code})
    return Exported(file_name(export), content)


@transaction.atomic
def expire_export(*, run: ExportRun, by: User) -> bool:
    """Throw a spreadsheet away that nobody fetched in time.

    Returns:
        Whether there was something to throw away.

    Source: R-EXC-12, docs/rules/exchange.md.
    """
    run = _lock(run)
    if run.state != State.READY or is_open(run):
        return False
    _end(run, State.EXPIRED)
    audit.record("export.expired", actor=by, subject=run, detail={"list": run.list_code})
    return True


@transaction.atomic
def revoke_export(*, run: ExportRun, by: User) -> bool:
    """Throw a spreadsheet away whose user may no longer see what is in it.

    Returns:
        Whether there was something to throw away.

    Source: R-EXC-61, docs/rules/exchange.md.
    """
    run = _lock(run)
    if run.state != State.READY:
        return False
    _end(run, State.REVOKED)
    audit.record("export.withdrawn", actor=by, subject=run, detail={"list": run.list_code})
    return True


def is_open(run: ExportRun) -> bool:
    """May the spreadsheet be fetched at this time?"""
    return run.state == State.READY and run.expires_at is not None and run.expires_at > now()


def sitting_of(session: str) -> str:
    """What is kept of a session's key: enough to know it again, useless to anybody else."""
    return blind_index(session, purpose="export session")


def file_name(export: ListExport) -> str:
    """The name of the file: the list and the day, never a filter that may hold a name."""
    return f"{export.code}-{today():%Y-%m-%d}.xlsx"


def _gone() -> RuleError:
    return RuleError(
        _(
            "This file is gone: it is fetched once, within 15 minutes, in the session that asked"
            " for it. Export the list again."
        ),
        rule="R-EXC-12",
    )


def _end(run: ExportRun, state: str) -> None:
    """Leave the state in which there is a file; it goes once this is certain."""
    run.state, run.row_keys = state, ""
    run.save(update_fields=["state", "row_keys", "fetched_at"])
    key = run.pk
    transaction.on_commit(lambda: keeping.drop(key))


def _record(export: ListExport, query: str, purpose: str, rows: int, *, by: User) -> None:
    said = reading.ask(export, query, user=by).said
    audit.record(
        f"{export.noun}.exported",
        actor=by,
        subject=by.office,
        reason=purpose.strip(),
        detail={"list": export.code, "rows": rows, "filter": [list(one) for one in said]},
    )


def _lock(run: ExportRun) -> ExportRun:
    rows = ExportRun.objects.unscoped(reason=WHY)
    return rows.select_for_update(of=("self",)).get(pk=run.pk)
