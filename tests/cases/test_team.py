"""R-CASE-14 to R-CASE-17: the team of a case, handover, and who may know of a sealed one."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from pulih.access.models import AuditEvent
from pulih.cases.actions.team import (
    add_member,
    name_lead,
    name_reader,
    remove_member,
    remove_reader,
)
from pulih.cases.models import Case
from pulih.common.clock import today
from pulih.common.errors import RuleError
from pulih.inbox.models import Notice


def sees(user, case):
    return Case.objects.visible_to(user).filter(pk=case.pk).exists()


def test_the_lead_adds_a_member_who_then_sees_a_restricted_case(make_user, make_case):
    lead, colleague = make_user(), make_user()
    case = make_case(lead=lead, restricted=True)

    add_member(case=case, user=colleague, by=lead)

    assert sees(colleague, case)
    assert AuditEvent.objects.filter(verb="case.member_added").count() == 1
    assert case.events.get().kind == "member_added"


def test_a_member_of_a_sealed_case_is_named_in_its_compartment(make_user, make_case):
    lead, colleague = make_user(), make_user()
    case = make_case(lead=lead, sealed=True)

    add_member(case=case, user=colleague, by=lead)

    assert sees(colleague, case)


def test_a_member_who_does_not_lead_adds_nobody(make_user, make_case):
    member = make_user()
    case = make_case(team=[member])

    with pytest.raises(PermissionDenied):
        add_member(case=case, user=make_user(), by=member)


@pytest.mark.parametrize("role", ["front_desk", "data_officer", "student", "head_of_office"])
def test_who_does_not_work_with_cases_is_not_added(make_user, make_case, role):
    lead = make_user()

    with pytest.raises(RuleError) as refusal:
        add_member(case=make_case(lead=lead), user=make_user(role), by=lead)

    assert refusal.value.rule == "R-CASE-15"


def test_a_head_of_another_section_is_not_added(make_user, make_case, office):
    lead = make_user()
    head = make_user("section_head", section=office.sections.get(kind="security"))

    with pytest.raises(RuleError) as refusal:
        add_member(case=make_case(lead=lead), user=head, by=lead)

    assert refusal.value.rule == "R-CASE-15"


def test_nobody_is_added_twice_or_from_tomorrow(make_user, make_case):
    lead, colleague = make_user(), make_user()
    case = make_case(lead=lead, team=[colleague])

    with pytest.raises(RuleError, match="already"):
        add_member(case=case, user=colleague, by=lead)
    with pytest.raises(RuleError, match="not come"):
        add_member(case=case, user=make_user(), on=today() + dt.timedelta(days=1), by=lead)


@pytest.mark.parametrize("role", ["section_head", "head_of_office"])
def test_the_head_names_the_first_lead(make_user, make_case, role):
    lead = make_user()
    case = make_case(lead=None)

    name_lead(case=case, user=lead, by=make_user(role))

    assert case.team.get(is_lead=True).user == lead
    assert Notice.objects.unscoped(reason="test").filter(user=lead, kind="lead_named").exists()


def test_a_worker_does_not_name_a_lead(make_user, make_case):
    worker = make_user()

    with pytest.raises(PermissionDenied):
        name_lead(case=make_case(lead=None), user=worker, by=worker)


def test_a_lead_hands_over_and_stays_on_the_team(make_user, make_case):
    former, heir = make_user(), make_user()
    case = make_case(lead=former)

    name_lead(case=case, user=heir, reason="Cuti panjang.", by=former)

    assert {row.user: row.is_lead for row in case.team.all()} == {former: False, heir: True}
    assert case.events.filter(kind="lead_changed").count() == 1


def test_a_handover_says_why(make_user, make_case):
    lead = make_user()

    with pytest.raises(RuleError) as refusal:
        name_lead(case=make_case(lead=lead), user=make_user(), by=lead)

    assert refusal.value.rule == "R-CASE-16"


def test_who_leads_already_is_not_named_again(make_user, make_case):
    lead = make_user()

    with pytest.raises(RuleError, match="already"):
        name_lead(case=make_case(lead=lead), user=lead, reason="x", by=lead)


@pytest.mark.parametrize("held", [{"restricted": True}, {"sealed": True}])
def test_who_leaves_the_team_loses_the_case_at_once(make_user, make_case, held):
    lead, colleague = make_user(), make_user()
    case = make_case(lead=lead, team=[colleague], **held)
    before = sees(colleague, case)

    remove_member(case=case, user=colleague, reason="Pindah tugas.", by=lead)

    assert before
    assert not sees(colleague, case)


def test_a_section_head_who_leaves_the_team_still_knows_of_a_sealed_case(make_user, make_case):
    lead, head = make_user(), make_user("section_head")
    case = make_case(lead=lead, team=[head], sealed=True)

    remove_member(case=case, user=head, reason="Tidak perlu.", by=lead)

    assert sees(head, case)


def test_a_lead_does_not_leave_before_handing_over(make_user, make_case):
    lead = make_user()

    with pytest.raises(RuleError, match="another lead first"):
        remove_member(case=make_case(lead=lead), user=lead, reason="Pindah.", by=lead)


def test_leaving_needs_a_reason_and_a_possible_day(make_user, make_case):
    lead, colleague = make_user(), make_user()
    case = make_case(lead=lead, team=[colleague])

    with pytest.raises(RuleError, match="Say why"):
        remove_member(case=case, user=colleague, reason=" ", by=lead)
    with pytest.raises(RuleError, match="before joining"):
        remove_member(
            case=case, user=colleague, reason="x", on=today() - dt.timedelta(days=60), by=lead
        )


def test_only_the_team_leaves_the_team(make_user, make_case):
    lead = make_user()

    with pytest.raises(RuleError, match="not on the team"):
        remove_member(case=make_case(lead=lead), user=make_user(), reason="x", by=lead)


def test_the_head_of_office_is_named_in_a_sealed_case(make_user, make_case):
    lead, head = make_user(), make_user("head_of_office")
    case = make_case(lead=lead, sealed=True)
    before = sees(head, case)

    name_reader(case=case, user=head, purpose="Menyetujui rencana.", by=lead)

    assert (before, sees(head, case)) == (False, True)


def test_readers_are_named_in_sealed_cases_alone_and_only_who_could_read(make_user, make_case):
    lead = make_user()

    with pytest.raises(RuleError, match="sealed case"):
        name_reader(case=make_case(lead=lead), user=make_user(), purpose="x", by=lead)
    with pytest.raises(RuleError) as refusal:
        name_reader(
            case=make_case(lead=lead, sealed=True),
            user=make_user("data_officer"),
            purpose="x",
            by=lead,
        )

    assert refusal.value.rule == "R-CASE-14"


def test_a_reader_who_is_no_longer_named_loses_the_case_at_once(make_user, make_case):
    lead, head, reader = make_user(), make_user("section_head"), make_user()
    case = make_case(lead=lead, sealed=True)
    for user in (head, reader):
        name_reader(case=case, user=user, purpose="Perlu tahu.", by=lead)

    remove_reader(case=case, user=reader, reason="Selesai.", by=lead)

    assert not sees(reader, case)


def test_a_sealed_case_keeps_a_section_head(make_user, make_case):
    lead, head = make_user(), make_user("section_head")
    case = make_case(lead=lead, sealed=True)
    name_reader(case=case, user=head, purpose="Kepala bidang.", by=lead)

    with pytest.raises(RuleError, match="at least one section head"):
        remove_reader(case=case, user=head, reason="x", by=lead)
