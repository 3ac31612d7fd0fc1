"""Measuring with an instrument; a measurement is never changed."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from pulih.access import audit
from pulih.access.models import User
from pulih.access.policy import Action
from pulih.access.rules import may
from pulih.cases.actions import reminding
from pulih.cases.actions.history import add_event
from pulih.cases.actions.moves import lock_case
from pulih.cases.instrument_rules import may_use
from pulih.cases.instruments import FUNCTIONING, Instrument
from pulih.cases.intake_facts import Answers
from pulih.cases.intake_rules import check_begun
from pulih.cases.measures import score_of
from pulih.cases.models import Case, Measurement
from pulih.cases.queries.instruments import held
from pulih.cases.rules import check_day
from pulih.cases.scorers import Result, TooLittleAnsweredError
from pulih.cases.stages import Stage
from pulih.common.errors import RuleError


@transaction.atomic
def take_measurement(*, case: Case, code: str, answers: Answers, by: User) -> Measurement:
    """Measure with the version of an instrument that the office uses now.

    Also after the end of the case, to see whether the result is kept. An answer above 0 to the
    instrument's question on safety opens a task for the lead and the section head at once.

    Args:
        case: a case the user can see; it is locked and re-read here.
        code: an instrument that the office has switched on.
        answers: levels, day, mode and method.

    Raises:
        PermissionDenied: `by` does not work on the case.
        RuleError: the case has not reached the assessment, the instrument is not in use or not
            for this client, too little was answered, or something is left out without a word.

    Source: R-CASE-21, R-CASE-22, R-CASE-62 to R-CASE-65, docs/rules/cases.md.
    """
    case = lock_case(case)
    may(by, Action.CASE_WORK, case).require()
    check_begun(case, Stage.ASSESSMENT)
    check_day(answers.on)
    instrument = _in_use(case, code)
    decision = may_use(instrument, case, answers.on)
    if not decision:
        raise RuleError(decision.reason, rule="R-CASE-64")
    score = _score(instrument, answers)
    measurement = case.measurements.create(
        instrument=instrument.code,
        version=instrument.version,
        measured_on=answers.on,
        mode=answers.mode,
        method=answers.method,
        answers=dict(answers.levels),
        scores={**asdict(score), "highest": instrument.highest(answers.method)},
        note=answers.note.strip(),
        by=by,
    )
    _tell(case, instrument, answers, score, by)
    if instrument.safety and answers.levels.get(instrument.safety):
        reminding.safety_is_asked(case, str(measurement.pk), by)
    audit.record(
        "measurement.taken",
        actor=by,
        subject=case,
        detail={"instrument": instrument.code, "version": instrument.version},
    )
    return measurement


def _in_use(case: Case, code: str) -> Instrument:
    found = held(case.office, code)
    if found is None or not found.is_usable:
        raise RuleError(_("The office does not use this instrument."), rule="R-CASE-63")
    return found.instrument


def _tell(case: Case, instrument: Instrument, answers: Answers, score: Result, by: User) -> None:
    detail: dict[str, Any] = {}
    kind = "measured"
    if instrument.code != FUNCTIONING:
        kind = "measured_with"
        detail = {"scale": [instrument.name, instrument.english]}
    if score.total is None:
        add_event(case, f"{kind}_in_part", on=answers.on, by=by, **detail)
        return
    if detail:
        detail["most"] = instrument.highest(answers.method)
    add_event(case, kind, on=answers.on, by=by, score=score.total, **detail)


def _score(instrument: Instrument, answers: Answers) -> Result:
    if answers.mode not in Measurement.Mode.values:
        raise RuleError(_("Say who answered."), rule="R-CASE-21")
    if set(answers.levels) != {domain.code for domain in instrument.domains}:
        raise RuleError(_("The scale has other domains."), rule="R-CASE-22")
    if answers.method not in ({one.code for one in instrument.methods} or {""}):
        raise RuleError(_("Say how it is scored."), rule="R-CASE-62")
    if answers.works and None in answers.levels.values() and not answers.note.strip():
        raise RuleError(
            _("Say why a domain could not be judged; without it there is no total."),
            rule="R-CASE-22",
        )
    try:
        return score_of(instrument, answers.levels, method=answers.method, works=answers.works)
    except TooLittleAnsweredError as fault:
        raise RuleError(
            _("Too many questions are not answered: a score would be a guess."),
            rule="R-CASE-62",
        ) from fault
    except ValueError as fault:
        raise RuleError(
            _("Judge at least one domain, each on a level of the scale."), rule="R-CASE-22"
        ) from fault
