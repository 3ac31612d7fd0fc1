"""A list leaves as a spreadsheet: a short one at once, a long one in the background."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from pulih.access import audit
from pulih.access.lists import ListExport, declared
from pulih.access.models import User
from pulih.common.clock import now, today
from pulih.common.errors import RuleError
from pulih.exchange import rules
from pulih.exchange.exports import reading
from pulih.exchange.exports.protecting import password_of, protect
from pulih.exchange.models import ExportRun
from pulih.files.actions.attaching import attach, remove
from pulih.files.actions.opening import open_file
from pulih.files.models import Attachment, Owner
from pulih.inbox.actions.notices import notify
from pulih.inbox.models import Subject

State = ExportRun.State
KEPT_FOR = dt.timedelta(minutes=15)
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
    content, rows = reading.write(
        export,
        query,
        most=rules.EXPORT_AT_ONCE,
        purpose=purpose,
        user=by,
        progress=lambda _done, _total: None,
    )
    _record(export, query, purpose, rows, by=by)
    return Exported(file_name(export), content)


@transaction.atomic
def request_export(*, export: ListExport, query: str, purpose: str, by: User) -> ExportRun:
    """Ask for the spreadsheet of a long list, or of one of people; a task makes it.

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
        created_by=by,
    )
    audit.record("export.requested", actor=by, subject=run, detail={"list": export.code})
    return run


@transaction.atomic
def finish_export(*, run: ExportRun, content: bytes, rows: int, by: User) -> None:
    """Keep the spreadsheet, encrypted, for a quarter of an hour, and tell who asked for it.

    Source: R-EXC-12, docs/rules/exchange.md.
    """
    run = _lock(run)
    export = declared()[run.list_code]
    attachment = attach(
        owner=Owner.of(run),
        content=content,
        name=file_name(export),
        kind=Attachment.Kind.DOCUMENT,
        by=by,
    )
    run.attachment_id, run.state = attachment.pk, State.READY
    run.progress_done = run.progress_total = rows
    run.expires_at = now() + KEPT_FOR
    run.save()
    _record(export, str(run.query), str(run.purpose), rows, by=by)
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
def fetch_export(*, run: ExportRun, by: User) -> Exported:
    """Hand the spreadsheet over, once; what was kept is thrown away in the same moment.

    A list of people leaves with a password on it.

    Raises:
        PermissionDenied: `by` may no longer open the list.
        RuleError: it was fetched already, its time is over, or it was never ready.

    Source: R-EXC-12 and R-EXC-60, docs/rules/exchange.md.
    """
    run = _lock(run)
    export = declared()[run.list_code]
    rules.may_export(by, export).require()
    if run.state != State.READY or run.expires_at is None or run.expires_at <= now():
        raise RuleError(
            _("This file is gone: it is fetched once, within 15 minutes. Export the list again."),
            rule="R-EXC-12",
        )
    run.state, run.fetched_at = State.FETCHED, now()
    run.save(update_fields=["state", "fetched_at"])
    content = _take_file(run, reason=_("Fetched"), by=by)
    if export.personal:
        content = protect(content, password=password_of(run.pk))
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
    if run.state != State.READY or run.expires_at is None or run.expires_at > now():
        return False
    run.state = State.EXPIRED
    run.save(update_fields=["state"])
    _drop_file(run, reason=_("Not fetched in time"), by=by)
    audit.record("export.expired", actor=by, subject=run, detail={"list": run.list_code})
    return True


def file_name(export: ListExport) -> str:
    """The name of the file: the list and the day, never a filter that may hold a name."""
    return f"{export.code}-{today():%Y-%m-%d}.xlsx"


def _take_file(run: ExportRun, *, reason: str, by: User) -> bytes:
    content = open_file(attachment=_file_of(run), by=by)
    _drop_file(run, reason=reason, by=by)
    return content


def _drop_file(run: ExportRun, *, reason: str, by: User) -> None:
    remove(attachment=_file_of(run), reason=reason, by=by)
    run.attachment_id = None
    run.save(update_fields=["attachment_id"])


def _file_of(run: ExportRun) -> Attachment:
    return Attachment.objects.unscoped(reason=WHY).get(owner_id=run.pk, removed_at=None)


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
