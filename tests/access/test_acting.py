"""R-ACC-184 to R-ACC-186: acting heads, sets of roles, and the end of somebody's time here."""

import datetime as dt

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.urls import reverse

from pulih.access.actions.granting import Letter, give_preset, give_role
from pulih.access.models import AuditEvent, RoleGrant
from pulih.access.policy import Action
from pulih.access.roles import Role
from pulih.common.clock import now, today
from pulih.common.errors import RuleError

UNTIL = dt.timedelta(days=14)


@pytest.fixture
def administrator(make_user):
    return make_user("administrator")


@pytest.fixture
def worker(make_user):
    return make_user()


def letter(**values):
    return Letter(
        **{"acting": "daily", "number": "800/12/2026", "dated_on": dt.date(2026, 11, 1), **values}
    )


def acts(user, section, by, **values):
    return give_role(
        user=user,
        **{
            "role": Role.SECTION_HEAD,
            "section": section,
            "valid_from": today(),
            "valid_until": today() + UNTIL,
            "letter": letter(),
            **values,
        },
        by=by,
    )


def fresh(user):
    return type(user).objects.get(pk=user.pk)


def test_an_acting_head_approves_until_the_last_day(worker, section, administrator):
    acts(worker, section, administrator)

    assert fresh(worker).may(Action.PLAN_APPROVE)
    with time_machine.travel(now() + UNTIL + dt.timedelta(days=1)):
        assert not fresh(worker).may(Action.PLAN_APPROVE)


def test_the_role_is_told_with_its_capacity_and_letter(worker, section, administrator):
    grant = acts(worker, section, administrator)

    assert grant.in_capacity.startswith("Plh. ")
    assert fresh(worker).capacity(Role.SECTION_HEAD) == "daily 800/12/2026"
    detail = AuditEvent.objects.get(verb="role.given").detail
    assert detail["letter"] == "800/12/2026"


def test_who_holds_the_post_acts_by_no_letter(make_user):
    assert make_user("section_head").capacity(Role.SECTION_HEAD) == ""


@pytest.mark.parametrize(
    "wrong",
    [
        {"valid_until": None},
        {"letter": letter(number=" ")},
        {"letter": letter(dated_on=None)},
        {"letter": letter(acting="own")},
        {"role": Role.SOCIAL_WORKER},
    ],
)
def test_acting_needs_a_letter_a_last_day_and_a_head(make_user, section, administrator, wrong):
    with pytest.raises(RuleError):
        acts(make_user("front_desk"), section, administrator, **wrong)


def test_the_database_keeps_acting_by_letter_and_until_a_day(worker, section):
    with pytest.raises(IntegrityError), transaction.atomic():
        RoleGrant.objects.create(
            user=worker, role="section_head", section=section, valid_from=today(), acting="daily"
        )


def test_the_page_gives_an_acting_role(client, worker, section, administrator):
    client.force_login(administrator)
    sent = {
        "role": "section_head",
        "section": section.pk,
        "valid_from": today().isoformat(),
        "valid_until": (today() + UNTIL).isoformat(),
        "acting": "tasked",
        "letter_number": "",
        "letter_on": "2026-11-01",
    }
    url = reverse("access:give_role", args=[worker.pk])

    without = client.post(url, sent)
    client.post(url, {**sent, "letter_number": "800/13/2026"})

    assert without.status_code == 422
    assert "acting" in without.context["grant_form"].errors
    assert worker.grants.get(acting="tasked").letter_number == "800/13/2026"
    assert "Plt." in client.get(reverse("access:user", args=[worker.pk])).content.decode()


def test_a_set_gives_the_roles_that_are_missing(worker, section, administrator):
    given = give_preset(user=worker, preset="allround", section=section, by=administrator)

    assert [grant.role for grant in given] == [Role.FRONT_DESK]
    assert fresh(worker).roles == {"social_worker", "front_desk"}
    with pytest.raises(RuleError):
        give_preset(user=fresh(worker), preset="allround", section=section, by=administrator)


def test_a_set_without_its_section_gives_nothing(make_user, administrator):
    user = make_user("front_desk")

    with pytest.raises(RuleError):
        give_preset(user=user, preset="section", section=None, by=administrator)
    assert fresh(user).roles == {"front_desk"}


def test_the_page_gives_a_set(client, worker, section, administrator):
    client.force_login(administrator)
    url = reverse("access:give_preset", args=[worker.pk])

    client.post(url, {"preset": "section", "section": section.pk})

    assert "section_head" in fresh(worker).roles


def test_with_the_last_day_of_the_last_role_the_session_ends(client, make_user):
    student = make_user("student")
    client.force_login(student)
    before = client.get("/").status_code

    student.grants.update(valid_until=today() - dt.timedelta(days=1))
    after = client.get("/", follow=True)

    assert before == 200
    assert after.redirect_chain[-1][0].startswith(reverse("account_login"))
    assert "_auth_user_id" not in client.session


def test_who_never_had_a_role_or_will_have_one_stays_logged_in(client, make_user):
    waiting = make_user("student")
    waiting.grants.update(valid_from=today() + dt.timedelta(days=2))
    client.force_login(waiting)

    client.get("/")

    assert "_auth_user_id" in client.session
