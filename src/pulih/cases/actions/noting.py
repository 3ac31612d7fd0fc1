"""Notes on a case, with a part for every reader and a part for the team alone."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from pulih.access import audit
from pulih.access.models import User
from pulih.access.policy import Action
from pulih.access.rules import may
from pulih.cases.actions.history import add_event
from pulih.cases.actions.moves import lock_case
from pulih.cases.models import Case, CaseNote
from pulih.cases.rules import check_day, may_read_private
from pulih.common.errors import RuleError


@transaction.atomic
def write_note(
    *, case: Case, on: dt.date, shared: str = "", private: str = "", by: User
) -> CaseNote:
    """Write a note; a mistake is put right by another note.

    Args:
        shared: for every reader of the case.
        private: for the team alone; only somebody on the team writes one.

    Raises:
        PermissionDenied: `by` does not work on the case, or writes a private part from outside
            the team.
        RuleError: both parts are empty, or the day has not come.

    Source: R-CASE-43, R-CASE-44, docs/rules/cases.md.
    """
    case = lock_case(case)
    may(by, Action.CASE_WORK, case).require()
    check_day(on)
    if not (shared.strip() or private.strip()):
        raise RuleError(_("Write at least one part of the note."), rule="R-CASE-43")
    if private.strip():
        may_read_private(by, case).require()
    note = CaseNote.objects.create(
        case=case, written_on=on, shared=shared.strip(), private=private.strip(), by=by
    )
    add_event(case, "note_written", on=on, by=by)
    audit.record("note.written", actor=by, subject=case, detail={"note": str(note.pk)})
    return note
