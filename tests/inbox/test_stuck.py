"""R-INBOX-13: the head of office sees what waits for a decision that nobody can give."""

import pytest
from django.urls import reverse

from pulih.access.models import Compartment
from pulih.access.roles import Role
from pulih.common.clock import today
from pulih.inbox.actions import open_task
from pulih.inbox.models import Queue, Subject
from pulih.inbox.queries import stuck_tasks


@pytest.fixture
def office_head(make_user):
    return make_user("head_of_office")


@pytest.fixture
def ask(office, section, make_user):
    def ask(to=None, by=None, **about):
        return open_task(
            kind="approve_plan",
            title="Setujui rencana",
            about=Subject(office=office, **about),
            to=to or Queue(Role.SECTION_HEAD, section),
            by=by or make_user(),
        )

    return ask


def test_a_queue_that_nobody_serves_today_is_shown(office_head, ask, make_user):
    task = ask()
    before = stuck_tasks(user=office_head).tasks

    make_user("section_head")

    assert before == [task]
    assert stuck_tasks(user=office_head).tasks == []


def test_what_only_its_asker_could_decide_is_shown(office_head, ask, make_user):
    head = make_user("section_head")

    task = ask(by=head)

    assert stuck_tasks(user=office_head).tasks == [task]


def test_a_task_of_somebody_whose_time_is_over_is_shown(office_head, ask, make_user):
    worker = make_user()
    task = ask(to=worker)
    before = stuck_tasks(user=office_head).tasks

    worker.grants.update(valid_until=today().replace(year=today().year - 1))

    assert before == []
    assert stuck_tasks(user=office_head).tasks == [task]


def test_what_is_sealed_is_counted_and_not_shown(office, office_head, ask):
    ask(compartment=Compartment.objects.create(office=office))

    stuck = stuck_tasks(user=office_head)

    assert (stuck.tasks, stuck.sealed) == ([], 1)


def test_the_page_is_for_the_head_of_office(client, office_head, ask, make_user):
    task = ask()
    client.force_login(office_head)
    shown = client.get(reverse("inbox:stuck"))
    client.force_login(make_user())

    assert task.title in shown.content.decode()
    assert client.get(reverse("inbox:stuck")).status_code == 403
