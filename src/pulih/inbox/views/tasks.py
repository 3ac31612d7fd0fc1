"""The task list, one task, a task of one's own."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from pulih.access.guards import StaffRequest, guard
from pulih.access.policy import Action
from pulih.common.clock import today
from pulih.common.errors import RuleError
from pulih.inbox import queries, rules
from pulih.inbox.actions import When, open_task, see_task
from pulih.inbox.forms.tasks import CompleteForm, TaskForm
from pulih.inbox.models import Subject, Task
from pulih.inbox.queries import Tab

PAGE_ROWS = 25


def tab_labels() -> dict[Tab, str]:
    """The words on the tabs."""
    return {
        Tab.TODAY: _("Today"),
        Tab.OVERDUE: _("Late"),
        Tab.UPCOMING: _("Coming"),
        Tab.WAITING: _("Waiting"),
        Tab.DONE: _("Done"),
    }


@guard(Action.TASK_WORK)
@require_GET
def list_(request: StaffRequest, tab: str = Tab.TODAY) -> HttpResponse:
    """The tasks of one tab."""
    chosen = Tab(tab)
    rows = queries.list_tasks(chosen, user=request.user, today=today())
    page = Paginator(rows, PAGE_ROWS).get_page(request.GET.get("page"))
    lines = [
        {"task": task, "mine": rules.holds(request.user, task), "holder": rules.holder_of(task)}
        for task in page.object_list
    ]
    figures = queries.count_tabs(user=request.user, today=today())
    tabs = [
        {
            "label": label,
            "url": reverse("inbox:list" if tab == Tab.TODAY else "inbox:tab", args=_args(tab)),
            "active": tab == chosen,
            "count": figures.get(tab),
        }
        for tab, label in tab_labels().items()
    ]
    late = figures[Tab.OVERDUE] if chosen == Tab.TODAY else 0
    context = {"page": page, "lines": lines, "tabs": tabs, "tab": chosen, "late": late}
    return render(request, "inbox/list.html", context)


def _args(tab: Tab) -> list[str]:
    return [] if tab == Tab.TODAY else [tab]


@guard(Action.TASK_WORK)
@require_GET
def detail(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """One task, with what can be done about it."""
    task = queries.get_task(pk, user=request.user)
    if task.seen_at is None:
        see_task(task=task, by=request.user)
    return render(request, "inbox/detail.html", task_context(request, task))


def task_context(request: StaffRequest, task: Task) -> dict[str, Any]:
    """What the page of a task shows; the same rules as the actions ask."""
    return {
        "task": task,
        "holder": rules.holder_of(task),
        "can_work": task.is_open and bool(rules.may_work(request.user, task)),
        "can_hand_over": task.is_open and bool(rules.may_hand_over(request.user, task)),
        "can_take": task.is_open and task.owner_id is None and rules.holds(request.user, task),
        "is_put_off": bool(task.snoozed_until and task.snoozed_until > today()),
        "complete_form": CompleteForm(),
    }


@guard(Action.TASK_WORK)
@require_http_methods(["GET", "POST"])
def create(request: StaffRequest) -> HttpResponse:
    """A task of one's own."""
    form = TaskForm(request.POST or None)
    if form.is_valid():
        data = form.cleaned_data
        try:
            task = open_task(
                kind="own",
                title=data["title"],
                about=Subject(office=request.user.office),
                to=request.user,
                when=When(
                    data["due_on"],
                    Task.Priority(data["priority"]),
                    Task.Recurrence(data["recurrence"]),
                    data["every_days"],
                ),
                body=data["body"],
                by=request.user,
            )
        except RuleError as refusal:
            form.add_error(None, refusal.message)
        else:
            see_task(task=task, by=request.user)
            messages.success(request, _("The task is in your list."))
            return redirect("inbox:list")
    return render(request, "inbox/create.html", {"form": form}, status=422 if form.errors else 200)
