"""Background tasks of exports: a long list is written, and what nobody fetched is thrown away."""

from __future__ import annotations

import logging
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.utils import translation
from django_tasks import default_task_backend, task

from pulih.access.lists import declared
from pulih.access.readings import gathering, write_readings
from pulih.common.clock import now
from pulih.common.errors import RuleError
from pulih.common.faults import fault_of
from pulih.exchange import rules
from pulih.exchange.actions import exporting
from pulih.exchange.exports import keeping, reading
from pulih.exchange.models import ExportRun

logger = logging.getLogger(__name__)
WHY = "a background task works on the export that a user asked for"


@task()
def write_export(key: str) -> None:
    """Write the spreadsheet of an export. A killed worker's export is simply written again."""
    expire_exports()
    run = ExportRun.objects.unscoped(reason=WHY).select_related("created_by").get(pk=UUID(key))
    if run.state != ExportRun.State.WRITING:
        return
    try:
        with translation.override(run.language):
            _write(run)
    except (PermissionDenied, RuleError):
        keeping.drop(run.pk)
        exporting.fail_export(run=run, by=run.created_by)
    except Exception as error:
        if fault_of(error):
            # Disk or database gave way: the worker takes the task up again when they are back.
            raise
        logger.exception("export %s stopped", run.pk)
        keeping.drop(run.pk)
        exporting.fail_export(run=run, by=run.created_by)


def _write(run: ExportRun) -> None:
    export = declared()[run.list_code]
    user = run.created_by
    # Asked again: what a user may see is what they may see now, not when they asked.
    rules.may_export(user, export).require()

    def progress(done: int, total: int) -> None:
        rows = ExportRun.objects.unscoped(reason=WHY).filter(pk=run.pk)
        rows.update(progress_done=done, progress_total=total)

    with gathering() as gathered:
        content, keys = reading.write(
            export,
            str(run.query),
            most=rules.EXPORT_MOST,
            purpose=str(run.purpose),
            user=user,
            progress=progress,
        )
    # Before the list can be fetched: what stands in it was read (R-ACC-190).
    write_readings(gathered, page=f"export:{run.list_code}", by=user)
    exporting.finish_export(run=run, content=content, keys=keys, by=user)
    if default_task_backend.supports_defer:
        later = now() + exporting.KEPT_FOR
        expire_exports_now.using(run_after=later).enqueue()


def expire_exports() -> int:
    """Throw away what was not fetched in time, and what its user may no longer see (R-EXC-12, 61).

    Last goes whatever lies there too long without anybody's knowledge, as after a kill. A second
    run finds nothing.
    """
    rows = ExportRun.objects.unscoped(reason=WHY).select_related("created_by")
    count = 0
    for run in list(rows.filter(state=ExportRun.State.READY)):
        user = run.created_by
        if not exporting.is_open(run):
            count += exporting.expire_export(run=run, by=user)
        elif not (user.is_active and rules.may_export(user, declared()[run.list_code])):
            count += exporting.revoke_export(run=run, by=user)
    return count + keeping.sweep(older_than=exporting.KEPT_FOR.total_seconds())


@task()
def expire_exports_now() -> int:
    """The same, in the background."""
    return expire_exports()
