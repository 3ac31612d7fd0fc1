"""R-DESK-1: each role's first page shows what is due, new, waiting and blocked for that role."""

from __future__ import annotations

import pytest
from django.urls import reverse

from pulih.access.roles import Role
from pulih.common.clock import today
from pulih.desk.queries import desk_of
from pulih.inbox.actions import When, open_task
from pulih.inbox.models import Subject


@pytest.mark.parametrize("role", Role.values)
def test_every_role_has_a_first_page(client, make_user, role):
    client.force_login(make_user(role))

    assert client.get(reverse("day")).status_code == 200


def test_somebody_who_is_not_logged_in_is_sent_to_the_login(client, office):
    answer = client.get(reverse("day"))

    assert answer.status_code == 302
    assert answer.url.startswith(reverse("login"))


def test_a_task_of_today_is_due(make_user):
    user = make_user()
    about = Subject(office=user.office)
    open_task(kind="own", title="Telepon", about=about, to=user, when=When(today()), by=user)

    assert [task.title for task in desk_of(user, today=today()).day.due] == ["Telepon"]


def test_a_case_without_consent_is_blocked_with_who_can_help(make_user, make_case):
    lead = make_user()
    case = make_case(lead=lead, stage="approach")

    (blocked,) = desk_of(lead, today=today()).blocked

    assert blocked.case == case
    assert blocked.blocker.who


def test_a_new_report_of_the_section_is_shown_to_its_head(make_user, make_report):
    report = make_report()

    assert report in desk_of(make_user("section_head"), today=today()).reports


def test_a_sealed_report_is_not_on_the_page_of_who_may_not_know(make_user, make_report):
    make_report(sealed=True)

    assert desk_of(make_user("section_head"), today=today()).reports == []


def test_somebody_with_nothing_to_do_is_told_so(client, make_user):
    client.force_login(make_user("examiner"))

    assert "Tidak ada yang menunggu" in client.get(reverse("day")).content.decode()


def test_the_page_asks_few_questions(client, make_user, make_case, django_assert_max_num_queries):
    lead = make_user()
    for _ in range(5):
        make_case(lead=lead, stage="planning")
    client.force_login(lead)

    with django_assert_max_num_queries(14):
        client.get(reverse("day"))
