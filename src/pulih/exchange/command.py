"""`pulih import`: the same import as in the browser, from a terminal, to its report."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from pulih.access.models import User
from pulih.common.clock import today
from pulih.common.errors import RuleError
from pulih.exchange import queries
from pulih.exchange.actions.uploading import confirm_mapping, start_import, upload_file
from pulih.exchange.models import ImportBatch, RowReport
from pulih.exchange.refused import refused_workbook
from pulih.exchange.sheets.read import proposed_mappings
from pulih.exchange.tasks import work_on_batch
from pulih.exchange.telling import tell, tell_field
from pulih.exchange.work import layouts

CLEAN, SOME_REFUSED, BAD_INPUT = 0, 1, 2
State = ImportBatch.State
Say = Callable[[str], None]


class StoppedError(Exception):
    """The import cannot go on; the message says why."""


def import_file(
    *,
    kind: str,
    path: Path,
    username: str,
    as_json: bool,
    refused: Path | None,
    say: Say,
) -> int:
    """Take a file from upload to report, with the columns as remembered or as proposed.

    Args:
        kind: people, recipients, staff or students.
        username: who imports; the import is theirs, with their rights.
        as_json: print the report as JSON on standard output, and nothing else there.
        refused: where to write the refused rows as a spreadsheet, when there are any.
        say: tells the person at the terminal something.

    Returns:
        0 when every row was taken or known, 1 when some were refused, 2 when nothing could be done.
    """
    try:
        by = _user(username)
        batch = _upload(kind, path, by, say)
        batch = _work(_map(batch, by, say), by)
        if batch.counts.get("taken"):
            say(_("Writing %d rows …") % batch.counts["taken"])
            batch = _work(start_import(batch=batch, by=by), by)
        count = batch.counts.get("refused", 0)
        if refused is not None and count:
            refused.write_bytes(refused_workbook(batch=batch, by=by))
    except (StoppedError, PermissionDenied, OSError, RuleError) as trouble:
        say(str(trouble))
        return BAD_INPUT
    for line in _summary(batch):
        say(line)
    if as_json:
        json.dump(_report(batch), sys.stdout, ensure_ascii=False, indent=1)
        sys.stdout.write("\n")
    return SOME_REFUSED if count else CLEAN


def _user(username: str) -> User:
    found = User.objects.filter(username=username, is_active=True).first()
    if found is None:
        raise StoppedError(_("There is no active user “%s”.") % username)
    return found


def _upload(kind: str, path: Path, by: User, say: Say) -> ImportBatch:
    say(_("Reading %s …") % path.name)
    batch = upload_file(kind=kind, name=path.name, content=path.read_bytes(), by=by)
    return _work(batch, by)


def _map(batch: ImportBatch, by: User, say: Say) -> ImportBatch:
    saved = queries.find_saved_mapping(batch, user=by)
    if saved is None:
        proposed = proposed_mappings(layouts.unpack(batch.layout))
        mapping: dict[str, Any] = {
            sheet: {str(column): str(field) for column, field in columns.items()}
            for sheet, columns in proposed.items()
        }
    else:
        say(_("The columns are read as they were last time."))
        mapping = saved.mapping
    say(_("Checking %d rows …") % batch.progress_total)
    settings = {"date": today().isoformat()}
    if batch.kind == ImportBatch.Kind.RECIPIENTS:
        settings["aid"] = ""
    return confirm_mapping(batch=batch, mapping=mapping, settings=settings, by=by)


def _work(batch: ImportBatch, by: User) -> ImportBatch:
    """Do the present step here and now, and return the batch as it is afterwards."""
    work_on_batch.func(str(batch.pk))
    batch = queries.list_batches(user=by).get(pk=batch.pk)
    if batch.state == State.REFUSED:
        raise StoppedError(tell(batch.fault["code"], batch.fault["params"]))
    if batch.state == State.FAILED:
        raise StoppedError(
            _("A fault stopped import %s. It can be taken up again in the browser.") % batch.number
        )
    return batch


def _summary(batch: ImportBatch) -> list[str]:
    told = {name: batch.counts.get(name, 0) for name in ("rows", "taken", "warned", "refused")}
    told |= {name: batch.counts.get(name, 0) for name in ("new", "known", "unchanged", "pairs")}
    return [
        _("%(number)s: %(rows)d rows, %(taken)d taken (%(warned)d with a warning).")
        % {"number": batch.number, **told},
        _("New: %(new)d. Known already: %(known)d. Nothing new: %(unchanged)d.") % told,
        _("Refused: %(refused)d. Perhaps the same person: %(pairs)d.") % told,
    ]


def _report(batch: ImportBatch) -> dict[str, Any]:
    """The report for programs: counts, and each row that somebody should look at."""
    verdicts = (RowReport.Verdict.REFUSED, RowReport.Verdict.WARNED, RowReport.Verdict.DUPLICATE)
    rows = [
        {
            "sheet": report.sheet,
            "row": report.row,
            "verdict": report.verdict,
            "problems": [
                {
                    "field": where,
                    "column": tell_field(where),
                    "code": code,
                    "level": level,
                    "text": tell(code, params),
                }
                for where, code, level, params in report.problems or []
            ],
        }
        for report in queries.list_reports(batch).filter(verdict__in=verdicts).iterator()
    ]
    return {"number": batch.number, "state": batch.state, "counts": batch.counts, "rows": rows}
