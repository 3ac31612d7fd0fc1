"""R-CASE-24 to R-CASE-29: the plan, from its first goal to the approval by somebody else."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError

from pulih.access.models import AuditEvent
from pulih.cases.actions.approving import approve_plan, return_plan, submit_plan, take_back_plan
from pulih.cases.actions.planning import (
    record_agreement,
    remove_goal,
    remove_service,
    save_goal,
    save_service,
    set_summary,
    start_plan,
)
from pulih.cases.actions.team import name_reader
from pulih.cases.intake_facts import GoalFacts, ServiceFacts
from pulih.cases.models import Plan
from pulih.cases.rules import needs_met
from pulih.cases.stages import Need
from pulih.common.clock import today
from pulih.common.errors import RuleError
from pulih.inbox.models import Notice, Task

GOAL = GoalFacts("Tinggal di rumah", "social", ["a", "b", "c", "d", "e"])
SERVICE = ServiceFacts("F", text="Konseling")


@pytest.fixture
def case(make_case, lead):
    return make_case(lead=lead, stage="planning")


@pytest.fixture
def plan(case, lead):
    """A whole draft that the client has agreed to."""
    return whole(start_plan(case=case, by=lead), lead)


def whole(plan, by):
    save_goal(plan=plan, facts=GOAL, by=by)
    save_service(plan=plan, facts=SERVICE, by=by)
    return record_agreement(plan=plan, agreed_by="client", name="", on=today(), by=by)


def open_tasks():
    return Task.objects.unscoped(reason="test").filter(done_at=None)


def test_a_plan_begins_as_version_one(case, lead):
    plan = start_plan(case=case, by=lead)

    assert (plan.version, plan.state, plan.author) == (1, Plan.State.DRAFT, lead)
    assert case.events.get().kind == "plan_started"
    assert AuditEvent.objects.filter(verb="plan.started").count() == 1


def test_one_version_is_in_work_at_a_time(case, lead):
    start_plan(case=case, by=lead)

    with pytest.raises(RuleError) as refusal:
        start_plan(case=case, by=lead)

    assert refusal.value.rule == "R-CASE-24"


@pytest.mark.parametrize("stage", ["assessment", "termination"])
def test_a_plan_belongs_to_its_stage(make_case, lead, stage):
    with pytest.raises(RuleError) as refusal:
        start_plan(case=make_case(lead=lead, stage=stage), by=lead)

    assert refusal.value.rule == "R-CASE-1"


def test_who_does_not_work_on_the_case_writes_no_plan(case, plan, make_user):
    stranger = make_user()

    with pytest.raises(PermissionDenied):
        save_goal(plan=plan, facts=GOAL, by=stranger)
    with pytest.raises(PermissionDenied):
        submit_plan(plan=plan, by=stranger)


def test_goals_and_services_keep_their_order_and_their_link(case, lead):
    plan = start_plan(case=case, by=lead)
    first = save_goal(plan=plan, facts=GOAL, by=lead)
    second = save_goal(plan=plan, facts=GOAL, by=lead)

    service = save_service(plan=plan, facts=ServiceFacts("A", goal=second), by=lead)

    assert (first.position, second.position) == (1, 2)
    assert service.goal == second


@pytest.mark.parametrize(
    "values",
    [
        {"text": " "},
        {"area": "mood"},
        {"anchors": ["a", "b", "c", "d"]},
        {"anchors": ["a", "b", "c", "d", " "]},
        {"anchors": ["a", "b", "c", "d", "A"]},
        {"baseline": 2},
        {"baseline": -3},
        {"weight": 0},
        {"weight": 6},
    ],
)
def test_a_goal_is_scaled_or_refused(case, lead, values):
    facts = {"text": "Pulih", "area": "mental", "anchors": list("abcde"), **values}

    with pytest.raises(RuleError) as refusal:
        save_goal(plan=start_plan(case=case, by=lead), facts=GoalFacts(**facts), by=lead)

    assert refusal.value.rule == "R-CASE-26"


@pytest.mark.parametrize(
    "values",
    [
        {"kind": "L"},
        {"atensi": 8},
        {"planned_from": dt.date(2026, 3, 1), "planned_until": dt.date(2026, 2, 1)},
    ],
)
def test_a_planned_service_is_possible_or_refused(case, lead, values):
    with pytest.raises(RuleError) as refusal:
        save_service(
            plan=start_plan(case=case, by=lead),
            facts=ServiceFacts(**{"kind": "A", **values}),
            by=lead,
        )

    assert refusal.value.rule == "R-CASE-27"


def test_a_service_is_for_a_goal_of_the_same_version_and_by_a_worker(
    make_case, case, lead, make_user
):
    plan = start_plan(case=case, by=lead)
    other = make_case(lead=lead, stage="intervention").plans.get().goals.get()

    with pytest.raises(RuleError, match="another version"):
        save_service(plan=plan, facts=ServiceFacts("A", goal=other), by=lead)
    with pytest.raises(RuleError, match="responsible"):
        save_service(
            plan=plan, facts=ServiceFacts("A", responsible=make_user("front_desk")), by=lead
        )


def test_a_goal_taken_out_leaves_its_services_without_a_goal(case, lead):
    plan = start_plan(case=case, by=lead)
    goal = save_goal(plan=plan, facts=GOAL, by=lead)
    service = save_service(plan=plan, facts=ServiceFacts("A", goal=goal), by=lead)

    remove_goal(goal=goal, by=lead)

    service.refresh_from_db()
    assert service.goal is None


def test_an_agreement_needs_goals_and_services(case, lead):
    plan = start_plan(case=case, by=lead)

    with pytest.raises(RuleError, match="no goal"):
        record_agreement(plan=plan, agreed_by="client", name="", on=today(), by=lead)
    save_goal(plan=plan, facts=GOAL, by=lead)
    with pytest.raises(RuleError, match="no service"):
        record_agreement(plan=plan, agreed_by="client", name="", on=today(), by=lead)


@pytest.mark.parametrize(
    ("agreed_by", "on", "words"),
    [
        ("neighbour", today(), "who agreed"),
        ("guardian", today(), "Name the parent"),
        ("client", today() + dt.timedelta(days=1), "not come"),
        ("client", dt.date(2000, 1, 1), "before it is written"),
    ],
)
def test_an_agreement_says_who_and_when(plan, lead, agreed_by, on, words):
    with pytest.raises(RuleError, match=words):
        record_agreement(plan=plan, agreed_by=agreed_by, name="", on=on, by=lead)


def test_an_agreement_meets_its_need(case, plan):
    assert Need.PLAN_AGREED in needs_met(case)


@pytest.mark.parametrize(
    "change",
    [
        lambda plan, by: save_goal(plan=plan, facts=GOAL, by=by),
        lambda plan, by: remove_goal(goal=plan.goals.get(), by=by),
        lambda plan, by: save_service(plan=plan, facts=SERVICE, by=by),
        lambda plan, by: remove_service(service=plan.services.get(), by=by),
        lambda plan, by: set_summary(plan=plan, summary="Baru.", by=by),
    ],
)
def test_any_change_takes_the_agreement_back(plan, lead, change):
    change(plan, lead)

    plan.refresh_from_db()
    assert (plan.agreed_by, plan.agreed_on) == ("", None)


def test_a_plan_without_agreement_is_not_submitted(plan, lead):
    set_summary(plan=plan, summary="Baru.", by=lead)

    with pytest.raises(RuleError) as refusal:
        submit_plan(plan=plan, by=lead)

    assert refusal.value.rule == "R-CASE-29"


def test_a_submitted_plan_waits_with_the_section_head_and_is_not_changed(plan, lead, section):
    submit_plan(plan=plan, by=lead)

    task = open_tasks().get()
    assert (task.kind, task.queue_role, task.queue_section) == (
        "approve_plan",
        "section_head",
        section,
    )
    with pytest.raises(PermissionDenied):
        set_summary(plan=plan, summary="Baru.", by=lead)


def test_a_submitted_plan_is_taken_back_to_change_it(plan, lead):
    submit_plan(plan=plan, by=lead)

    taken = take_back_plan(plan=plan, by=lead)

    assert taken.is_editable
    assert not open_tasks().exists()


def test_the_section_head_approves(plan, case, lead, make_user):
    head = make_user("section_head")
    submit_plan(plan=plan, by=lead)

    approved = approve_plan(plan=plan, note="Baik.", by=head)

    assert (approved.state, approved.decided_by) == (Plan.State.APPROVED, head)
    assert Need.PLAN_APPROVED in needs_met(case)
    assert not open_tasks().exists()


def test_an_approval_is_told_to_the_author_the_story_and_the_trail(plan, case, lead, make_user):
    submit_plan(plan=plan, by=lead)

    approve_plan(plan=plan, by=make_user("section_head"))

    assert Notice.objects.unscoped(reason="test").get(kind="plan_approved").user == lead
    assert case.events.filter(kind="plan_approved").count() == 1
    assert AuditEvent.objects.filter(verb="plan.approved").count() == 1


def test_a_plan_is_never_approved_by_its_author(make_case, make_user):
    head = make_user("section_head")
    plan = whole(start_plan(case=make_case(stage="planning"), by=head), head)
    submit_plan(plan=plan, by=head)

    with pytest.raises(PermissionDenied, match="they wrote in"):
        approve_plan(plan=plan, by=head)


def test_who_changed_a_goal_has_written_in_the_plan_too(plan, lead, make_user):
    head = make_user("section_head")
    set_summary(plan=plan, summary="Dari kepala bidang.", by=head)
    record_agreement(plan=plan, agreed_by="client", name="", on=today(), by=lead)
    submit_plan(plan=plan, by=lead)

    with pytest.raises(PermissionDenied, match="they wrote in"):
        approve_plan(plan=plan, by=head)


def test_a_heads_own_plan_goes_to_the_head_of_office(make_case, make_user):
    head, chief = make_user("section_head"), make_user("head_of_office")
    plan = whole(start_plan(case=make_case(stage="planning"), by=head), head)

    submit_plan(plan=plan, by=head)

    assert open_tasks().get().queue_role == "head_of_office"
    assert approve_plan(plan=plan, by=chief).state == Plan.State.APPROVED


def test_the_database_refuses_an_approval_by_the_author(plan, lead):
    plan.state, plan.decided_by = Plan.State.APPROVED, lead

    with pytest.raises(IntegrityError):
        plan.save()


@pytest.mark.parametrize("role", ["social_worker", "data_officer", "front_desk", "auditor"])
def test_others_do_not_approve(plan, lead, make_user, role):
    submit_plan(plan=plan, by=lead)

    with pytest.raises(PermissionDenied):
        approve_plan(plan=plan, by=make_user(role))


def test_a_head_of_another_section_does_not_approve(plan, lead, make_user, office):
    submit_plan(plan=plan, by=lead)
    other = make_user("section_head", section=office.sections.get(kind="security"))

    with pytest.raises(PermissionDenied):
        approve_plan(plan=plan, by=other)


def test_only_a_submitted_plan_is_decided(plan, make_user):
    head = make_user("section_head")

    with pytest.raises(RuleError) as refusal:
        approve_plan(plan=plan, by=head)
    with pytest.raises(RuleError, match="does not wait"):
        return_plan(plan=plan, note="x", by=head)

    assert refusal.value.rule == "R-CASE-28"


def test_a_returned_plan_is_a_task_of_its_author_with_the_note(plan, lead, make_user):
    submit_plan(plan=plan, by=lead)

    returned = return_plan(plan=plan, note="Tambah tujuan sosial.", by=make_user("section_head"))

    task = open_tasks().get()
    assert returned.is_editable
    assert (task.kind, task.owner, task.body) == ("mend_plan", lead, "Tambah tujuan sosial.")


def test_a_plan_is_not_returned_without_a_word(plan, lead, make_user):
    submit_plan(plan=plan, by=lead)

    with pytest.raises(RuleError, match="what must change"):
        return_plan(plan=plan, note=" ", by=make_user("section_head"))


def test_a_new_version_copies_the_one_in_force_and_supersedes_it_when_approved(
    make_case, lead, make_user
):
    case = make_case(lead=lead, stage="intervention")
    former = case.plans.get()

    plan = start_plan(case=case, by=lead)
    record_agreement(plan=plan, agreed_by="guardian", name="Ibu", on=today(), by=lead)
    submit_plan(plan=plan, by=lead)
    approve_plan(plan=plan, by=make_user("section_head"))

    former.refresh_from_db()
    assert former.state == Plan.State.SUPERSEDED
    assert plan.goals.get().text == former.goals.get().text
    assert plan.services.get().goal == plan.goals.get()


def test_a_sealed_plan_by_its_head_waits_until_the_head_of_office_is_named(make_case, make_user):
    head, chief = make_user("section_head"), make_user("head_of_office")
    case = make_case(lead=head, stage="planning", sealed=True)
    plan = whole(start_plan(case=case, by=head), head)
    submit_plan(plan=plan, by=head)

    with pytest.raises(PermissionDenied):
        approve_plan(plan=plan, by=chief)
    name_reader(case=case, user=chief, purpose="Menyetujui rencana.", by=head)

    assert approve_plan(plan=plan, by=chief).state == Plan.State.APPROVED
