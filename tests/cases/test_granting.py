"""R-CASE-331, R-CASE-332: one case is opened by name, between two days, for reading alone."""

import datetime as dt

import pytest
import time_machine
from allauth.usersessions.models import UserSession
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from pulih.access.models import AuditEvent, CompartmentMember
from pulih.access.policy import Action
from pulih.cases.actions.excluding import exclude_user
from pulih.cases.actions.granting import end_grant, grant_case
from pulih.cases.actions.naming import confirm_name
from pulih.cases.actions.team import remove_member
from pulih.cases.intake_facts import GrantFacts
from pulih.cases.models import Case
from pulih.common.clock import now, today
from pulih.common.errors import RuleError

DAY = dt.timedelta(days=1)


@pytest.fixture
def guide(make_user):
    """A member of the team who guides students."""
    return make_user()


@pytest.fixture
def student(make_user):
    return make_user("student")


@pytest.fixture
def closed(make_case, lead, guide):
    """A restricted case of `lead`."""
    return make_case(lead=lead, team=[guide], restricted=True)


def sees(user, case, action=Action.CASE_READ):
    fresh = type(user).objects.get(pk=user.pk)
    return Case.objects.visible_to(fresh, action).filter(pk=case.pk).exists()


def facts(user, guide, **values):
    return GrantFacts(
        **{
            "user": user,
            "supervisor": guide,
            "purpose": "Belajar asesmen",
            "valid_from": today(),
            "valid_until": today() + 3 * DAY,
            **values,
        }
    )


def test_a_student_reads_the_case_between_the_two_days(closed, lead, guide, student):
    later = facts(student, guide, valid_from=today() + DAY)
    grant_case(case=closed, facts=later, by=lead)

    assert not sees(student, closed)
    with time_machine.travel(now() + DAY):
        assert sees(student, closed)
    with time_machine.travel(now() + 4 * DAY):
        assert not sees(student, closed)


def test_a_grant_lets_nobody_work_on_the_case(closed, lead, guide, student):
    grant_case(case=closed, facts=facts(student, guide), by=lead)

    for action in (Action.CASE_WORK, Action.CASE_ASSIGN, Action.CASE_GRANT, Action.CASE_CLOSE):
        assert not sees(student, closed, action)


def test_a_student_without_a_grant_sees_no_case_at_all(make_case, student):
    make_case()

    assert not Case.objects.visible_to(student).exists()


def test_a_student_needs_somebody_of_the_team_who_guides(closed, lead, student, make_user):
    for guide in (None, make_user(), student):
        with pytest.raises(RuleError) as refusal:
            grant_case(case=closed, facts=facts(student, guide), by=lead)
        assert refusal.value.rule == "R-CASE-332"


def test_the_door_closes_when_the_guide_leaves_the_team(closed, lead, guide, student):
    grant_case(case=closed, facts=facts(student, guide), by=lead)
    before = sees(student, closed)

    remove_member(case=closed, user=guide, reason="Mutasi", by=lead)

    assert before
    assert not sees(student, closed)


def test_the_door_closes_when_the_guide_no_longer_works_here(closed, lead, guide, student):
    grant_case(case=closed, facts=facts(student, guide), by=lead)

    type(guide).objects.filter(pk=guide.pk).update(is_active=False)

    assert not sees(student, closed)


def test_an_ended_grant_is_gone_with_the_next_request(client, closed, lead, guide, student):
    grant = grant_case(case=closed, facts=facts(student, guide), by=lead)
    client.force_login(student)
    page = reverse("cases:detail", args=[closed.number])
    before = client.get(page).status_code

    end_grant(grant=grant, reason="Pindah kelompok", by=lead)

    assert before == 200
    assert client.get(page).status_code == 404


def test_a_role_that_ends_takes_the_grant_with_it(closed, lead, guide, student):
    grant_case(case=closed, facts=facts(student, guide), by=lead)

    student.grants.update(valid_until=today() - DAY)

    assert not sees(student, closed)


@pytest.mark.parametrize("role", ["academic_supervisor", "examiner", "front_desk", "auditor"])
def test_lecturers_and_others_are_not_granted_a_case(closed, lead, make_user, role):
    with pytest.raises(RuleError) as refusal:
        grant_case(case=closed, facts=facts(make_user(role), None), by=lead)

    assert refusal.value.rule == "R-CASE-331"


