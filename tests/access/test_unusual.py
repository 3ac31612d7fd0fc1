"""Where an auditor looks first: openings that no work explains, many, late, and refusals."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from pulih.access.unusual import list_unusual
from pulih.cases.tasks import warn_of_denials_of
from pulih.common.clock import today
from pulih.inbox.models import Notice

NOON = dt.datetime(2026, 3, 4, 5, 0, tzinfo=dt.UTC)  # a Wednesday, 12.00 in Jakarta
NIGHT = dt.datetime(2026, 3, 4, 15, 0, tzinfo=dt.UTC)  # 22.00
SUNDAY = dt.datetime(2026, 3, 8, 5, 0, tzinfo=dt.UTC)
URL = "access:unusual"


@pytest.fixture
def auditor(make_user):
    return make_user("auditor")


def kinds(auditor, day):
    return [
        (line.what, line.count, line.records)
        for line in list_unusual(user=auditor, first=day, last=day)
    ]


def open_case(client, user, case, times=1):
    client.force_login(user)
    for _ in range(times):
        client.get(reverse("cases:detail", args=[case.number]))


@time_machine.travel(NOON, tick=False)
def test_the_work_of_a_day_is_not_unusual(client, make_case, make_user, auditor):
    lead = make_user()
    open_case(client, lead, make_case(lead=lead, restricted=True), times=3)

    assert kinds(auditor, today()) == []


@time_machine.travel(NOON, tick=False)
def test_an_opening_without_work_on_the_case_is_told(client, make_case, make_user, auditor):
    chief = make_user("head_of_office")
    open_case(client, chief, make_case(restricted=True), times=2)

    assert kinds(auditor, today()) == [("no_tie", 2, 1)]


@pytest.mark.parametrize("moment", [NIGHT, SUNDAY])
def test_an_opening_outside_office_hours_is_told(client, make_case, make_user, auditor, moment):
    with time_machine.travel(moment, tick=False):
        lead = make_user()
        open_case(client, lead, make_case(lead=lead, restricted=True))

        assert kinds(auditor, today()) == [("off_hours", 1, 1)]


@time_machine.travel(NOON, tick=False)
def test_many_sealed_openings_of_a_day_are_told(client, make_case, make_user, auditor, settings):
    settings.PULIH_MANY_SEALED = 3
    lead = make_user()
    cases = [make_case(lead=lead, sealed=True) for _ in range(3)]
    for case in cases[:2]:
        open_case(client, lead, case)
    assert kinds(auditor, today()) == []

    open_case(client, lead, cases[2])

    assert kinds(auditor, today()) == [("many_sealed", 3, 3)]


@time_machine.travel(NOON, tick=False)
def test_three_refusals_of_a_day_are_told_to_head_and_auditor_once(
    client, make_case, make_user, auditor
):
    worker, head = make_user(), make_user("section_head")
    hidden = make_case(sealed=True)
    open_case(client, worker, hidden, times=2)
    assert warn_of_denials_of(today()) == 0

    open_case(client, worker, hidden)

    assert kinds(auditor, today()) == [("denials", 3, 1)]
    assert warn_of_denials_of(today()) == 1
    assert warn_of_denials_of(today()) == 0
    told = Notice.objects.unscoped(reason="the test reads it").filter(kind="denied_often")
    assert {notice.user for notice in told} == {head, auditor}
    assert hidden.number not in str(told[0].title) + str(told[0].body)


@time_machine.travel(NOON, tick=False)
def test_a_page_that_refuses_tells_nobody_itself(client, make_case, make_user, auditor):
    open_case(client, make_user(), make_case(sealed=True), times=4)

    assert not Notice.objects.unscoped(reason="the test reads it").exists()


@time_machine.travel(NOON, tick=False)
def test_the_page_leads_to_the_lines_and_names_no_record(client, make_case, make_user, auditor):
    chief, case = make_user("head_of_office"), make_case(restricted=True)
    open_case(client, chief, case)
    client.force_login(auditor)

    page = client.get(reverse(URL))

    assert page.status_code == 200
    assert chief.full_name in page.text
    assert case.person.full_name not in page.text
    [line] = page.context["lines"]
    lines = client.get(line["url"])
    assert [one["event"].subject_label for one in lines.context["lines"]] == [case.number]


def test_days_the_wrong_way_round_are_refused_in_words(client, auditor):
    client.force_login(auditor)

    page = client.get(reverse(URL), {"first": "2026-03-05", "last": "2026-03-01"})

    assert page.status_code == 422


@pytest.mark.parametrize("role", ["social_worker", "head_of_office", "administrator"])
def test_the_list_is_the_auditors_alone(client, make_user, role):
    client.force_login(make_user(role))

    assert client.get(reverse(URL)).status_code == 403


def test_for_others_the_query_gives_nothing(make_user):
    assert list_unusual(user=make_user(), first=today(), last=today()) == []
