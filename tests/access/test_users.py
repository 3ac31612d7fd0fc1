"""R-ACC-7, R-ACC-8, R-ACC-9: users are added, changed and let go by the administrator."""

import pytest
from django.core.exceptions import PermissionDenied

from pulih.access.actions.users import (
    add_user,
    deactivate_user,
    edit_user,
    reactivate_user,
    reset_password,
)
from pulih.access.models import AuditEvent, Office, User
from pulih.common.errors import RuleError

NIP = "198501012010011001"


@pytest.fixture
def administrator(make_user):
    return make_user("administrator")


def add(administrator, username="siti.rahma", **values):
    return add_user(username=username, full_name="Siti Rahma", **values, by=administrator)


def test_a_new_user_logs_in_with_the_first_password(administrator):
    issued = add(administrator)

    user = User.objects.get(username="siti.rahma")
    assert user.check_password(issued.password)
    assert user.password_is_initial
    assert user.roles == frozenset()


def test_the_first_password_is_long_and_new_each_time(administrator):
    first, second = add(administrator).password, add(administrator, "budi").password

    assert len(first) >= 19
    assert first != second


def test_the_first_password_stands_in_no_trail(administrator):
    issued = add(administrator)

    event = AuditEvent.objects.get(verb="user.created")
    assert issued.password not in str(event.detail)
    assert issued.password not in repr(issued)


@pytest.mark.parametrize("role", ["section_head", "head_of_office", "auditor", "data_officer"])
def test_only_the_administrator_manages_users(make_user, role):
    other, by = make_user(), make_user(role)

    with pytest.raises(PermissionDenied):
        add(by)
    with pytest.raises(PermissionDenied):
        reset_password(user=other, by=by)
    with pytest.raises(PermissionDenied):
        edit_user(user=other, full_name="X", position="", nip="", by=by)


@pytest.mark.parametrize("username", ["ab", "Siti Rahma", "siti@kantor", "-siti", "a" * 61, ""])
def test_a_user_name_has_its_form(administrator, username):
    with pytest.raises(RuleError) as refusal:
        add(administrator, username)

    assert refusal.value.rule == "R-ACC-8"


def test_a_user_name_is_given_once(administrator):
    add(administrator)

    with pytest.raises(RuleError):
        add(administrator, "SITI.RAHMA")


def test_a_nip_belongs_to_one_user(administrator):
    add(administrator, nip=NIP)

    with pytest.raises(RuleError):
        add(administrator, "budi", nip=NIP)


def test_a_nip_has_eighteen_digits(administrator):
    with pytest.raises(RuleError):
        add(administrator, nip="19850101")


def test_a_nip_lies_encrypted(administrator):
    user = add(administrator, nip=NIP).user

    assert User.objects.get(pk=user.pk).nip == NIP
    assert NIP not in user.nip_index


def test_a_change_keeps_what_was_before(administrator, make_user):
    user = make_user(full_name="Siti")

    edit_user(user=user, full_name="Siti Rahma", position="Peksos", nip=NIP, by=administrator)

    detail = AuditEvent.objects.get(verb="user.edited").detail
    assert detail["before"]["full_name"] == "Siti"
    assert detail["after"]["full_name"] == "Siti Rahma"


def test_a_user_may_keep_their_nip(administrator):
    user = add(administrator, nip=NIP).user

    edit_user(user=user, full_name="Siti", position="", nip=NIP, by=administrator)

    assert User.objects.get(pk=user.pk).nip == NIP


def test_a_new_password_ends_the_open_sessions(client, administrator, make_user):
    user = make_user()
    client.force_login(user)

    reset_password(user=user, by=administrator)

    assert client.get("/").status_code == 302


def test_a_closed_account_is_out_at_once(client, administrator, make_user):
    user = make_user()
    client.force_login(user)

    deactivate_user(user=user, reason="Pindah tugas", by=administrator)

    assert client.get("/").status_code == 302
    assert AuditEvent.objects.get(verb="user.deactivated").reason == "Pindah tugas"


def test_an_account_is_not_closed_without_a_reason(administrator, make_user):
    with pytest.raises(RuleError):
        deactivate_user(user=make_user(), reason=" ", by=administrator)


def test_an_account_opened_again_has_a_new_password(administrator, make_user):
    user = make_user()
    deactivate_user(user=user, reason="x", by=administrator)

    issued = reactivate_user(user=user, by=administrator)

    found = User.objects.get(pk=user.pk)
    assert found.is_active
    assert found.check_password(issued.password)


@pytest.mark.parametrize("act", [reset_password, reactivate_user])
def test_nobody_changes_their_own_access(administrator, act):
    with pytest.raises(PermissionDenied):
        act(user=administrator, by=administrator)


def test_nobody_closes_their_own_account(administrator, make_user):
    make_user("administrator")

    with pytest.raises(PermissionDenied):
        deactivate_user(user=administrator, reason="x", by=administrator)


def test_users_of_another_office_are_not_managed(administrator, make_user):
    far = Office.objects.create(code="far", name="Dinas lain", region_code="35.20")
    stranger = make_user(office=far)

    with pytest.raises(PermissionDenied):
        reset_password(user=stranger, by=administrator)
    with pytest.raises(PermissionDenied):
        deactivate_user(user=stranger, reason="x", by=administrator)
