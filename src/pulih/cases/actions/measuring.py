"""Measuring functioning with an instrument; a measurement is never changed."""

from __future__ import annotations

from dataclasses import asdict

from django.db import transaction
from django.utils.translation import gettext as _

from pulih.access import audit
from pulih.access.models import User
from pulih.access.policy import Action
from pulih.access.rules import may
from pulih.cases.actions.history import add_event
from pulih.cases.actions.moves import lock_case
from pulih.cases.instruments import FUNCTIONING, current
from pulih.cases.intake_facts import Answers
from pulih.cases.intake_rules import check_begun
from pulih.cases.models import Case, Measurement
from pulih.cases.rules import check_day
from pulih.cases.scoring import Functioning, functioning
from pulih.cases.stages import Stage
from pulih.common.errors import RuleError


@transaction.atomic
def measure_functioning(*, case: Case, answers: Answers, by: User) -> Measurement:
    """Measure with the current version of the functioning scale.

    Also after the end of the case, to see whether the result is kept.

    Args:
        case: a case the user can see; it is locked and re-read here.
        answers: levels, day and mode.

    Raises:
        PermissionDenied: `by` does not work on the case.
        RuleError: the case has not reached the assessment, nothing was judged, a level is not on
            the scale, or a domain is left out without a word on why.

    Source: R-CASE-21, R-CASE-22, docs/rules/cases.md.
    """
    case = lock_case(case)
    may(by, Action.CASE_WORK, case).require()
    check_begun(case, Stage.ASSESSMENT)
    check_day(answers.on)
    score = _score(answers)
    instrument = current(FUNCTIONING)
    measurement = case.measurements.create(
        instrument=instrument.code,
        version=instrument.version,
        measured_on=answers.on,
        mode=answers.mode,
        answers=dict(answers.levels),
        scores=asdict(score),
        note=answers.note.strip(),
        by=by,
    )
    if score.total is None:
        add_event(case, "measured_in_part", on=answers.on, by=by)
    else:
        add_event(case, "measured", on=answers.on, by=by, score=score.total)
    audit.record(
        "measurement.taken",
        actor=by,
        subject=case,
        detail={"instrument": instrument.code, "version": instrument.version},
    )
    return measurement


def _score(answers: Answers) -> Functioning:
    if answers.mode not in Measurement.Mode.values:
        raise RuleError(_("Say who answered."), rule="R-CASE-21")
    domains = current(FUNCTIONING).domains
    if set(answers.levels) != {domain.code for domain in domains}:
        raise RuleError(_("The scale has other domains."), rule="R-CASE-22")
    if None in answers.levels.values() and not answers.note.strip():
        raise RuleError(
            _("Say why a domain could not be judged; without it there is no total."),
            rule="R-CASE-22",
        )
    try:
        return functioning(answers.levels, highest=domains[0].highest)
    except ValueError as fault:
        raise RuleError(
            _("Judge at least one domain, each on a level of the scale."), rule="R-CASE-22"
        ) from fault
