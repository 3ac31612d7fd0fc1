"""What happened."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from pulih.access.guards import StaffRequest, guard
from pulih.access.policy import Action
from pulih.inbox import queries
from pulih.inbox.actions import read_notices

PAGE_ROWS = 25


@guard(Action.TASK_WORK)
@require_GET
def list_(request: StaffRequest) -> HttpResponse:
    """The reader's notices, newest first."""
    rows = queries.list_notices(user=request.user)
    page = Paginator(rows, PAGE_ROWS).get_page(request.GET.get("page"))
    unread = any(notice.read_at is None for notice in page.object_list)
    return render(request, "inbox/notices.html", {"page": page, "unread": unread})


@guard(Action.TASK_WORK)
@require_POST
def read(request: StaffRequest) -> HttpResponse:
    """Mark every notice as read."""
    unread = queries.list_notices(user=request.user).filter(read_at=None)
    read_notices(notices=list(unread), by=request.user)
    return redirect("inbox:notices")
