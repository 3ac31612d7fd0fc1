"""R-INBOX-4, R-INBOX-5: tasks are opened once and end with their subject."""

import uuid

import pytest
from django.db import IntegrityError, transaction

from pulih.access.models import AuditEvent
from pulih.access.roles import Role
from pulih.common.clock import today
from pulih.common.errors import RuleError
from pulih.inbox.actions import complete_task, drop_tasks
from pulih.inbox.models import Queue, Subject, Task
from tests.inbox.reading import open_tasks


def test_a_key_opens_one_task(make_user, make_task):
    owner = make_user()

    first = make_task(owner, key="follow-up:1")
    second = make_task(owner, key="follow-up:1")

    assert first == second
    assert open_tasks(owner) == [first]
    assert AuditEvent.objects.filter(verb="task.opened").count() == 1


def test_a_key_stays_used_after_the_task_was_done(make_user, make_task):
    owner = make_user()
    complete_task(task=make_task(owner, key="follow-up:1"), by=owner)

    make_task(owner, key="follow-up:1")

    assert open_tasks(owner) == []


def test_tasks_without_a_key_are_all_opened(make_user, make_task):
    owner = make_user()

    make_task(owner)
    make_task(owner)

    assert len(open_tasks(owner)) == 2


def test_the_tasks_of_a_subject_end_with_it(office, make_user, make_task):
    owner, head = make_user(), make_user("section_head")
    about = Subject(office=office, id=uuid.uuid4(), label="K-2026-00001")
    task = make_task(owner, about=about)
    kept = make_task(owner)

    drop_tasks(subject_id=about.id, reason="Kasus ditutup", by=head)

    assert open_tasks(owner) == [kept]
    dropped = Task.objects.visible_to(owner).get(pk=task.pk)
    assert dropped.ending == Task.Ending.DROPPED
    assert dropped.outcome == "Kasus ditutup"


def test_only_the_named_kind_is_dropped(office, make_user, make_task):
    owner = make_user()
    about = Subject(office=office, id=uuid.uuid4())
    make_task(owner, about=about, kind="approve_plan")
    kept = make_task(owner, about=about)

    drop_tasks(subject_id=about.id, kind="approve_plan", by=None)

    assert open_tasks(owner) == [kept]


def test_a_dropped_task_frees_its_key(office, make_user, make_task):
    owner = make_user()
    about = Subject(office=office, id=uuid.uuid4())
    make_task(owner, about=about, key="approve:1")
    drop_tasks(subject_id=about.id, by=None)

    again = make_task(owner, about=about, key="approve:1")

    assert open_tasks(owner) == [again]


@pytest.mark.parametrize(
    "when",
    [
        {"recurrence": Task.Recurrence.WEEKLY},
        {"recurrence": Task.Recurrence.EVERY, "due_on": today()},
    ],
)
def test_a_series_needs_a_date_and_a_step(make_task, when):
    with pytest.raises(RuleError) as refusal:
        make_task(**when)

    assert refusal.value.rule == "R-INBOX-4"


def test_the_trail_names_the_subject_by_its_number(office, make_task):
    make_task(about=Subject(office=office, label="K-2026-00012"))

    assert AuditEvent.objects.get(verb="task.opened").subject_label == "K-2026-00012"


def test_a_subject_is_made_of_a_row_and_its_page(make_user):
    user = make_user()

    subject = Subject.of(user, "access:profile", pk=user.pk)

    assert (subject.kind, subject.id) == ("access.user", user.pk)
    assert subject.url_kwargs == {"pk": str(user.pk)}


def test_the_database_refuses_a_task_of_nobody(office):
    with pytest.raises(IntegrityError), transaction.atomic():
        Task.objects.create(office=office, kind="x", title="x")


def test_a_queue_task_has_no_owner(make_task, section):
    task = make_task(Queue(Role.SECTION_HEAD, section))

    assert task.owner is None
    assert task.queue_section == section
