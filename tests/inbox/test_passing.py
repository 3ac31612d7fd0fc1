"""R-INBOX-11: what is open about some records goes to a colleague, all at once."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from django.utils import translation

from pulih.access.models import AuditEvent, Compartment
from pulih.common.clock import today
from pulih.common.errors import RuleError
from pulih.inbox.actions import Slot, add_entry, complete_task, open_task, pass_on
from pulih.inbox.models import CalendarEntry, Subject, Task


@pytest.fixture
def holder(make_user):
    return make_user()


@pytest.fixture
def colleague(make_user):
    return make_user()


@pytest.fixture
def about(office):
    return Subject(office=office, kind="cases.case", id=uuid.uuid4(), label="K-1")


def owners(model, about):
    rows = model.objects.unscoped(reason="test").filter(subject_id=about.id)
    return list(rows.values_list("owner", flat=True))


def go(about, holder, colleague):
    return pass_on(subject_ids=[about.id], holder=holder, to=colleague, reason="BA-1", by=holder)


def test_open_tasks_and_coming_appointments_go_over(about, holder, colleague):
    open_task(kind="visit", title="Kunjungan", about=about, to=holder, by=holder)
    add_entry(title="Temu", about=about, to=holder, slot=Slot(today()), by=holder)

    assert go(about, holder, colleague) == 2
    assert owners(Task, about) + owners(CalendarEntry, about) == [colleague.pk] * 2
    assert AuditEvent.objects.filter(verb="task.reassigned").count() == 1


def test_what_is_done_or_past_stays(about, holder, colleague):
    task = open_task(kind="visit", title="Kunjungan", about=about, to=holder, by=holder)
    complete_task(task=task, by=holder)
    past = Slot(today() - dt.timedelta(days=1))
    add_entry(title="Temu", about=about, to=holder, slot=past, by=holder)

    assert go(about, holder, colleague) == 0


def test_an_appointment_that_the_colleague_has_already_stays_beside(about, holder, colleague):
    for user in (holder, colleague):
        add_entry(title="Temu", about=about, to=user, slot=Slot(today()), key="k", by=holder)

    assert go(about, holder, colleague) == 1
    assert owners(CalendarEntry, about) == [colleague.pk] * 2


def test_what_is_sealed_goes_to_nobody_who_may_not_know(office, holder, colleague):
    room = Compartment.objects.create(office=office)
    room.members.create(user=holder, valid_from=today(), purpose="test")
    about = Subject(office=office, compartment=room, kind="cases.case", id=uuid.uuid4())
    open_task(kind="visit", title="Kunjungan", about=about, to=holder, by=holder)

    with translation.override("en"), pytest.raises(RuleError, match="not named"):
        go(about, holder, colleague)
