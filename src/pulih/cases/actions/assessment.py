"""The written assessment; once a plan was approved on it, a change is a new version."""

from __future__ import annotations

from dataclasses import fields

from django.db import transaction
from django.utils.translation import gettext as _

from pulih.access import audit
from pulih.access.changes import check_unchanged
from pulih.access.models import User
from pulih.access.policy import Action
from pulih.access.rules import may
from pulih.cases.actions.history import add_event
from pulih.cases.actions.moves import lock_case
from pulih.cases.intake_facts import Findings
from pulih.cases.intake_rules import check_begun, check_not_ended
from pulih.cases.models import Assessment, Case
from pulih.cases.queries.assessment import is_built_upon
from pulih.cases.rules import check_day
from pulih.cases.stages import Stage
from pulih.common.errors import RuleError


@transaction.atomic
def write_assessment(
    *, case: Case, findings: Findings, seen: str | None = None, by: User
) -> Assessment:
    """Write the assessment, or change it as long as no approved plan stands on it.

    Args:
        case: a case the user can see; it is locked and re-read here.
        findings: all of it; what is left empty is empty afterwards.
        seen: the stamp of the form they were typed into (R-ACC-162).

    Raises:
        PermissionDenied: `by` does not work on the case.
        RuleError: the case has not reached the assessment or has ended, no problem is named, or
            nothing else is written.

    Source: R-CASE-20, docs/rules/cases.md (PP 39/2012 art. 7(2)).
    """
    case = lock_case(case)
    may(by, Action.CASE_WORK, case).require()
    check_begun(case, Stage.ASSESSMENT)
    check_not_ended(case)
    check_day(findings.assessed_on)
    _check_findings(findings)
    last = case.assessments.first()
    check_unchanged(last, seen, trail_of=case)
    if last is None or is_built_upon(last):
        assessment = Assessment(case=case, version=last.version + 1 if last else 1)
    else:
        assessment = last
    for part in fields(findings):
        value = getattr(findings, part.name)
        setattr(assessment, part.name, _kept(value))
    assessment.by = by
    is_new = assessment._state.adding
    assessment.save()
    if is_new:
        add_event(case, "assessed", on=findings.assessed_on, by=by, version=assessment.version)
    audit.record(
        "assessment.written" if is_new else "assessment.changed",
        actor=by,
        subject=case,
        detail={"version": assessment.version},
    )
    return assessment


def _kept(value: object) -> object:
    if isinstance(value, tuple):
        return list(value) or ""
    return value.strip() if isinstance(value, str) else value


def _check_findings(findings: Findings) -> None:
    if not findings.problems.strip():
        raise RuleError(_("Name at least one problem, one a line."), rule="R-CASE-20")
    parts = (
        findings.biological,
        findings.psychological,
        findings.social,
        findings.spiritual,
        findings.family,
        findings.environment,
        findings.strengths,
    )
    if not any(part.strip() for part in parts):
        raise RuleError(_("Write at least one part of the assessment."), rule="R-CASE-20")
