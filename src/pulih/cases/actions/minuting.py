"""The minutes of a caseload that changed hands, as a numbered and sealed letter."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from pulih.access import audit
from pulih.access.models import User
from pulih.cases.casework_rules import may_countersign
from pulih.cases.models import CaseloadHandover, HandoverLine
from pulih.cases.queries.caseload import Summary
from pulih.cases.queries.minutes import KIND, minutes_of
from pulih.cases.stages import Stage
from pulih.common.errors import RuleError
from pulih.papers.actions.issuing import issue_letter
from pulih.papers.actions.writing import draft_letter
from pulih.papers.facts import About
from pulih.papers.models import Letter
from pulih.people.queries.on_paper import PAPER_LANGUAGE

TEMPLATE = "ba-serah-terima-kasus"


@transaction.atomic
def write_minutes(*, handover: CaseloadHandover, successor: User, by: User) -> Letter:
    """Issue the minutes of what one successor took over; asking again gives the same letter.

    Sealed cases are not in it: a letter is read by more people than a compartment.

    Args:
        handover: one that was carried out.
        successor: whose part it is.
        by: who handed over or took over, or the head.

    Raises:
        PermissionDenied: `by` writes no letters.
        RuleError: it was not carried out, `by` has no part in it, or there is nothing to write.

    Source: R-CASE-115, docs/rules/cases.md.
    """
    if handover.state != CaseloadHandover.State.DONE:
        raise RuleError(_("The minutes come after the last signature."), rule="R-CASE-115")
    if by.pk not in {handover.worker_id, successor.pk} and not may_countersign(by, handover):
        raise RuleError(
            _("The minutes are written by those who signed the handover."), rule="R-CASE-115"
        )
    rows = HandoverLine.objects.unscoped(reason="what one successor took over, for its minutes")
    lines = list(
        rows.filter(
            handover=handover,
            successor=successor,
            state=HandoverLine.State.MOVED,
            case__compartment=None,
        ).select_related("case")
    )
    if not lines:
        raise RuleError(_("There is no case that a letter may name."), rule="R-CASE-115")
    if (written := minutes_of(handover, lines)) is not None:
        return written
    with override(PAPER_LANGUAGE):
        fields = _fields(handover, successor, lines)
    letter = draft_letter(
        template=TEMPLATE,
        fields=fields,
        about=About(KIND, handover.pk, handover.number, "cases:handover"),
        section=handover.section,
        restricted=True,
        by=by,
    )
    issued = issue_letter(letter=letter, by=by)
    audit.record("handover.minutes_written", actor=by, subject=handover)
    return issued


def _fields(
    handover: CaseloadHandover, successor: User, lines: Sequence[HandoverLine]
) -> dict[str, object]:
    return {
        "held_on": handover.ended_on,
        "giver": _person(handover.worker),
        "receiver": _person(successor),
        "approver": _person(handover.signed_by) if handover.signed_by else None,
        "reason": handover.reason,
        "cases": [_row(line) for line in lines],
    }


def _person(user: User) -> dict[str, str]:
    return {"name": user.full_name, "position": user.position}


def _row(line: HandoverLine) -> dict[str, str]:
    summary = Summary(**line.summary)
    told = (
        [_("open needs: %(needs)s") % {"needs": ", ".join(summary.needs)}] if summary.needs else []
    )
    if line.remarks:
        told.append(str(line.remarks))
    return {
        "number": line.case.number,
        "stage": str(Stage(summary.stage).label),
        "summary": "; ".join(told),
        "open_tasks": "; ".join(f"{_day(on)} {title}".strip() for on, title in summary.tasks),
        "promises": "; ".join(f"{_day(on)} {what}" for on, what in summary.dates),
    }


def _day(text: str) -> str:
    return date_format(dt.date.fromisoformat(text), "j M Y") if text else ""
