"""One's own sessions: where one is logged in, and ending it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from pulih.access.actions.sessions import end_sessions
from pulih.access.guards import StaffRequest, signed_in
from pulih.access.queries import list_sessions


@signed_in("everybody sees where they are logged in")
@require_GET
def list_(request: StaffRequest) -> HttpResponse:
    """Where one is logged in, this session first."""
    here = request.session.session_key
    rows = sorted(list_sessions(request.user), key=lambda row: row.session_key != here)
    return render(request, "access/sessions.html", {"sessions": rows, "here": here})


@signed_in("everybody ends their own sessions")
@require_POST
def end(request: StaffRequest) -> HttpResponse:
    """End one of one's sessions, or all but this one."""
    chosen = request.POST.get("sesi", "")
    keys = [
        row.session_key
        for row in list_sessions(request.user)
        if row.session_key != request.session.session_key and chosen in {"", str(row.pk)}
    ]
    end_sessions(user=request.user, keys=keys, by=request.user)
    messages.success(
        request, _("The session has ended.") if chosen else _("The others have ended.")
    )
    return redirect("usersessions_list")
