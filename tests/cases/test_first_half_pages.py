"""Team, basis, assessment, measuring and plan: what their pages do, refuse and hide."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse

from pulih.cases.actions.planning import start_plan
from pulih.cases.models import Plan
from pulih.common.clock import today
from pulih.common.stamps import stamp_of

PAGES = ["team", "basis", "assessment_tab", "assess", "measure", "plan_tab"]
QUERIES_AT_MOST = 12
GOAL = {
    "text": "Tinggal di rumah",
    "area": "social",
    "much_less": "a",
    "less": "b",
    "expected": "c",
    "more": "d",
    "much_more": "e",
    "baseline": "-1",
    "weight": "1",
}


@pytest.fixture
def lead(client, make_user):
    user = make_user()
    client.force_login(user)
    return user


def at(page, case, *more):
    return reverse(f"cases:{page}", args=[case.number, *more])


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("stage", ["approach", "intervention", "follow_up"])
def test_every_page_opens_for_the_lead_with_few_queries(
    client, lead, make_case, page, stage, django_assert_max_num_queries
):
    case = make_case(lead=lead, stage=stage)

    with django_assert_max_num_queries(QUERIES_AT_MOST):
        answer = client.get(at(page, case))

    assert answer.status_code == 200


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("held", [{"restricted": True}, {"sealed": True}])
def test_a_case_held_closely_does_not_exist_for_others(client, lead, make_case, page, held):
    assert client.get(at(page, make_case(**held))).status_code == 404


@pytest.mark.parametrize("page", ["assess", "measure"])
def test_a_reader_does_not_write(client, lead, make_case, page):
    assert client.get(at(page, make_case(stage="assessment"))).status_code == 403


@pytest.mark.parametrize("page", PAGES)
def test_who_reads_no_cases_is_turned_away(client, make_user, make_case, page):
    client.force_login(make_user("front_desk"))

    assert client.get(at(page, make_case())).status_code == 403


def test_a_sealed_case_shows_who_may_know(client, lead, make_case):
    case = make_case(lead=lead, sealed=True)

    page = client.get(at("team", case))

    assert page.context["reader_form"] is not None


def test_the_team_page_adds_names_and_takes_off(client, lead, make_case, make_user):
    heir, other = make_user(), make_user()
    case = make_case(lead=lead)

    client.post(at("team_add", case), {"user": other.pk, "on": "2026-01-05"})
    client.post(at("team_lead", case), {"user": heir.pk, "reason": "Cuti."})
    client.force_login(heir)
    client.post(at("team_leave", case, lead.pk), {"on": str(today()), "reason": "Cuti."})

    now = case.team.filter(left_on=None)
    assert {row.user: row.is_lead for row in now} == {heir: True, other: False}


def test_a_refused_change_of_the_team_says_why_at_its_field(client, lead, make_case, make_user):
    case = make_case(lead=lead)

    answer = client.post(at("team_lead", case), {"user": make_user().pk, "reason": ""})

    assert answer.status_code == 422
    assert "reason" in answer.context["lead_form"].errors


def test_whoever_is_taken_off_finds_the_case_no_more(client, lead, make_case, make_user):
    member = make_user()
    case = make_case(lead=lead, team=[member], restricted=True)

    client.post(at("team_leave", case, member.pk), {"on": str(today()), "reason": "Selesai."})
    client.force_login(member)

    assert client.get(at("team", case)).status_code == 404


def test_the_team_changes_only_by_who_may(client, make_user, make_case):
    case = make_case()
    client.force_login(make_user())

    answer = client.post(at("team_add", case), {"user": make_user().pk, "on": "2026-01-05"})

    assert answer.status_code == 403


def test_a_reader_is_named_and_taken_out_of_a_sealed_case(client, lead, make_case, make_user):
    head, chief = make_user("section_head"), make_user("head_of_office")
    case = make_case(lead=lead, sealed=True)

    for user in (head, chief):
        client.post(at("reader_add", case), {"user": user.pk, "purpose": "Perlu tahu."})
    client.post(at("reader_leave", case, chief.pk), {"reason": "Selesai."})

    current = case.compartment.members.filter(valid_until=None)
    assert {member.user for member in current} == {lead, head}


def test_a_basis_is_recorded_and_withdrawn(client, lead, make_case):
    case = make_case(lead=lead)

    client.post(at("basis", case), {"kind": "client", "on": "2026-01-05", "given_by": "Klien"})
    basis = case.bases.get()
    client.post(at("basis_withdraw", case, basis.pk), {"on": str(today()), "note": "Menolak."})

    basis.refresh_from_db()
    assert basis.withdrawn_note == "Menolak."


@pytest.mark.parametrize(
    ("kind", "field"), [("client", "given_by"), ("duty", "note"), ("", "kind")]
)
def test_a_basis_says_what_it_lacks_at_its_field(client, lead, make_case, kind, field):
    answer = client.post(at("basis", make_case(lead=lead)), {"kind": kind, "on": "2026-01-05"})

    assert answer.status_code == 422
    assert field in answer.context["form"].errors


def test_the_assessment_is_written_and_shown(client, lead, make_case):
    case = make_case(lead=lead, stage="assessment")

    client.post(
        at("assess", case),
        {
            "assessed_on": "2026-01-05",
            "problems": "Lapar\n\nSakit",
            "social": "Sendiri",
            "stamp": stamp_of(None),
        },
    )

    page = client.get(at("assessment_tab", case))
    assert page.context["problems"] == ["Lapar", "Sakit"]


def test_an_assessment_without_problems_is_refused(client, lead, make_case):
    answer = client.post(
        at("assess", make_case(lead=lead, stage="assessment")), {"assessed_on": "2026-01-05"}
    )

    assert answer.status_code == 422
    assert "problems" in answer.context["form"].errors


def test_an_earlier_version_of_the_assessment_can_be_read(client, lead, make_case):
    case = make_case(lead=lead, stage="intervention")
    stamp = stamp_of(case.assessments.get())
    sent = {"assessed_on": str(today()), "problems": "Baru", "social": "x", "stamp": stamp}
    client.post(at("assess", case), sent)

    first = client.get(at("assessment_tab", case), {"versi": "1"}).context["shown"]

    assert (first.version, case.assessments.count()) == (1, 2)


def test_functioning_is_measured_and_charted(client, lead, make_case):
    case = make_case(lead=lead, stage="assessment")
    levels = {"physical": "1", "mental": "2", "social": "1", "skills": "0"}
    for day in ("2026-01-05", "2026-02-05"):
        client.post(at("measure", case), {**levels, "on": day, "mode": "observer"})

    page = client.get(at("assessment_tab", case))

    assert case.measurements.count() == 2
    assert 'data-chart="functioning-1-data"' in page.text


def test_every_level_is_shown_in_full_where_it_is_chosen(client, lead, make_case):
    page = client.get(at("measure", make_case(lead=lead, stage="assessment")))

    assert page.text.count('class="level"') == 24
    assert "bukan alat ukur" in page.text


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"physical": "1", "mental": "2", "social": "1"}, "skills"),
        ({"physical": "9", "mental": "2", "social": "1", "skills": "0"}, "physical"),
        ({"physical": "none", "mental": "2", "social": "1", "skills": "0"}, "note"),
    ],
)
def test_a_measurement_says_what_it_lacks_at_its_field(client, lead, make_case, sent, field):
    case = make_case(lead=lead, stage="assessment")

    answer = client.post(at("measure", case), {**sent, "on": "2026-01-05", "mode": "self"})

    assert answer.status_code == 422
    assert field in answer.context["form"].errors


def test_a_plan_goes_the_whole_way_on_its_page(client, lead, make_case, make_user):
    case = make_case(lead=lead, stage="planning")

    client.post(at("plan_start", case))
    client.post(at("plan_goal_new", case), GOAL)
    client.post(at("plan_service_new", case), {"kind": "F", "text": "Konseling"})
    client.post(at("plan_agree", case), {"agreed_by": "client", "on": str(today())})
    client.post(at("plan_submit", case))
    client.force_login(make_user("section_head"))
    client.post(at("plan_decide", case), {"decision": "approve", "note": ""})

    assert case.plans.get().state == Plan.State.APPROVED


@pytest.fixture
def draft(lead, make_case):
    case = make_case(lead=lead, stage="planning")
    return start_plan(case=case, by=lead)


def test_a_goal_opens_for_change_in_its_place(client, draft):
    client.post(at("plan_goal_new", draft.case), GOAL)
    goal = draft.goals.get()

    page = client.get(at("plan_tab", draft.case), {"tujuan": str(goal.pk)})

    assert page.context["goal_form"].initial["more"] == "d"
    assert page.context["goal_key"] == str(goal.pk)


def test_a_goal_is_changed_and_taken_out(client, draft):
    client.post(at("plan_goal_new", draft.case), GOAL)
    goal = draft.goals.get()

    sent = {**GOAL, "text": "Pulang", "stamp": stamp_of(goal)}
    client.post(at("plan_goal", draft.case, goal.pk), sent)
    goal.refresh_from_db()
    client.post(at("plan_goal_remove", draft.case, goal.pk))

    assert goal.text == "Pulang"
    assert not draft.goals.exists()


def test_a_service_is_changed_and_taken_out(client, draft):
    client.post(at("plan_service_new", draft.case), {"kind": "F"})
    service = draft.services.get()

    sent = {"kind": "A", "frequency": "Sekali", "stamp": stamp_of(service)}
    client.post(at("plan_service", draft.case, service.pk), sent)
    service.refresh_from_db()
    client.post(at("plan_service_remove", draft.case, service.pk))

    assert (service.kind, service.frequency) == ("A", "Sekali")
    assert not draft.services.exists()


@pytest.mark.parametrize(
    ("page", "sent", "form", "field"),
    [
        ("plan_goal_new", {**GOAL, "more": "c"}, "goal_form", "expected"),
        ("plan_goal_new", {**GOAL, "text": ""}, "goal_form", "text"),
        ("plan_service_new", {"kind": ""}, "service_form", "kind"),
        (
            "plan_service_new",
            {"kind": "A", "planned_from": "2026-03-01", "planned_until": "2026-02-01"},
            "service_form",
            "planned_until",
        ),
        ("plan_agree", {"agreed_by": "client", "on": str(today())}, "agreement_form", "agreed_by"),
        ("plan_agree", {"agreed_by": "guardian", "on": str(today())}, "agreement_form", "name"),
    ],
)
def test_a_plan_says_what_it_lacks_at_its_field(client, draft, page, sent, form, field):
    answer = client.post(at(page, draft.case), sent)

    assert answer.status_code == 422
    assert field in answer.context[form].errors


def test_a_plan_that_is_not_ready_is_not_submitted(client, draft):
    answer = client.post(at("plan_submit", draft.case))

    assert answer.status_code == 422
    assert answer.context["refused"]


def test_a_returned_plan_shows_what_must_change(client, lead, make_case, make_user):
    case = make_case(lead=lead, stage="planning")
    case.plans.create(
        version=1, state="submitted", author=lead, created_on=today() - dt.timedelta(days=1)
    )
    client.force_login(make_user("section_head"))

    empty = client.post(at("plan_decide", case), {"decision": "return", "note": ""})
    client.post(at("plan_decide", case), {"decision": "return", "note": "Tambah tujuan."})

    assert empty.status_code == 422
    assert "Tambah tujuan." in client.get(at("plan_tab", case)).text


def test_the_author_sees_who_decides_on_the_plan(client, lead, make_case):
    case = make_case(lead=lead, stage="planning")
    case.plans.create(version=1, state="submitted", author=lead, created_on=today())

    page = client.get(at("plan_tab", case))

    assert not page.context["decision"]
    assert page.context["decision"].who


def test_the_head_of_another_section_does_not_decide(client, lead, make_case, make_user, office):
    case = make_case(lead=lead, stage="planning")
    case.plans.create(version=1, state="submitted", author=lead, created_on=today())
    client.force_login(make_user("section_head", section=office.sections.get(kind="security")))

    answer = client.post(at("plan_decide", case), {"decision": "approve"})

    assert answer.status_code == 403


def test_there_is_no_goal_where_there_is_no_version_in_work(client, lead, make_case):
    case = make_case(lead=lead, stage="intervention")

    assert client.post(at("plan_goal_new", case), GOAL).status_code == 404
