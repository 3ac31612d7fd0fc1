"""How long a session lasts: it ends when nobody used it, and at the end of the working day."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

SEEN, STARTED = "pulih_seen", "pulih_started"
WRITE_EVERY = 60
"""Seconds between two writes of “seen”, so that reading pages costs no write."""
POLL = "X-Poll"
"""Header of requests that a page sends by itself; they keep nothing alive."""


class SittingMiddleware:
    """Ends sessions that were idle too long or are too old (R-ACC-102)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            self._keep_or_end(request)
        return self.get_response(request)

    def _keep_or_end(self, request: HttpRequest) -> None:
        now = time.time()
        session = request.session
        seen, started = session.get(SEEN), session.get(STARTED)
        if started is None or seen is None:
            # Of before these clocks were: it starts now.
            start(request)
            return
        idle, whole = settings.PULIH_IDLE_SECONDS, settings.PULIH_SESSION_SECONDS
        if now - seen > idle:
            _end(request, _("You were away for a while, so the session ended. Log in again."))
        elif now - started > whole:
            _end(request, _("A session lasts one working day. Log in again."))
        elif now - seen >= WRITE_EVERY and POLL not in request.headers:
            session[SEEN] = now
            rows = UserSession.objects.filter(session_key=session.session_key)
            rows.update(last_seen_at=timezone.now())


def start(request: HttpRequest, **_more: Any) -> None:
    """A login starts the clocks; heard from the signal of every login."""
    request.session[SEEN] = request.session[STARTED] = time.time()


def _end(request: HttpRequest, words: str) -> None:
    logout(request)
    messages.info(request, words)
