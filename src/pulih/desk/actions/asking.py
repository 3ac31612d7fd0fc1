"""Tasks and notices that follow from a letter; called inside an action.

Titles hold words and the agenda number, never what the letter says.
"""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.utils.translation import gettext as _

from pulih.access.models import User
from pulih.access.policy import Action
from pulih.access.roles import Role
from pulih.common.clock import today
from pulih.desk.models import Disposition, IncomingLetter
from pulih.inbox.actions import (
    When,
    complete_task,
    drop_tasks,
    notify,
    open_task,
    resume_tasks,
    wait_for,
)
from pulih.inbox.models import Queue, Subject, Task
from pulih.inbox.rules import may_work

DAYS_TO_HAND_ON = 1
HAND_ON = "hand_on_letter"
DISPOSITION = "disposition"
PAGE = "mail:letter"
_PRESSING = frozenset({IncomingLetter.Nature.URGENT, IncomingLetter.Nature.SECRET})


def about_letter(letter: IncomingLetter) -> Subject:
    """What a task about a letter is about."""
    return Subject.of(letter, PAGE, pk=letter.pk)


def letter_waits(letter: IncomingLetter, by: User) -> None:
    """Ask the head of office to hand a letter on; once for each time that it waits (R-DESK-42)."""
    taken_back = letter.dispositions.filter(parent=None).count()
    pressing = letter.nature in _PRESSING
    open_task(
        kind=HAND_ON,
        title=_("Hand on letter %(number)s") % {"number": letter.number},
        about=about_letter(letter),
        to=Queue(Role.HEAD_OF_OFFICE),
        when=When(
            today() + dt.timedelta(days=0 if pressing else DAYS_TO_HAND_ON), _priority(letter)
        ),
        key=f"letter:{letter.pk}:{taken_back}",
        by=by,
    )


def letter_is_handed_on(letter: IncomingLetter, by: User) -> None:
    """Close the task of the head of office."""
    _finish(letter.pk, HAND_ON, by)


def step_waits(step: Disposition, by: User) -> None:
    """Ask the receiver for what the disposition says; asked once (R-DESK-43)."""
    number = step.letter.number
    what = step.phrases[0] if step.instructions else _("See the note")
    open_task(
        kind=DISPOSITION,
        title=_("Disposition of letter %(number)s: %(what)s") % {"number": number, "what": what},
        about=_about_step(step),
        to=step.receiver,
        when=When(step.due_on, _priority(step.letter)),
        body=step.note,
        key=f"disposition:{step.pk}",
        by=by,
    )


def step_waits_below(step: Disposition, names: str, by: User) -> None:
    """The holder's own task waits until those below have answered."""
    for task in _own_tasks(step, by):
        wait_for(task=task, on=names, by=by)


def step_goes_on(step: Disposition, by: User) -> None:
    """Everybody below has answered: the holder is asked for the own answer again (R-DESK-44)."""
    resume_tasks(subject_id=step.pk, kind=DISPOSITION, by=by)


def step_is_answered(step: Disposition, by: User) -> None:
    """Close the receiver's task, and tell the sender what came back (R-DESK-44)."""
    _finish(step.pk, DISPOSITION, by)
    notify(
        kind="disposition_answered",
        title=_("Letter %(number)s: answered by %(name)s")
        % {"number": step.letter.number, "name": step.receiver.full_name},
        about=about_letter(step.letter),
        to=[step.sender],
        body=step.answer,
        key=f"answered:{step.pk}",
        by=by,
    )


def step_is_withdrawn(step: Disposition, by: User) -> None:
    """End the receiver's task, and tell them why."""
    drop_tasks(subject_id=step.pk, reason=step.withdraw_reason, by=by)
    notify(
        kind="disposition_withdrawn",
        title=_("Letter %(number)s: the disposition was taken back")
        % {"number": step.letter.number},
        about=Subject(office=step.letter.office, label=step.letter.number),
        to=[step.receiver],
        body=step.withdraw_reason,
        key=f"withdrawn:{step.pk}",
        by=by,
    )


def _about_step(step: Disposition) -> Subject:
    return Subject(
        office=step.letter.office,
        kind=step._meta.label_lower,
        id=step.pk,
        label=step.letter.number,
        url_name=PAGE,
        url_kwargs={"pk": str(step.letter_id)},
    )


def _priority(letter: IncomingLetter) -> Task.Priority:
    return Task.Priority.URGENT if letter.nature in _PRESSING else Task.Priority.NORMAL


def _own_tasks(step: Disposition, user: User) -> list[Task]:
    rows = Task.objects.visible_to(user, Action.TASK_WORK)
    return [t for t in rows.filter(subject_id=step.pk, done_at=None) if may_work(user, t)]


def _finish(subject_id: UUID, kind: str, by: User) -> None:
    rows = Task.objects.visible_to(by).filter(subject_id=subject_id, kind=kind, done_at=None)
    for task in rows:
        if may_work(by, task):
            complete_task(task=task, by=by)
    drop_tasks(subject_id=subject_id, kind=kind, by=by)
