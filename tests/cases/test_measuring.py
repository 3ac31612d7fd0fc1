"""R-CASE-62 to R-CASE-65: measuring with the instruments that the office uses."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse

from pulih.access.models import AuditEvent
from pulih.cases.actions.assessment import write_assessment
from pulih.cases.actions.instruments import load_text, switch_instrument
from pulih.cases.actions.measuring import take_measurement
from pulih.cases.charts import series_of
from pulih.cases.instruments import CHILD_SITUATION, current
from pulih.cases.intake_facts import Answers, Findings
from pulih.cases.queries.instruments import finder_for, held_by
from pulih.common.clock import today
from pulih.common.errors import RuleError
from pulih.inbox.models import Task
from pulih.people.models import Person

GROUP = "washington-group-ss"


def level_of_all(code, level=0, **changed):
    return {one.code: level for one in current(code).domains} | changed


def answers(levels, **values):
    return Answers(levels, **{"on": today(), "mode": "self", **values})


def load(code, by, *, on=True):
    shipped = current(code)
    content = {
        "levels": [f"Tingkat {n}" for n in range(len(shipped.levels))],
        "items": {one.code: f"Teks {one.code}" for one in shipped.domains},
    }
    load_text(code=code, content=content, licence="Izin dinas", by=by)
    return switch_instrument(code=code, on=on, by=by)


def born(case, years):
    day = today() - dt.timedelta(days=years * 366)
    rows = Person.objects.unscoped(reason="test").filter(pk=case.person_id)
    rows.update(birth_date=day, birth_precision="exact", born_around=day)
    case.person.refresh_from_db()


@pytest.fixture
def head(make_user):
    return make_user("section_head")


def test_a_measurement_keeps_instrument_version_score_and_the_highest_possible(case, lead):
    taken = take_measurement(
        case=case, code=GROUP, answers=answers(level_of_all(GROUP, 1, see=2)), by=lead
    )

    taken.refresh_from_db()
    assert (taken.instrument, taken.version, taken.method) == (GROUP, "1", "")
    assert (taken.scores["total"], taken.scores["flagged"], taken.scores["highest"]) == (2, True, 3)


def test_it_is_told_with_its_name_and_leaves_one_line_in_the_trail(case, lead):
    take_measurement(case=case, code=GROUP, answers=answers(level_of_all(GROUP)), by=lead)

    assert case.events.get(kind="measured_with").detail["scale"][1] == "Washington Group Short Set"
    assert AuditEvent.objects.get(verb="measurement.taken").actor == lead


@pytest.mark.parametrize("code", ["barthel", "phq-9", "no-such-thing"])
def test_what_the_office_does_not_use_is_refused(case, lead, code):
    with pytest.raises(RuleError) as refusal:
        take_measurement(case=case, code=code, answers=answers({"q1": 0}), by=lead)

    assert refusal.value.rule == "R-CASE-63"


def test_the_method_is_said_and_kept_where_there_is_a_choice(case, lead, head):
    switch_instrument(code="barthel", on=True, by=head)
    best = {one.code: one.highest for one in current("barthel").domains}

    taken = take_measurement(case=case, code="barthel", answers=answers(best, method="20"), by=lead)

    assert (taken.method, taken.scores["total"], taken.scores["highest"]) == ("20", 20, 20)
    with pytest.raises(RuleError) as refusal:
        take_measurement(case=case, code="barthel", answers=answers(best), by=lead)
    assert refusal.value.rule == "R-CASE-62"


def test_scores_of_two_methods_are_not_compared(case, lead, head):
    switch_instrument(code="barthel", on=True, by=head)
    best = {one.code: one.highest for one in current("barthel").domains}
    for method in ("100", "20", "100"):
        take_measurement(case=case, code="barthel", answers=answers(best, method=method), by=lead)

    series = series_of(
        case.measurements.filter(instrument="barthel"),
        total_label="Total",
        look=finder_for(case.office),
    )

    assert [(one.most, len(one.days)) for one in series] == [(100, 2), (20, 1)]


def test_question_9_above_0_asks_the_lead_and_the_section_head_at_once(case, lead, head):
    load("phq-9", head)

    given = answers(level_of_all("phq-9", q9=1))
    take_measurement(case=case, code="phq-9", answers=given, by=lead)

    tasks = Task.objects.unscoped(reason="test").filter(kind="safety_check")
    assert {(task.owner, task.queue_role) for task in tasks} == {(lead, ""), (None, "section_head")}
    assert all(task.due_on == today() for task in tasks)
    assert all(case.person.name not in task.title for task in tasks)


def test_question_9_at_0_asks_nobody(case, lead, head):
    load("phq-9", head)

    given = answers(level_of_all("phq-9", 3, q9=0))
    taken = take_measurement(case=case, code="phq-9", answers=given, by=lead)

    assert taken.scores["total"] == 24
    assert not Task.objects.unscoped(reason="test").filter(kind="safety_check").exists()


@pytest.mark.parametrize(("years", "refused"), [(8, True), (11, True), (13, False), (40, False)])
def test_phq_9_is_not_for_small_children(case, lead, head, years, refused):
    load("phq-9", head)
    born(case, years)
    given = answers(level_of_all("phq-9"))

    if not refused:
        assert take_measurement(case=case, code="phq-9", answers=given, by=lead)
        return
    with pytest.raises(RuleError) as refusal:
        take_measurement(case=case, code="phq-9", answers=given, by=lead)
    assert refusal.value.rule == "R-CASE-64"


def test_phq_9_is_not_for_an_acute_psychosis(case, lead, head):
    load("phq-9", head)
    findings = Findings(today(), "Bingung", social="x", signs=("acute_psychosis",))
    write_assessment(case=case, findings=findings, by=lead)

    with pytest.raises(RuleError) as refusal:
        take_measurement(case=case, code="phq-9", answers=answers(level_of_all("phq-9")), by=lead)

    assert refusal.value.rule == "R-CASE-64"


def test_the_sign_goes_with_the_next_assessment(case, lead, head):
    load("phq-9", head)
    for signs in (("acute_psychosis",), ()):
        findings = Findings(today(), "Bingung", social="x", signs=signs)
        write_assessment(case=case, findings=findings, by=lead)

    given = answers(level_of_all("phq-9"))
    assert take_measurement(case=case, code="phq-9", answers=given, by=lead)


def test_too_little_answered_is_a_no_in_words(case, lead, head):
    load("whodas-36", head)
    levels = level_of_all("whodas-36", 1) | dict.fromkeys(["D1.1", "D2.1", "D3.1"])

    with pytest.raises(RuleError) as refusal:
        take_measurement(
            case=case,
            code="whodas-36",
            answers=answers(levels, method="complex", note="Lelah"),
            by=lead,
        )

    assert refusal.value.rule == "R-CASE-62"


def test_a_sealed_child_victim_is_measured_with_the_scale_for_it(make_case, lead):
    child = make_case(lead=lead, stage="intervention", sealed=True, ppks_kind=3)

    levels = level_of_all(CHILD_SITUATION, 2)
    taken = take_measurement(case=child, code=CHILD_SITUATION, answers=answers(levels), by=lead)

    assert taken.scores["total"] == 50


def test_the_tab_offers_what_fits_and_says_why_something_does_not(client, case, lead, head):
    load("phq-9", head)
    born(case, 8)
    client.force_login(lead)

    page = client.get(reverse("cases:assessment_tab", args=[case.number]))

    offers = {one["scale"].code: one["decision"] for one in page.context["offers"]}
    assert offers.keys() == {"skala-keberfungsian", CHILD_SITUATION, GROUP, "phq-9"}
    assert offers[CHILD_SITUATION]
    assert offers["phq-9"].reason in page.text


@pytest.mark.parametrize(("years", "offered"), [(8, True), (40, False)])
def test_the_child_scale_is_offered_for_children(client, case, lead, years, offered):
    born(case, years)
    client.force_login(lead)

    page = client.get(reverse("cases:assessment_tab", args=[case.number]))

    assert (current(CHILD_SITUATION).name in page.text) == offered


@pytest.mark.parametrize(("code", "status"), [(GROUP, 200), ("barthel", 404), ("x", 404)])
def test_the_page_of_an_instrument_opens_when_the_office_uses_it(client, case, lead, code, status):
    client.force_login(lead)

    address = reverse("cases:measure", args=[case.number])

    assert client.get(address, {"alat": code}).status_code == status


def test_the_page_takes_whodas_without_work(client, case, lead, head):
    load("whodas-36", head)
    client.force_login(lead)
    work = {f"D5.{n}" for n in range(5, 9)}
    sent = {one.code: "1" for one in current("whodas-36").domains if one.code not in work}

    response = client.post(
        reverse("cases:measure", args=[case.number]) + "?alat=whodas-36",
        {**sent, "on": today(), "mode": "self", "method": "simple"},
    )

    assert response.status_code == 302
    assert case.measurements.get(instrument="whodas-36").scores["total"] == 25


def test_the_page_asks_for_work_where_there_is_work(client, case, lead, head):
    load("whodas-36", head)
    client.force_login(lead)

    response = client.post(
        reverse("cases:measure", args=[case.number]) + "?alat=whodas-36", {"works": "on"}
    )

    assert response.status_code == 422
    assert "D5.5" in response.context["form"].errors


def test_an_office_has_every_shipped_instrument_and_uses_what_it_may(office):
    usable = {one.instrument.code for one in held_by(office) if one.is_usable}

    assert usable == {"skala-keberfungsian", CHILD_SITUATION, GROUP}
