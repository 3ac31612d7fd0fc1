"""Moving a case between stages, by the one table."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from pulih.access import audit
from pulih.access.models import User
from pulih.access.policy import Action
from pulih.access.rules import may
from pulih.cases.actions.history import add_event
from pulih.cases.models import Case
from pulih.cases.rules import blockers, needs_met
from pulih.cases.stages import Stage, find_move
from pulih.common.clock import today
from pulih.common.errors import RuleError


@transaction.atomic
def move_case(*, case: Case, to: Stage, reason: str = "", by: User) -> Case:
    """Move a case to another stage that the table of moves allows.

    Args:
        case: a case the user can see; it is locked and re-read here.
        to: the stage to move to; termination and follow-up have actions of their own.
        reason: why it goes back; needed for a return.
        by: somebody who works on the case.

    Raises:
        PermissionDenied: `by` does not work on the case.
        RuleError: the table has no such move, something it needs is missing, or a return gives
            no reason.

    Source: R-CASE-1, docs/rules/cases.md (PP 39/2012 art. 7(2)).
    """
    case = lock_case(case)
    may(by, Action.CASE_WORK, case).require()
    move = find_move(case.stage_now, to)
    if move is None or to in {Stage.TERMINATION, Stage.FOLLOW_UP}:
        raise RuleError(
            _("A case does not go from “%(start)s” to “%(end)s” in one step.")
            % {"start": case.stage_now.label, "end": to.label},
            rule="R-CASE-1",
        )
    if move.is_return and not reason.strip():
        raise RuleError(_("Say why the case goes back a stage."), rule="R-CASE-1")
    missing = blockers(move.needs, needs_met(case))
    if missing:
        raise RuleError(" ".join(blocker.missing for blocker in missing), rule="R-CASE-1")
    start = case.stage_now
    set_stage(case, to)
    add_event(
        case, "moved", on=today(), by=by, start=int(start), end=int(to), reason=reason.strip()
    )
    audit.record(
        "case.moved", actor=by, subject=case, reason=reason, detail={"from": start, "to": to}
    )
    return case


def lock_case(case: Case) -> Case:
    """The case as it is now, locked until the transaction ends, so that two writers queue."""
    return Case._base_manager.select_for_update(of=("self",)).get(pk=case.pk)


def set_stage(case: Case, stage: Stage) -> None:
    """Write the stage and since when; part of an action that tells of it."""
    case.stage = stage
    case.stage_since = today()
    case.save(update_fields=["stage", "stage_since", "ended_on", "updated_at"])
