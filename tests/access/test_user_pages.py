"""R-ACC-7, R-ACC-8, R-ACC-10: the pages of the administrator."""

import re

import pytest
from django.urls import reverse

from pulih.access.models import Office, RoleGrant, User
from pulih.access.roles import Role
from pulih.common.clock import today
from pulih.common.stamps import stamp_of


@pytest.fixture
def administrator(make_user, client):
    user = make_user("administrator")
    client.force_login(user)
    return user


def page(name, *args):
    return reverse(f"access:{name}", args=[getattr(arg, "pk", arg) for arg in args])


@pytest.mark.parametrize("role", [r for r in Role if r != Role.ADMINISTRATOR])
def test_nobody_else_opens_the_users(client, make_user, role):
    other = make_user()
    client.force_login(make_user(role))

    assert client.get(page("users")).status_code == 403
    assert client.get(page("user", other)).status_code == 403
    assert client.post(page("give_role", other)).status_code == 403


def test_the_list_shows_who_holds_what(client, administrator, make_user, section):
    user = make_user("section_head")

    text = client.get(page("users")).text

    assert user.full_name in text
    assert section.name in text


def test_the_head_of_a_unit_is_listed_with_the_unit(client, administrator, make_user, section):
    head = make_user("section_head")
    head.grants.update(unit=section.units.get(code="disabilitas"))

    page_text = client.get(page("users")).text

    assert "disabilitas" in page_text
    assert section.name not in page_text.split("<tbody>")[1]


def test_the_list_finds_by_name_role_and_state(client, administrator, make_user):
    make_user("auditor", full_name="Siti Rahma")
    make_user(full_name="Budi Santoso", is_active=False)

    assert "Siti" in client.get(page("users"), {"q": "rahma siti"}).text
    assert "Siti" not in client.get(page("users"), {"role": "social_worker"}).text
    assert "Budi" in client.get(page("users"), {"closed": "on"}).text


def test_the_list_costs_few_queries(
    client, administrator, make_user, django_assert_max_num_queries
):
    for _ in range(30):
        make_user()

    with django_assert_max_num_queries(9):
        client.get(page("users"))


def test_a_user_is_added_and_the_password_shown_once(client, administrator):
    answer = client.post(page("add_user"), {"full_name": "Siti", "username": "siti"})

    user = User.objects.get(username="siti")
    (shown,) = re.findall(r"\b[a-z2-9]{4}(?:-[a-z2-9]{4}){3}\b", answer.text)
    assert user.check_password(shown)
    assert answer["Cache-Control"] == "no-store"


def test_fields_that_the_form_does_not_have_are_not_taken(client, administrator):
    values = {"full_name": "Siti", "username": "siti", "is_active": "", "is_demo": "on"}
    client.post(page("add_user"), {**values, "role": "administrator", "office": "x"})

    user = User.objects.get(username="siti")
    assert (user.office, user.is_demo, user.is_active) == (administrator.office, False, True)
    assert not RoleGrant.objects.filter(user=user).exists()


def test_a_taken_user_name_is_told_on_the_page(client, administrator):
    values = {"full_name": "Siti", "username": administrator.username.replace("_", "-")}
    client.post(page("add_user"), values)

    assert client.post(page("add_user"), values).status_code == 422


def test_a_user_is_changed(client, administrator, make_user):
    user = make_user()
    assert client.get(page("edit_user", user)).status_code == 200

    values = {"full_name": "Siti Rahma", "position": "Peksos", "nip": "19850101 201001 1 001"}
    client.post(page("edit_user", user), {**values, "stamp": stamp_of(user)})

    assert User.objects.get(pk=user.pk).nip == "198501012010011001"


def test_a_wrong_nip_is_told_on_the_page(client, administrator, make_user):
    values = {"full_name": "Siti", "nip": "12"}

    assert client.post(page("edit_user", make_user()), values).status_code == 422


def test_a_role_is_given_and_ended(client, administrator, make_user):
    user = make_user()
    client.post(page("give_role", user), {"role": "auditor", "valid_from": today()})
    grant = user.grants.get(role="auditor")

    client.post(page("end_role", user, grant))

    assert not user.grants.filter(role="auditor").exists()


def test_a_role_without_its_section_is_told_on_the_page(client, administrator, make_user):
    values = {"role": "section_head", "valid_from": today()}

    assert client.post(page("give_role", make_user()), values).status_code == 422


def test_the_administrator_sees_why_not_oneself(client, administrator):
    text = client.get(page("user", administrator)).text

    assert page("give_role", administrator) not in text
    values = {"role": "auditor", "valid_from": today()}
    assert client.post(page("give_role", administrator), values).status_code == 403


def test_a_grant_of_somebody_else_is_not_ended_through_a_user(client, administrator, make_user):
    user, other = make_user(), make_user()

    answer = client.post(page("end_role", user, other.grants.get()))

    assert answer.status_code == 404


def test_an_account_is_closed_and_opened_again(client, administrator, make_user):
    user = make_user()
    client.post(page("deactivate_user", user), {"reason": "Pindah"})
    assert not User.objects.get(pk=user.pk).is_active

    answer = client.post(page("reactivate_user", user))

    assert User.objects.get(pk=user.pk).is_active
    assert "fs-2" in answer.text


def test_an_account_is_not_closed_without_a_reason(client, administrator, make_user):
    user = make_user()

    client.post(page("deactivate_user", user), {"reason": ""})

    assert User.objects.get(pk=user.pk).is_active


def test_a_password_is_reset(client, administrator, make_user):
    user = make_user(password="x")

    client.post(page("reset_password", user))

    assert User.objects.get(pk=user.pk).password_is_initial


def test_users_of_another_office_do_not_exist(client, administrator, make_user):
    far = Office.objects.create(code="far", name="Dinas lain", region_code="35.20")
    stranger = make_user(office=far, full_name="Orang Jauh")

    assert "Orang Jauh" not in client.get(page("users")).text
    assert client.get(page("user", stranger)).status_code == 404
    assert client.post(page("reset_password", stranger)).status_code == 404
