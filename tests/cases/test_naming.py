"""R-CASE-330: a second officer says whether somebody may know of a sealed case."""

import datetime as dt

import pytest
from allauth.usersessions.models import UserSession
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from pulih.access.models import CompartmentMember
from pulih.cases.actions.excluding import exclude_user
from pulih.cases.actions.naming import confirm_name
from pulih.cases.actions.team import add_member, name_reader
from pulih.cases.models import Case
from pulih.common.clock import now, today
from pulih.inbox.models import Notice, Task


@pytest.fixture
def head(make_user):
    return make_user("section_head")


@pytest.fixture
def office_head(make_user):
    """The head of office, who is at work."""
    user = make_user("head_of_office")
    UserSession.objects.create(user=user, ip="127.0.0.1", session_key="x", last_seen_at=now())
    return user


@pytest.fixture
def sealed(make_case, head):
    return make_case(sealed=True, team=[head])


def sees(user, case):
    return Case.objects.visible_to(user).filter(pk=case.pk).exists()


def named(user):
    return CompartmentMember.objects.get(user=user)


def test_a_new_member_sees_the_sealed_case_once_a_second_officer_has_confirmed(
    sealed, head, office_head, make_user
):
    worker = make_user()

    add_member(case=sealed, user=worker, by=head)
    before = sees(worker, sealed)
    confirm_name(member=named(worker), by=office_head)

    assert not before
    assert sees(worker, sealed)


def test_the_second_officer_is_asked_by_number_and_the_first_is_told(
    sealed, head, office_head, make_user
):
    worker = make_user()
    name_reader(case=sealed, user=worker, purpose="Ahli bahasa isyarat", by=head)
    [task] = Task.objects.visible_to(office_head).filter(kind="confirm_name")

    confirm_name(member=named(worker), by=office_head)

    assert sealed.number in task.title
    assert not Task.objects.visible_to(office_head).filter(kind="confirm_name", done_at=None)
    assert Notice.objects.visible_to(head).filter(kind="confirm_name").count() == 1


@pytest.mark.parametrize("role", ["social_worker", "auditor", "administrator", "data_officer"])
def test_nobody_but_heads_confirms(sealed, head, office_head, make_user, role, client):
    worker, other = make_user(), make_user(role)
    add_member(case=sealed, user=worker, by=head)

    with pytest.raises(PermissionDenied):
        confirm_name(member=named(worker), by=other)
    client.force_login(other)
    assert client.get(reverse("cases:naming", args=[named(worker).pk])).status_code in {403, 404}


def test_a_head_who_is_shut_out_is_not_asked(sealed, head, office_head, make_user, client):
    worker = make_user()
    exclude_user(case=sealed, user=office_head, reason="Keluarga", by=head)
    add_member(case=sealed, user=worker, by=head)

    with pytest.raises(PermissionDenied):
        confirm_name(member=named(worker), by=office_head)
    client.force_login(office_head)
    assert client.get(reverse("cases:naming", args=[named(worker).pk])).status_code == 404


def test_the_page_tells_the_number_and_nothing_from_inside(
    client, sealed, head, office_head, make_user
):
    worker = make_user()
    name_reader(case=sealed, user=worker, purpose="Ahli bahasa isyarat", by=head)
    client.force_login(office_head)
    url = reverse("cases:naming", args=[named(worker).pk])

    page = client.get(url).content.decode()
    client.post(url)

    assert sealed.number in page
    assert "Ahli bahasa isyarat" in page
    assert sealed.person.own_name not in page
    assert sealed.problem not in page
    assert sees(worker, sealed)


def test_the_page_refuses_with_a_reason(client, sealed, head, office_head, make_user):
    worker = make_user()
    add_member(case=sealed, user=worker, by=head)
    client.force_login(office_head)
    url = reverse("cases:naming_refuse", args=[named(worker).pk])

    without = client.post(url, {"reason": ""})
    client.post(url, {"reason": "Bukan tugasnya"})

    assert without.status_code == 422
    assert named(worker).valid_until == today() - dt.timedelta(days=1)
    assert not sees(worker, sealed)


def test_who_named_is_told_that_another_officer_confirms(
    client, sealed, head, office_head, make_user
):
    worker = make_user()
    add_member(case=sealed, user=worker, by=head)
    client.force_login(head)

    page = client.get(reverse("cases:naming", args=[named(worker).pk]))
    team = client.get(reverse("cases:team", args=[sealed.number]))

    assert page.context["own"]
    assert [one.user for one in team.context["unconfirmed"]] == [worker]
