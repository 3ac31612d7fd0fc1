"""R-INBOX-8: what stands in a user's day, and that it costs three queries."""

import datetime as dt

import pytest

from pulih.access.models import Compartment
from pulih.access.roles import Role
from pulih.common.clock import today
from pulih.inbox.actions import (
    Slot,
    add_entry,
    block_task,
    cancel_entry,
    complete_task,
    notify,
    read_notices,
    see_task,
    snooze_task,
    wait_for,
)
from pulih.inbox.models import CalendarEntry, Notice, Queue, Subject
from pulih.inbox.queries import Tab, count_tabs, counts, list_tasks, my_day

DAY = dt.timedelta(days=1)


@pytest.fixture
def owner(make_user):
    return make_user()


def groups(user):
    day = my_day(user=user, today=today())
    return {name: getattr(day, name) for name in ("due", "new", "waiting", "blocked")}


def test_each_task_stands_in_one_group(owner, make_task, make_user):
    due = make_task(owner, due_on=today())
    late = make_task(owner, due_on=today() - DAY)
    new = make_task(owner, due_on=today() + 9 * DAY)
    asked = make_task(make_user(), by=owner)
    blocked = block_task(task=make_task(owner, due_on=today()), reason="x", by=owner)
    waiting = wait_for(task=make_task(owner, due_on=today()), on="x", by=owner)

    found = groups(owner)

    assert found["due"] == [late, due]
    assert found["new"] == [new]
    assert (set(found["waiting"]), found["blocked"]) == ({asked, waiting}, [blocked])


def test_a_task_of_the_queue_is_due_too(owner, make_task, section):
    task = make_task(Queue(Role.SOCIAL_WORKER, section), due_on=today())

    assert groups(owner)["due"] == [task]


def test_a_task_put_off_returns_on_its_day(owner, make_task):
    task = make_task(owner, due_on=today())
    snooze_task(task=task, until=today() + DAY, reason="x", by=owner)
    assert groups(owner)["due"] == []

    later = my_day(user=owner, today=today() + DAY)

    assert later.due == [task]


def test_a_later_task_that_was_seen_is_not_new(owner, make_task):
    task = make_task(owner, due_on=today() + 9 * DAY)

    see_task(task=task, by=owner)

    assert groups(owner)["new"] == []


def test_a_day_costs_three_queries(owner, make_task, django_assert_num_queries):
    for _ in range(20):
        make_task(owner, due_on=today())
    owner.current_grants  # noqa: B018 - read once a request

    with django_assert_num_queries(3):
        my_day(user=owner, today=today())


def test_the_menu_counts_what_is_due_and_unread(owner, make_task, office):
    make_task(owner, due_on=today())
    make_task(owner, due_on=today() - DAY)
    make_task(owner, due_on=today() + DAY)
    notify(kind="x", title="x", about=Subject(office=office), to=[owner], by=None)

    found = counts(user=owner, today=today())

    assert (found.due, found.late, found.unread, found.badge) == (2, 1, 1, 3)


def test_a_count_is_the_length_of_its_list(owner, make_task, make_user):
    for due_on in (None, today(), today() - DAY, today() + DAY):
        task = make_task(owner, due_on=due_on)
        block_task(task=make_task(owner, due_on=due_on), reason="x", by=owner)
        make_task(make_user(), by=owner, due_on=due_on)
    snooze_task(task=task, until=today() + DAY, reason="x", by=owner)

    figures = count_tabs(user=owner, today=today())

    assert figures == {
        tab: list_tasks(tab, user=owner, today=today()).count() for tab in Tab if tab != Tab.DONE
    }


def test_no_open_task_is_in_no_tab(owner, make_task):
    made = [make_task(owner, due_on=d) for d in (None, today(), today() - DAY, today() + DAY)]
    made.append(block_task(task=make_task(owner), reason="x", by=owner))
    made.append(wait_for(task=make_task(owner), on="x", by=owner))
    snooze_task(task=made[0], until=today() + DAY, reason="x", by=owner)

    shown = {
        task
        for tab in (Tab.TODAY, Tab.OVERDUE, Tab.UPCOMING, Tab.WAITING)
        for task in list_tasks(tab, user=owner, today=today())
    }

    assert shown == set(made)


def test_what_was_done_is_listed(owner, make_task):
    task = complete_task(task=make_task(owner), by=owner)

    assert list(list_tasks(Tab.DONE, user=owner, today=today())) == [task]


def test_a_notice_is_told_once_for_a_key(owner, office):
    for _ in range(2):
        about = Subject(office=office)
        notify(kind="x", title="x", about=about, to=[owner], key="k", by=None)

    assert len(my_day(user=owner, today=today()).notices) == 1


def test_notices_of_others_stay_unread(owner, make_user, office):
    notify(kind="x", title="x", about=Subject(office=office), to=[owner], by=None)
    (notice,) = Notice.objects.visible_to(owner)

    assert read_notices(notices=[notice], by=make_user()) == 0
    assert read_notices(notices=[notice], by=owner) == 1


def test_a_notice_of_a_sealed_record_is_not_there_for_who_may_not_know(owner, office):
    room = Compartment.objects.create(office=office)
    about = Subject(office=office, compartment=room)

    notify(kind="x", title="x", about=about, to=[owner], by=None)

    assert my_day(user=owner, today=today()).notices == []


def test_appointments_of_the_day_are_there_once(owner, office):
    slot = Slot(today(), dt.time(9), dt.time(10), "Aula")
    for _ in range(2):
        about = Subject(office=office)
        add_entry(title="Rapat", about=about, to=owner, slot=slot, key="k", by=None)

    (entry,) = my_day(user=owner, today=today()).entries
    assert entry.place == "Aula"

    cancel_entry(entry=entry, by=owner)
    assert my_day(user=owner, today=today()).entries == []


def test_an_appointment_of_somebody_else_is_not_there(owner, make_user, office):
    slot = Slot(today())
    add_entry(title="Rapat", about=Subject(office=office), to=make_user(), slot=slot, by=None)

    assert not CalendarEntry.objects.visible_to(owner).exists()
