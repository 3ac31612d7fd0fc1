"""Which readings of cases and reports are written down, and what hangs on a case."""

from __future__ import annotations

from pulih.access.readings import watch_part, watch_root
from pulih.cases.models import (
    Assessment,
    Basis,
    Case,
    CaseEvent,
    CaseGrant,
    CaseNote,
    ClientRating,
    Closure,
    Conference,
    Exclusion,
    FamilyChart,
    FollowUp,
    Goal,
    GoalRating,
    HandoverLine,
    Measurement,
    Need,
    Plan,
    PlannedService,
    Referral,
    Report,
    ServiceRecord,
)

_OF_CASE = (
    *(Assessment, Basis, CaseEvent, CaseGrant, CaseNote, Closure, Conference, Exclusion),
    *(FamilyChart, FollowUp, HandoverLine, Measurement, Need, Plan, Referral, ServiceRecord),
)


def install() -> None:
    """Say which of this app's rows are closely held, and which hang on one (R-CASE-53)."""
    for model, noun in ((Case, "case"), (Report, "report")):
        watch_root(
            model,
            noun=noun,
            fields=("restricted", "compartment_id"),
            is_closed=lambda row: row.is_held_closely,
        )
    for part in _OF_CASE:
        watch_part(part, "case")
    watch_part(Goal, "plan")
    watch_part(PlannedService, "plan")
    watch_part(GoalRating, "goal")
    watch_part(ClientRating, "goal")
