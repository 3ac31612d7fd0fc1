"""Reading what was found out in a case that was read for its reader."""

from __future__ import annotations

from pulih.cases.models import Assessment, Case, Measurement, Plan

DECIDED = (Plan.State.APPROVED, Plan.State.SUPERSEDED)


def is_built_upon(assessment: Assessment) -> bool:
    """Was a plan approved after it was first written, so that it must stay (R-CASE-20)?"""
    return Plan.objects.filter(
        case=assessment.case_id, state__in=DECIDED, decided_at__gte=assessment.recorded_at
    ).exists()


def assessments_of(case: Case) -> list[Assessment]:
    """Every version, the latest first."""
    return list(case.assessments.select_related("by"))


def measurements_of(case: Case) -> list[Measurement]:
    """Every measurement, the earliest first."""
    return list(case.measurements.select_related("by"))


def problem_list(assessment: Assessment) -> list[str]:
    """The problems, one a line, without the empty lines."""
    return [line.strip() for line in str(assessment.problems).splitlines() if line.strip()]
