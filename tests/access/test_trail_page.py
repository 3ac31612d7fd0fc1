"""R-ACC-13: the auditor reads who did what to which number, and no text of a case."""

import datetime as dt

import pytest
from django.db import transaction
from django.urls import reverse

from pulih.access import audit
from pulih.access.models import AuditEvent, Office
from pulih.access.roles import Role
from pulih.common.clock import today
from pulih.inbox.models import Subject, Task

TRAIL = "access:trail"


@pytest.fixture
def auditor(make_user, client):
    user = make_user("auditor")
    client.force_login(user)
    return user


def record(verb, actor, **values):
    with transaction.atomic():
        return audit.record(verb, actor=actor, **values)


def read(client, **query):
    return client.get(reverse(TRAIL), query)


@pytest.mark.parametrize("role", [r for r in Role if r != Role.AUDITOR])
def test_nobody_else_reads_the_trail(client, make_user, role):
    client.force_login(make_user(role))

    assert read(client).status_code == 403


def test_it_tells_who_and_what_and_the_number(client, auditor, make_user, office):
    worker = make_user()
    task = Task(office=office, owner=worker)
    Subject(office=office, label="K-2026-00007").describe(task)
    record("task.completed", worker, subject=task)

    text = read(client).text

    assert worker.full_name in text
    assert "K-2026-00007" in text


def test_it_shows_no_reason_and_no_detail(client, auditor, make_user):
    record("case.closed", make_user(), reason="Suminah dipulangkan", detail={"note": "RahasiaX"})

    text = read(client).text

    assert "Suminah" not in text
    assert "RahasiaX" not in text


def test_it_finds_by_what_who_when_and_number(client, auditor, make_user, office):
    first, second = make_user(), make_user()
    record("case.opened", first, subject=first)
    record("case.closed", second, subject=second)

    def shown(**query):
        return [line["event"].actor for line in read(client, **query).context["lines"]]

    assert shown(verb="case.opened") == [first]
    assert shown(actor=second.pk) == [second]
    assert shown(subject=str(first.pk)) == [first]


def test_it_finds_by_day(client, auditor, make_user):
    record("case.opened", make_user())
    tomorrow = today() + dt.timedelta(days=1)

    assert len(read(client, first=today(), last=today()).context["lines"]) == 1
    assert read(client, first=tomorrow).context["lines"] == []


def test_pages_follow_the_sequence_and_do_not_shift(client, auditor, make_user):
    worker = make_user()
    for _ in range(120):
        record("case.opened", worker)

    first = read(client)
    record("case.closed", worker)
    second = client.get(reverse(TRAIL) + first.context["earlier"])

    numbers = [line["event"].sequence for line in second.context["lines"]]
    assert numbers == list(range(70, 20, -1))


def test_a_page_costs_few_queries(client, auditor, make_user, django_assert_max_num_queries):
    for _ in range(60):
        record("case.opened", make_user())

    with django_assert_max_num_queries(8):
        read(client)


def test_a_nonsense_filter_is_refused(client, auditor):
    assert read(client, first="kemarin").status_code == 422
    assert read(client, verb="tidak.ada").status_code == 422


def test_the_trail_of_another_office_is_not_there(client, auditor, make_user):
    far = Office.objects.create(code="far", name="Dinas lain", region_code="35.20")
    record("case.opened", make_user(office=far))

    assert read(client).context["lines"] == []
    assert AuditEvent.objects.count() == 1


def test_a_sealed_event_says_only_that_it_is_sealed(client, auditor, make_user, make_case):
    case = make_case(sealed=True)
    record("case.opened", make_user(), subject=case)

    text = read(client).text

    assert "tone-sealed" in text
    assert case.person.full_name_sealed not in text
