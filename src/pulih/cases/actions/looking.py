"""Reading a closely held case or report is written down; reading an open one is not."""

from __future__ import annotations

from django.db import transaction

from pulih.access import audit
from pulih.access.models import User
from pulih.access.purpose import said_now
from pulih.cases.models import Case, Report


@transaction.atomic
def look_at_case(*, case: Case, part: str, by: User) -> None:
    """Write that somebody opened a page of a restricted or sealed case.

    Args:
        case: one that the reader was found to may see.
        part: which part was opened, such as `services`.

    Source: R-CASE-53, docs/rules/cases.md (design: reading is writing for restricted and sealed
        records only).
    """
    if case.is_held_closely:
        detail = {"part": part}
        if purpose := said_now(case.compartment_id):
            detail["purpose"] = purpose
        audit.record("case.read", actor=by, subject=case, detail=detail)


@transaction.atomic
def look_at_report(*, report: Report, by: User) -> None:
    """Write that somebody opened a restricted or sealed report.

    Args:
        report: one that the reader was found to may see.

    Source: R-CASE-53, docs/rules/cases.md (design: reading is writing for restricted and sealed
        records only).
    """
    if report.is_held_closely:
        audit.record("report.read", actor=by, subject=report)
