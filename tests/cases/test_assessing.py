"""R-CASE-20 to R-CASE-22: the written assessment, and measuring functioning."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from pulih.access.models import AuditEvent
from pulih.cases.actions.assessment import write_assessment
from pulih.cases.actions.measuring import take_measurement
from pulih.cases.charts import series_of
from pulih.cases.instruments import FUNCTIONING
from pulih.cases.intake_facts import Answers, Findings
from pulih.common.clock import today
from pulih.common.errors import RuleError

ALL = {"physical": 1, "mental": 2, "social": 1, "skills": 0}


def findings(**values):
    return Findings(**{"assessed_on": today(), "problems": "Sakit", "social": "Sendiri", **values})


def answers(levels=ALL, **values):
    return Answers(levels, **{"on": today(), "mode": "observer", **values})


def test_the_team_writes_the_assessment(make_user, make_case):
    lead = make_user()
    case = make_case(lead=lead, stage="assessment")

    assessment = write_assessment(case=case, findings=findings(), by=lead)

    assert assessment.version == 1
    assert case.events.get().kind == "assessed"
    assert AuditEvent.objects.filter(verb="assessment.written").count() == 1


def test_the_assessment_is_changed_in_place_until_a_plan_stands_on_it(make_user, make_case):
    lead = make_user()
    case = make_case(lead=lead, stage="planning")

    changed = write_assessment(case=case, findings=findings(problems="Lapar"), by=lead)

    assert (changed.version, changed.problems) == (1, "Lapar")
    assert case.assessments.count() == 1


def test_after_an_approved_plan_a_change_is_a_new_version(make_user, make_case):
    lead = make_user()
    case = make_case(lead=lead, stage="intervention")

    write_assessment(case=case, findings=findings(problems="Lapar"), by=lead)
    write_assessment(case=case, findings=findings(problems="Lapar sekali"), by=lead)

    assert [row.version for row in case.assessments.all()] == [2, 1]
    assert case.assessments.get(version=1).problems == "Tanpa rumah"


def test_who_does_not_work_on_the_case_neither_writes_nor_measures(make_user, make_case):
    case = make_case(stage="assessment")

    with pytest.raises(PermissionDenied):
        write_assessment(case=case, findings=findings(), by=make_user())
    with pytest.raises(PermissionDenied):
        take_measurement(case=case, code=FUNCTIONING, answers=answers(), by=make_user())


@pytest.mark.parametrize("values", [{"problems": " "}, {"social": ""}])
def test_an_assessment_names_a_problem_and_says_something(make_user, make_case, values):
    lead = make_user()

    with pytest.raises(RuleError) as refusal:
        write_assessment(
            case=make_case(lead=lead, stage="assessment"), findings=findings(**values), by=lead
        )

    assert refusal.value.rule == "R-CASE-20"


@pytest.mark.parametrize("stage", ["approach", "termination"])
def test_an_assessment_belongs_to_a_running_case_in_its_stage(make_user, make_case, stage):
    lead = make_user()

    with pytest.raises(RuleError) as refusal:
        write_assessment(case=make_case(lead=lead, stage=stage), findings=findings(), by=lead)

    assert refusal.value.rule == "R-CASE-1"


def test_a_measurement_keeps_date_mode_version_and_scores(make_user, make_case):
    lead = make_user()
    case = make_case(lead=lead, stage="assessment")

    taken = take_measurement(case=case, code=FUNCTIONING, answers=answers(), by=lead)

    taken.refresh_from_db()
    assert (taken.instrument, taken.version, taken.mode) == ("skala-keberfungsian", "1", "observer")
    assert taken.scores["total"] == 25.0
    assert taken.answers == ALL


def test_a_measurement_is_told_in_the_story_and_the_trail(make_user, make_case):
    lead = make_user()
    case = make_case(lead=lead, stage="assessment")

    take_measurement(case=case, code=FUNCTIONING, answers=answers(), by=lead)

    assert case.events.get().detail == {"score": 25.0}
    assert AuditEvent.objects.filter(verb="measurement.taken").count() == 1


def test_functioning_is_measured_after_the_end_too(make_user, make_case):
    lead = make_user()
    case = make_case(lead=lead, stage="follow_up")

    take_measurement(case=case, code=FUNCTIONING, answers=answers(), by=lead)

    assert case.measurements.count() == 2


def test_a_domain_left_out_is_explained_and_leaves_no_total(make_user, make_case):
    lead = make_user()
    case = make_case(lead=lead, stage="assessment")
    part = {**ALL, "mental": None}

    with pytest.raises(RuleError) as refusal:
        take_measurement(case=case, code=FUNCTIONING, answers=answers(part), by=lead)
    taken = take_measurement(
        case=case, code=FUNCTIONING, answers=answers(part, note="Belum bicara."), by=lead
    )

    assert refusal.value.rule == "R-CASE-22"
    assert taken.scores["total"] is None


@pytest.mark.parametrize(
    ("levels", "mode"),
    [
        (dict.fromkeys(ALL), "observer"),
        ({**ALL, "mental": 5}, "observer"),
        ({"physical": 1}, "observer"),
        (ALL, "dream"),
    ],
)
def test_what_is_not_on_the_scale_is_not_taken(make_user, make_case, levels, mode):
    lead = make_user()

    with pytest.raises(RuleError):
        take_measurement(
            case=make_case(lead=lead, stage="assessment"),
            code=FUNCTIONING,
            answers=answers(levels, mode=mode, note="Alasan."),
            by=lead,
        )


def test_change_is_computed_only_between_like_and_like(make_user, make_case):
    lead = make_user()
    case = make_case(lead=lead, stage="assessment")
    first = today() - dt.timedelta(days=90)
    take_measurement(case=case, code=FUNCTIONING, answers=answers(on=first), by=lead)
    take_measurement(case=case, code=FUNCTIONING, answers=answers(mode="self"), by=lead)
    take_measurement(case=case, code=FUNCTIONING, answers=answers({**ALL, "skills": 2}), by=lead)

    judged, told = series_of(case.measurements.all(), total_label="Total")

    assert (judged.total.scores, judged.total.change) == ((25.0, 37.5), 12.5)
    assert (told.is_comparable, told.total.change) == (False, None)


def test_another_version_of_the_scale_is_another_series(make_user, make_case):
    lead = make_user()
    case = make_case(lead=lead, stage="assessment")
    take_measurement(case=case, code=FUNCTIONING, answers=answers(), by=lead)
    old = take_measurement(case=case, code=FUNCTIONING, answers=answers(), by=lead)
    old.version = "0"
    old.save()

    (series,) = series_of(case.measurements.all(), total_label="Total")

    assert len(series.days) == 1