@pytest.mark.parametrize(
    "wrong",
    [
        {"purpose": " "},
        {"valid_from": dt.date(2020, 1, 1)},
        {"valid_until": dt.date(2020, 1, 1)},
        {"valid_until": dt.date(2999, 1, 1)},
    ],
)
def test_a_grant_has_a_purpose_and_days_that_fit(closed, lead, guide, student, wrong):
    with pytest.raises(RuleError):
        grant_case(case=closed, facts=facts(student, guide, **wrong), by=lead)


def test_a_second_grant_waits_for_the_end_of_the_first(closed, lead, guide, student):
    grant_case(case=closed, facts=facts(student, guide), by=lead)
    with pytest.raises(RuleError):
        grant_case(case=closed, facts=facts(student, guide), by=lead)

    with time_machine.travel(now() + 5 * DAY):
        grant_case(case=closed, facts=facts(student, guide), by=lead)
        assert sees(student, closed)


def test_only_lead_and_heads_grant(closed, guide, student, make_user):
    for user in (guide, student, make_user("auditor"), make_user("administrator")):
        with pytest.raises(PermissionDenied):
            grant_case(case=closed, facts=facts(student, guide), by=user)


def test_nobody_grants_a_case_to_who_is_shut_out(closed, lead, guide, student, make_user):
    head = make_user("section_head")
    grant_case(case=closed, facts=facts(student, guide), by=lead)

    exclude_user(case=closed, user=student, reason="Saudara", by=head)

    assert not sees(student, closed)
    with pytest.raises(RuleError):
        grant_case(case=closed, facts=facts(student, guide), by=lead)


def test_in_a_sealed_case_a_second_officer_confirms(make_case, lead, guide, student, make_user):
    head = make_user("section_head")
    UserSession.objects.create(user=head, ip="127.0.0.1", session_key="x", last_seen_at=now())
    sealed = make_case(lead=lead, team=[guide, head], sealed=True)

    grant = grant_case(case=sealed, facts=facts(student, guide), by=lead)
    before = sees(student, sealed)
    confirm_name(member=CompartmentMember.objects.get(user=student), by=head)

    assert not before
    assert sees(student, sealed)
    with time_machine.travel(now() + 4 * DAY):
        assert not sees(student, sealed)
    end_grant(grant=grant, reason="Selesai", by=lead)
    assert not sees(student, sealed)


def test_the_trail_and_the_story_tell_of_it(closed, lead, guide, student):
    grant = grant_case(case=closed, facts=facts(student, guide), by=lead)
    end_grant(grant=grant, reason="Selesai", by=lead)

    verbs = AuditEvent.objects.filter(subject_id=str(closed.pk)).values_list("verb", flat=True)
    assert {"case.grant_given", "case.grant_ended"} <= set(verbs)
    assert {event.kind for event in closed.events.all()} >= {"grant_given", "grant_ended"}


def test_the_page_grants_and_ends(client, closed, lead, guide, student):
    client.force_login(lead)
    page = reverse("cases:grant", args=[closed.number])
    sent = {
        "user": student.pk,
        "supervisor": guide.pk,
        "purpose": "Belajar asesmen",
        "valid_from": today().isoformat(),
        "valid_until": (today() + DAY).isoformat(),
    }

    without_guide = client.post(page, {**sent, "supervisor": ""})
    client.post(page, sent)
    team = client.get(reverse("cases:team", args=[closed.number]))
    [grant] = team.context["grants"]
    client.post(reverse("cases:grant_end", args=[closed.number, grant.pk]), {"reason": "Selesai"})

    assert without_guide.status_code == 422
    assert "supervisor" in without_guide.context["form"].errors
    assert grant.user == student
    assert not sees(student, closed)


def test_the_lead_finds_the_way_on_the_page_of_the_team(client, closed, lead, guide, student):
    grant = grant_case(case=closed, facts=facts(student, guide), by=lead)
    client.force_login(lead)

    page = client.get(reverse("cases:team", args=[closed.number])).content.decode()

    assert reverse("cases:grant", args=[closed.number]) in page
    assert reverse("cases:grant_end", args=[closed.number, grant.pk]) in page


def test_a_student_finds_no_button_that_leads_nowhere(client, closed, lead, guide, student):
    grant_case(case=closed, facts=facts(student, guide), by=lead)
    client.force_login(student)

    page = client.get(reverse("cases:detail", args=[closed.number])).content.decode()

    assert reverse("people:detail", args=[closed.person_id]) not in page
    assert reverse("cases:serve", args=[closed.number]) not in page
    for name in ("cases:grant", "cases:note"):
        assert client.get(reverse(name, args=[closed.number])).status_code in {403, 404}
