"""The task list as it may be exported."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pulih.access import lists
from pulih.access.models import User
from pulih.access.policy import Action
from pulih.common.clock import today
from pulih.inbox import queries, rules
from pulih.inbox.models import Task
from pulih.inbox.queries import Tab

TABS = {
    Tab.TODAY: gettext_lazy("Today"),
    Tab.OVERDUE: gettext_lazy("Late"),
    Tab.UPCOMING: gettext_lazy("Coming"),
    Tab.WAITING: gettext_lazy("Waiting"),
    Tab.DONE: gettext_lazy("Done"),
}


def install() -> None:
    """Declare the list of tasks."""
    lists.declare(
        lists.ListExport(
            code="tugas",
            title=gettext_lazy("Tasks"),
            noun="task",
            actions=(Action.TASK_WORK,),
            personal=True,
            home="inbox:list",
            ask=_ask,
            columns=(
                lists.Column(gettext_lazy("Task"), 44),
                lists.Column(gettext_lazy("About"), 18),
                lists.Column(gettext_lazy("Due"), 14),
                lists.Column(gettext_lazy("Held by"), 28),
                lists.Column(gettext_lazy("State"), 16),
                lists.Column(gettext_lazy("Asked by"), 28),
                lists.Column(gettext_lazy("Done on"), 18),
            ),
            lines=_lines,
        )
    )


def _ask(params: QueryDict, user: User) -> lists.Asked:
    asked = params.get("bagian", "")
    tab = Tab(asked) if asked in set(Tab) else Tab.TODAY
    rows = queries.list_tasks(tab, user=user, today=today()).filter(compartment=None)
    return lists.Asked(rows, [(_("Part of the task list"), str(TABS[tab]))])


def _lines(tasks: Sequence[Task]) -> Iterable[lists.Line]:
    for task in tasks:
        yield (
            str(task.title),
            task.subject_label,
            task.due_on,
            rules.holder_of(task),
            _state(task),
            task.created_by.full_name if task.created_by else "",
            task.done_at,
        )


def _state(task: Task) -> str:
    if task.done_at is not None:
        return _("done")
    if task.is_blocked:
        return _("blocked")
    return _("waiting") if task.is_waiting else _("open")
