"""R-INBOX-1, 2, 3, 6, 7, 8: what the holder of a task does with it."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from pulih.access.models import AuditEvent, Compartment
from pulih.access.roles import Role
from pulih.common.clock import today
from pulih.common.errors import RuleError
from pulih.inbox.actions import (
    block_task,
    complete_task,
    reassign_task,
    resume_tasks,
    see_task,
    snooze_task,
    unblock_task,
    wait_for,
)
from pulih.inbox.models import Queue, Subject, Task
from tests.inbox.reading import open_tasks

TOMORROW = dt.timedelta(days=1)


def test_the_owner_completes_a_task(make_user, make_task):
    owner = make_user()
    task = make_task(owner)

    complete_task(task=task, outcome="Sudah dikunjungi", by=owner)

    done = Task.objects.visible_to(owner).get()
    assert done.ending == Task.Ending.DONE
    assert done.outcome == "Sudah dikunjungi"
    assert done.done_by == owner


def test_completing_leaves_one_line_in_the_trail(make_user, make_task):
    owner = make_user()

    complete_task(task=make_task(owner), by=owner)

    assert AuditEvent.objects.filter(verb="task.completed", actor=owner).count() == 1


def test_a_colleague_does_not_complete_it(make_user, make_task):
    task = make_task(make_user())

    with pytest.raises(PermissionDenied):
        complete_task(task=task, by=make_user())


def test_who_asked_for_a_task_does_not_complete_it_for_its_holder(make_user, make_task):
    asker = make_user()
    task = make_task(make_user(), by=asker)

    with pytest.raises(PermissionDenied):
        complete_task(task=task, by=asker)


def test_a_task_ends_once(make_user, make_task):
    owner = make_user()
    task = make_task(owner)
    complete_task(task=task, by=owner)

    with pytest.raises(RuleError) as refusal:
        complete_task(task=task, by=owner)

    assert refusal.value.rule == "R-INBOX-1"


def test_the_head_of_the_section_completes_a_task_of_the_queue(make_user, make_task, section):
    head = make_user("section_head")
    task = make_task(Queue(Role.SECTION_HEAD, section))

    assert complete_task(task=task, by=head).done_by == head


def test_the_head_of_another_section_does_not_see_the_queue(make_user, make_task, office, section):
    other = make_user("section_head", section=office.sections.exclude(pk=section.pk).first())
    task = make_task(Queue(Role.SECTION_HEAD, section))

    assert open_tasks(other) == []
    with pytest.raises(PermissionDenied):
        complete_task(task=task, by=other)


def test_a_queue_without_a_section_serves_the_whole_role(make_user, make_task):
    officer = make_user("data_officer")
    task = make_task(Queue(Role.DATA_OFFICER))

    assert open_tasks(officer) == [task]


def test_a_weekly_task_returns_after_it_is_done(make_user, make_task):
    owner = make_user()
    task = make_task(owner, due_on=today(), recurrence=Task.Recurrence.WEEKLY, body="Klien P")

    complete_task(task=task, by=owner)

    (following,) = open_tasks(owner)
    assert following.due_on == today() + dt.timedelta(days=7)
    assert following.body == "Klien P"
    assert following.follows_id == task.pk


def test_a_task_done_once_does_not_return(make_user, make_task):
    owner = make_user()

    complete_task(task=make_task(owner, due_on=today()), by=owner)

    assert open_tasks(owner) == []


def test_a_task_is_put_off_with_a_reason(make_user, make_task):
    owner = make_user()
    task = make_task(owner)

    snooze_task(task=task, until=today() + TOMORROW, reason="Klien di rumah sakit", by=owner)

    later = Task.objects.visible_to(owner).get()
    assert later.snoozed_until == today() + TOMORROW
    assert later.snooze_reason == "Klien di rumah sakit"


@pytest.mark.parametrize(("days", "reason"), [(0, "Sibuk"), (-3, "Sibuk"), (1, "  ")])
def test_a_task_is_not_put_off_to_the_past_or_without_reason(make_user, make_task, days, reason):
    owner = make_user()
    until = today() + dt.timedelta(days=days)

    with pytest.raises(RuleError) as refusal:
        snooze_task(task=make_task(owner), until=until, reason=reason, by=owner)

    assert refusal.value.rule == "R-INBOX-6"


def test_the_owner_hands_a_task_to_a_colleague(make_user, make_task):
    owner, colleague = make_user(), make_user()
    task = make_task(owner)

    reassign_task(task=task, to=colleague, reason="Cuti", by=owner)

    assert open_tasks(owner) == []
    assert open_tasks(colleague) == [task]


def test_the_trail_tells_from_whom_to_whom(make_user, make_task):
    owner, colleague = make_user(), make_user()

    reassign_task(task=make_task(owner), to=colleague, reason="Cuti", by=owner)

    event = AuditEvent.objects.get(verb="task.reassigned")
    assert event.detail == {"from": owner.full_name, "to": colleague.full_name}
    assert event.reason == "Cuti"


def test_somebody_of_the_queue_takes_a_task(make_user, make_task, section):
    worker = make_user()
    task = make_task(Queue(Role.SOCIAL_WORKER, section))

    reassign_task(task=task, to=worker, by=worker)

    assert Task.objects.visible_to(worker).get().owner == worker


def test_a_stranger_does_not_hand_over(make_user, make_task):
    task = make_task(make_user())

    with pytest.raises(PermissionDenied):
        reassign_task(task=task, to=make_user(), by=make_user())


def test_somebody_who_left_receives_nothing(make_user, make_task):
    owner, gone = make_user(), make_user(is_active=False)

    with pytest.raises(RuleError) as refusal:
        reassign_task(task=make_task(owner), to=gone, by=owner)

    assert refusal.value.rule == "R-INBOX-2"


def test_a_sealed_task_goes_only_to_who_may_know(office, make_user, make_task):
    owner, outsider = make_user(), make_user()
    room = Compartment.objects.create(office=office)
    room.members.create(user=owner, valid_from=today(), purpose="kasus")
    task = make_task(owner, about=Subject(office=office, compartment=room))

    with pytest.raises(RuleError) as refusal:
        reassign_task(task=task, to=outsider, by=owner)

    assert refusal.value.rule == "R-INBOX-3"


def test_a_sealed_task_does_not_exist_for_its_owner_without_membership(
    office, make_user, make_task
):
    owner = make_user()
    room = Compartment.objects.create(office=office)

    make_task(owner, about=Subject(office=office, compartment=room))

    assert open_tasks(owner) == []


def test_a_task_waits_for_an_answer_until_it_comes(make_user, make_task):
    owner = make_user()
    task = wait_for(task=make_task(owner), on="RSUD", by=owner)
    assert task.is_waiting

    task = wait_for(task=task, on="", by=owner)

    assert not task.is_waiting


def test_what_a_task_waited_for_has_come_by_somebody_else(make_user, make_task, make_case):
    owner, other = make_user(), make_user()
    case = make_case()
    task = make_task(owner, about=Subject.of(case))
    wait_for(task=task, on="Pekerja sosial", by=owner)

    resume_tasks(subject_id=case.pk, kind="follow_up", by=other)

    task.refresh_from_db()
    assert not task.is_waiting
    assert AuditEvent.objects.get(verb="task.resumed").actor == other


def test_a_blocked_task_says_why(make_user, make_task):
    owner = make_user()
    task = block_task(task=make_task(owner), reason="Belum ada NIK", by=owner)
    assert task.blocked_reason == "Belum ada NIK"

    task = unblock_task(task=task, by=owner)

    assert not task.is_blocked


def test_a_task_is_not_blocked_without_a_reason(make_user, make_task):
    owner = make_user()

    with pytest.raises(RuleError):
        block_task(task=make_task(owner), reason=" ", by=owner)


def test_a_task_is_new_until_its_holder_opens_it(make_user, make_task):
    owner, asker = make_user(), make_user()
    task = make_task(owner, by=asker)

    assert see_task(task=task, by=asker).seen_at is None
    assert see_task(task=task, by=owner).seen_at is not None
