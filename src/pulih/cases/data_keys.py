"""Which rows lie under the key of a sealed case or of its report."""

from __future__ import annotations

from pulih.cases import models
from pulih.common.sealed_units import hang, hold

ON_CASE = (
    models.Basis,
    models.CaseEvent,
    models.CaseNote,
    models.Assessment,
    models.Measurement,
    models.FamilyChart,
    models.Closure,
    models.FollowUp,
    models.Exclusion,
    models.BrokenGlass,
    models.CaseGrant,
    models.HandoverLine,
    models.Need,
    models.Plan,
    models.Referral,
    models.Conference,
    models.ServiceRecord,
)


def install() -> None:
    """Tell the encrypted fields."""
    hold(models.Case, key="pk")
    hold(models.Report, key="pk")
    for model in ON_CASE:
        hang(model, on="case")
    hang(models.Goal, on="plan")
    hang(models.PlannedService, on="plan")
    hang(models.GoalRating, on="goal")
    hang(models.ClientRating, on="goal")
