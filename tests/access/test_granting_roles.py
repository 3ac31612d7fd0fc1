"""R-ACC-7, R-ACC-9, R-ACC-10: roles are given for a time and ended at once."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from pulih.access.actions.granting import end_role, give_role
from pulih.access.actions.users import deactivate_user
from pulih.access.models import AuditEvent, Office, RoleGrant, Section, User
from pulih.access.policy import Action
from pulih.access.roles import Role
from pulih.common.clock import today
from pulih.common.errors import RuleError

DAY = dt.timedelta(days=1)


@pytest.fixture
def administrator(make_user):
    return make_user("administrator")


def roles_of(user):
    return User.objects.get(pk=user.pk).roles


def give(user, by, role=Role.DATA_OFFICER, **values):
    return give_role(user=user, role=role, **{"valid_from": today(), **values}, by=by)


def test_a_role_counts_from_its_day(administrator, make_user):
    user = make_user()

    give(user, administrator)
    give(user, administrator, Role.AUDITOR, valid_from=today() + DAY)

    assert roles_of(user) == {"social_worker", "data_officer"}


def test_a_role_counts_on_its_last_day_and_not_after(make_user):
    user = make_user()

    user.grants.update(valid_until=today())
    assert roles_of(user) == {"social_worker"}

    user.grants.update(valid_until=today() - DAY)
    assert roles_of(user) == frozenset()


def test_a_role_is_told_in_the_trail(administrator, make_user):
    user = make_user()

    give(user, administrator, valid_until=today() + 30 * DAY)

    event = AuditEvent.objects.get(verb="role.given")
    assert event.subject_id == str(user.pk)
    assert event.detail["role"] == "data_officer"


def test_nobody_raises_themselves(administrator):
    with pytest.raises(PermissionDenied):
        give(administrator, administrator, Role.HEAD_OF_OFFICE)

    assert roles_of(administrator) == {"administrator"}


@pytest.mark.parametrize("role", [r for r in Role if r != Role.ADMINISTRATOR])
def test_only_the_administrator_gives_roles(make_user, role):
    with pytest.raises(PermissionDenied):
        give(make_user(), make_user(role), Role.AUDITOR)


def test_a_role_of_a_section_needs_one(administrator, make_user):
    with pytest.raises(RuleError) as refusal:
        give(make_user(), administrator, Role.SECTION_HEAD)

    assert refusal.value.rule == "R-ACC-10"


def test_the_section_is_of_the_office(administrator, make_user):
    far = Office.objects.create(code="far", name="Dinas lain", region_code="35.20")
    section = Section.objects.create(office=far, kind="protection", name="x")

    with pytest.raises(RuleError):
        give(make_user(), administrator, Role.SECTION_HEAD, section=section)


def test_a_role_of_the_office_drops_a_section(administrator, make_user, section):
    assert give(make_user(), administrator, section=section).section is None


def test_a_role_is_not_given_twice_in_a_time(administrator, make_user, section):
    user = make_user()

    with pytest.raises(RuleError):
        give(user, administrator, Role.SOCIAL_WORKER, section=section)


def test_a_role_may_be_held_in_two_sections(administrator, make_user, office, section):
    user = make_user()
    other = office.sections.exclude(pk=section.pk).first()

    give(user, administrator, Role.SOCIAL_WORKER, section=other)

    assert User.objects.get(pk=user.pk).section_ids == {section.pk, other.pk}


@pytest.mark.parametrize("days", [-1, -30])
def test_a_role_does_not_end_before_it_starts(administrator, make_user, days):
    with pytest.raises(RuleError):
        give(make_user(), administrator, valid_until=today() + days * DAY)


def test_a_closed_account_gets_no_role(administrator, make_user):
    with pytest.raises(RuleError):
        give(make_user(is_active=False), administrator)


def test_an_ended_role_is_gone_at_once(administrator, make_user):
    user = make_user()

    end_role(grant=user.grants.get(), reason="Mutasi", by=administrator)

    assert not User.objects.get(pk=user.pk).may(Action.CASE_READ)
    assert user.grants.get().valid_until == today() - DAY
    assert AuditEvent.objects.get(verb="role.ended").reason == "Mutasi"


def test_a_role_that_starts_today_is_taken_back_whole(administrator, make_user):
    user = make_user()
    grant = give(user, administrator)

    end_role(grant=grant, by=administrator)

    assert not RoleGrant.objects.filter(pk=grant.pk).exists()


def test_a_role_ends_once(administrator, make_user):
    grant = make_user().grants.get()
    end_role(grant=grant, by=administrator)

    with pytest.raises(RuleError):
        end_role(grant=grant, by=administrator)


@pytest.fixture
def acting(make_user):
    """An administrator whose own role ended while a request of theirs was under way."""
    user = make_user("administrator")
    user.current_grants  # noqa: B018 - read as at the start of the request
    user.grants.update(valid_until=today() - DAY)
    return user


def test_the_role_of_the_last_administrator_does_not_end(administrator, acting):
    with pytest.raises(RuleError) as refusal:
        end_role(grant=administrator.grants.get(), by=acting)

    assert refusal.value.rule == "R-ACC-9"


def test_the_account_of_the_last_administrator_is_not_closed(administrator, acting):
    with pytest.raises(RuleError) as refusal:
        deactivate_user(user=administrator, reason="x", by=acting)

    assert refusal.value.rule == "R-ACC-9"


def test_one_of_two_administrators_may_go(administrator, acting, make_user):
    make_user("administrator")

    end_role(grant=administrator.grants.get(), by=acting)

    assert roles_of(administrator) == frozenset()
