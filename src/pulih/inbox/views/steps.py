"""The steps that a task can take: done, put off, handed over, waiting, blocked."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from pulih.access.guards import StaffRequest, guard
from pulih.access.models import User
from pulih.access.policy import Action
from pulih.common.clock import today
from pulih.common.errors import RuleError
from pulih.inbox import queries
from pulih.inbox.actions import (
    block_task,
    complete_task,
    reassign_task,
    snooze_task,
    unblock_task,
    wait_for,
)
from pulih.inbox.forms.tasks import (
    BlockForm,
    CompleteForm,
    ReassignForm,
    SnoozeForm,
    WaitForm,
)
from pulih.inbox.models import Task


@dataclass(frozen=True, slots=True)
class Step:
    """What a step asks, what it does, and the words of its button and of its answer."""

    title: Promise
    button: Promise
    answer: Promise
    form: Callable[[Task, User, Any], forms.Form]
    take: Callable[[Task, User, dict[str, Any]], object]


STEPS: dict[str, Step] = {
    "selesai": Step(
        _("Complete the task"),
        _("Complete"),
        _("The task is done."),
        lambda task, user, data: CompleteForm(data),
        lambda task, user, values: complete_task(task=task, **values, by=user),
    ),
    "tunda": Step(
        _("Put the task off"),
        _("Put off"),
        _("The task is put off."),
        lambda task, user, data: SnoozeForm(data, today=today()),
        lambda task, user, values: snooze_task(task=task, **values, by=user),
    ),
    "alihkan": Step(
        _("Hand the task over"),
        _("Hand over"),
        _("The task is handed over."),
        lambda task, user, data: ReassignForm(
            data, receivers=queries.list_receivers(task, user=user)
        ),
        lambda task, user, values: reassign_task(task=task, **values, by=user),
    ),
    "tunggu": Step(
        _("Wait for an answer"),
        _("Wait"),
        _("The task waits."),
        lambda task, user, data: WaitForm(data),
        lambda task, user, values: wait_for(task=task, **values, by=user),
    ),
    "kendala": Step(
        _("Say what blocks the task"),
        _("Report as blocked"),
        _("The task is marked as blocked."),
        lambda task, user, data: BlockForm(data),
        lambda task, user, values: block_task(task=task, **values, by=user),
    ),
}


@guard(Action.TASK_WORK)
@require_http_methods(["GET", "POST"])
def step(request: StaffRequest, pk: uuid.UUID, name: str) -> HttpResponse:
    """Ask what a step needs, and take it."""
    task = queries.get_task(pk, user=request.user)
    chosen = STEPS[name]
    form = chosen.form(task, request.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            chosen.take(task, request.user, form.cleaned_data)
        except RuleError as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, str(chosen.answer))
            return _after(request)
    context = {"task": task, "step": chosen, "name": name, "form": form}
    template = "inbox/_step.html" if request.htmx else "inbox/step.html"
    return render(request, template, context, status=422 if form.errors else 200)


def _after(request: StaffRequest) -> HttpResponse:
    """Back to the list: the task may no longer be the reader's."""
    if request.htmx:
        answer = HttpResponse(status=204)
        answer["HX-Redirect"] = redirect("inbox:list").url
        return answer
    return redirect("inbox:list")


@guard(Action.TASK_WORK)
@require_POST
def take(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Take a task out of a queue for oneself."""
    task = queries.get_task(pk, user=request.user)
    try:
        reassign_task(task=task, to=request.user, by=request.user)
    except RuleError as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, _("The task is yours now."))
    return redirect("inbox:detail", pk)


@guard(Action.TASK_WORK)
@require_POST
def go_on(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """The answer came, or the block is gone."""
    task = queries.get_task(pk, user=request.user)
    try:
        if task.is_waiting:
            wait_for(task=task, on="", by=request.user)
        if task.is_blocked:
            unblock_task(task=task, by=request.user)
    except RuleError as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, _("The task goes on."))
    return redirect("inbox:detail", pk)


@guard(Action.TASK_WORK)
@require_POST
def quick_done(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Done from the list, without words; the row leaves it."""
    task = queries.get_task(pk, user=request.user)
    try:
        complete_task(task=task, by=request.user)
    except RuleError as refusal:
        messages.error(request, refusal.message)
        return redirect("inbox:detail", pk)
    if request.htmx:
        return render(request, "inbox/_done.html", {"task": task})
    messages.success(request, _("The task is done."))
    return redirect("inbox:list")
