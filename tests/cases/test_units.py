"""R-CASE-86, R-CASE-87: cases go to units, and the head of a unit heads that unit alone."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from pulih.access.models import RoleGrant
from pulih.access.policy import Action, RecordClass
from pulih.access.rules import may
from pulih.cases.actions.approving import approve_plan
from pulih.cases.actions.reporting import receive_report
from pulih.cases.actions.telling import plan_waits, report_waits
from pulih.cases.actions.units import set_unit
from pulih.cases.intake_facts import Received
from pulih.cases.models import Plan
from pulih.cases.queries.cases import Wanted, list_cases
from pulih.cases.queries.intake import WantedReports, list_reports
from pulih.cases.queries.staff import heads_of
from pulih.cases.queries.workload import without_lead, workload
from pulih.common.errors import RuleError
from pulih.inbox.models import Task
from pulih.inbox.rules import may_work


@pytest.fixture
def units(section):
    return {unit.code: unit for unit in section.units.all()}


@pytest.fixture
def head(make_user):
    return make_user("section_head")


@pytest.fixture
def unit_head(make_user, units):
    user = make_user("section_head")
    RoleGrant.objects.filter(user=user).update(unit=units["disabilitas"])
    return user


def test_a_case_goes_to_a_unit(make_case, units, head):
    case = set_unit(case=make_case(), unit=units["disabilitas"], by=head)

    assert case.unit == units["disabilitas"]
    assert case.events.filter(kind="unit_changed").exists()


def test_another_unit_needs_a_reason(make_case, units, head):
    case = make_case(unit=units["tuna-sosial"])

    with pytest.raises(RuleError, match="why"):
        set_unit(case=case, unit=units["disabilitas"], by=head)


def test_a_unit_of_another_section_is_refused(make_case, units, head, office):
    case = make_case(section=office.sections.get(kind="security"))

    with pytest.raises(PermissionDenied):
        set_unit(case=case, unit=units["disabilitas"], by=head)


def test_the_same_unit_is_no_change(make_case, units, head):
    with pytest.raises(RuleError, match="already"):
        set_unit(case=make_case(unit=units["disabilitas"]), unit=units["disabilitas"], by=head)


@pytest.mark.parametrize("action", [Action.CASE_WORK, Action.PLAN_APPROVE, Action.CASE_REOPEN])
def test_the_head_of_a_unit_acts_within_it_alone(make_case, units, unit_head, action):
    own, other = make_case(unit=units["disabilitas"]), make_case(unit=units["tuna-sosial"])

    assert may(unit_head, action, own)
    assert not may(unit_head, action, other)
    assert not may(unit_head, action, make_case())


def test_the_head_of_the_section_acts_in_every_unit(make_case, units, head):
    assert may(head, Action.PLAN_APPROVE, make_case(unit=units["tuna-sosial"]))


def _submitted(case):
    return case.plans.create(
        version=9, state=Plan.State.SUBMITTED, author=case.team.get(is_lead=True).user,
        created_on=case.opened_on, agreed_by=Plan.AgreedBy.CLIENT, agreed_on=case.opened_on,
    )  # fmt: skip


def test_the_head_of_a_unit_does_not_approve_a_plan_of_another(make_case, units, unit_head):
    case = make_case(stage="planning", unit=units["tuna-sosial"])

    with pytest.raises(PermissionDenied):
        approve_plan(plan=_submitted(case), by=unit_head)


def test_a_restricted_case_of_another_unit_is_not_listed(make_case, units, unit_head):
    own = make_case(unit=units["disabilitas"], restricted=True)
    make_case(unit=units["tuna-sosial"], restricted=True)

    assert list(list_cases(Wanted(), user=unit_head)) == [own]


def test_the_head_of_a_unit_is_not_named_in_every_compartment(section, units, head, unit_head):
    assert set(heads_of(section)) == {head}
    assert set(heads_of(section, units["disabilitas"])) == {head, unit_head}
    assert set(heads_of(section, units["tuna-sosial"])) == {head}


def test_restricted_reports_of_another_unit_are_not_listed(make_report, units, unit_head):
    own = make_report(unit=units["disabilitas"], restricted=True)
    unassigned = make_report(restricted=True)
    make_report(unit=units["tuna-sosial"], restricted=True)

    assert set(list_reports(WantedReports(), user=unit_head)) == {own, unassigned}


def test_reports_are_narrowed_by_unit(make_report, units, head):
    own = make_report(unit=units["disabilitas"])
    make_report()

    assert list(list_reports(WantedReports(unit=units["disabilitas"]), user=head)) == [own]


def test_the_workload_counts_by_worker_and_unit(make_case, make_user, units, head, section):
    busy, helper = make_user(), make_user()
    make_case(lead=busy, unit=units["disabilitas"], team=[helper])
    make_case(lead=busy)
    make_case(lead=busy, stage="termination")

    loads = workload(section, user=head)

    assert [(load.user, load.total, load.helps) for load in loads] == [
        (busy, 2, 0),
        (helper, 0, 1),
    ]
    assert loads[0].leads[str(units["disabilitas"].pk)] == 1


def test_the_workload_does_not_count_what_the_reader_may_not_know(
    make_case, make_user, head, section
):
    make_case(lead=make_user(), sealed=True)

    assert workload(section, user=head) == []


def test_cases_without_a_lead_are_counted(make_case, head, section):
    make_case(lead=None)

    assert without_lead(section, user=head) == 1


def test_the_pages_open(client, make_case, units, head):
    client.force_login(head)
    case = make_case()

    assert client.get(reverse("cases:workload"), {"bidang": "x"}).status_code == 200
    address = reverse("cases:unit_set", args=[case.number])
    assert client.get(address).status_code == 200
    assert client.post(address, {"unit": units["disabilitas"].pk}).status_code == 302


def test_a_member_without_the_lead_does_not_open_it(client, make_user, make_case):
    member = make_user()
    case = make_case(team=[member])
    client.force_login(member)

    assert client.get(reverse("cases:unit_set", args=[case.number])).status_code == 403


def _tasks(kind):
    return Task.objects.unscoped(reason="test").filter(kind=kind, done_at=None)


def test_the_plan_of_a_unit_waits_for_the_head_of_the_unit(make_case, units, unit_head):
    case = make_case(stage="planning", unit=units["disabilitas"])
    plan = _submitted(case)

    plan_waits(plan, plan.author)

    assert _tasks("approve_plan").get().owner == unit_head


def test_the_head_of_a_unit_is_not_asked_about_an_own_plan(make_case, units, unit_head):
    case = make_case(stage="planning", unit=units["disabilitas"], lead=unit_head)
    plan = _submitted(case)

    plan_waits(plan, unit_head)

    assert _tasks("approve_plan").get().queue_role == "section_head"


def test_the_queue_of_the_section_is_not_the_unit_heads(make_report, head, unit_head):
    report_waits(make_report(), head)
    task = _tasks("decide_report").get()

    assert may_work(head, task)
    assert not may_work(unit_head, task)


def test_a_sealed_report_of_a_unit_is_known_to_the_head_of_the_unit(units, unit_head, make_user):
    facts = Received(
        channel="village", description="Dijanjikan kerja", ppks_kind=18, held=RecordClass.SEALED,
        section=units["disabilitas"].section, unit=units["disabilitas"],
    )  # fmt: skip

    report = receive_report(facts=facts, by=make_user("front_desk"))

    assert _tasks("decide_report").get().owner == unit_head
    assert list(list_reports(WantedReports(), user=unit_head)) == [report]


def test_who_may_not_know_of_a_sealed_case_is_not_asked_about_it(make_case, units, unit_head):
    case = make_case(stage="planning", unit=units["disabilitas"], sealed=True)
    plan = _submitted(case)

    plan_waits(plan, plan.author)

    assert _tasks("approve_plan").get().queue_role == "section_head"


def test_what_waits_goes_along_to_the_head_of_the_new_unit(make_case, units, head, unit_head):
    case = make_case(stage="planning", unit=units["tuna-sosial"])
    plan = _submitted(case)
    plan_waits(plan, plan.author)

    set_unit(case=case, unit=units["disabilitas"], reason="Salah seksi", by=head)

    assert _tasks("approve_plan").get().owner == unit_head


def test_nothing_is_asked_of_the_new_unit_that_did_not_wait(make_case, units, head, unit_head):
    set_unit(case=make_case(), unit=units["disabilitas"], by=head)

    assert not Task.objects.unscoped(reason="test").exists()
