"""Tasks on a case that somebody of its team is asked to do."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from pulih.access import audit
from pulih.access.models import User
from pulih.access.policy import Action
from pulih.access.rules import may
from pulih.cases.models import Case
from pulih.common.errors import RuleError
from pulih.inbox.actions import When, open_task
from pulih.inbox.models import Subject, Task

CASE_TASK = "case_task"


@transaction.atomic
def ask_on_case(*, case: Case, title: str, to: User, when: When, body: str = "", by: User) -> Task:
    """Ask somebody of the team to do something for the case.

    Args:
        title: what is to be done, without a client's name.
        to: a member of the team now.
        when: due date, priority and how often it returns.

    Raises:
        PermissionDenied: `by` does not work on the case.
        RuleError: the receiver is not on the team, or there is no title.

    Source: R-CASE-51, docs/rules/cases.md.
    """
    may(by, Action.CASE_WORK, case).require()
    if not title.strip():
        raise RuleError(_("Say what is to be done."), rule="R-CASE-51")
    if not case.team.filter(user=to, left_on=None).exists():
        raise RuleError(_("Only somebody of the team is asked on a case."), rule="R-CASE-51")
    task = open_task(
        kind=CASE_TASK,
        title=title.strip(),
        about=Subject.of(case, "cases:detail", number=case.number),
        to=to,
        when=when,
        body=body.strip(),
        by=by,
    )
    audit.record("case.asked", actor=by, subject=case, detail={"task": str(task.pk)})
    return task
