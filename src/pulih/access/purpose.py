"""What for: asked before anything of a sealed record is shown.

Whoever is named without an end is asked once in a session and compartment. Anybody else, such as
somebody with a broken glass, a dated grant or a name that nobody confirmed yet, is asked for each
visit: it ends after a quarter of an hour, or when another sealed record is opened.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from pulih.access.models import CompartmentMember, User
from pulih.common.clock import today

KEPT = "pulih_purposes"
VISIT = 15 * 60
TO_SEND = 60 * 60
"""Seconds in which a form that was opened in a visit may still be sent; nothing typed is lost."""


class Purpose(models.TextChoices):
    """What a sealed record is opened for."""

    WORK = "work", _("Working on the case")
    SUPERVISION = "supervision", _("Supervising or approving")
    CONFERENCE = "conference", _("A case conference")
    LETTER = "letter", _("A letter, a report or a summons")
    LEARNING = "learning", _("Learning under supervision")
    EMERGENCY = "emergency", _("An emergency")
    OTHER = "other", _("Something else")


class PurposeNeededError(Exception):
    """The page shows something sealed, and its reader has yet to say what for."""

    def __init__(self, compartment: UUID) -> None:
        super().__init__(str(compartment))
        self.compartment = compartment


_page: ContextVar[HttpRequest | None] = ContextVar("page that is being drawn", default=None)


@contextmanager
def drawing(request: HttpRequest) -> Iterator[None]:
    """While a page is drawn, what it reads of sealed records asks for a purpose."""
    token = _page.set(request)
    try:
        yield
    finally:
        _page.reset(token)


def require(compartment: UUID | None, *, user: User) -> None:
    """Stop a page that shows something sealed until its reader has said what for.

    Work that no page asked for, such as a background task, is not asked.

    Raises:
        PurposeNeededError: nothing was said, or it is too long ago.

    Source: R-ACC-183, docs/rules/access.md.
    """
    request = _page.get()
    if compartment is None or request is None or not settings.PULIH_ASK_PURPOSE:
        return
    if not is_said(request.session, compartment, sends=request.method not in {"GET", "HEAD"}):
        raise PurposeNeededError(compartment)


def is_said(session: SessionBase, compartment: UUID, *, sends: bool = False) -> bool:
    """Was it said what for, and does that still hold?"""
    kept: dict[str, Any] = session.get(KEPT, {}).get(str(compartment)) or {}
    if not kept:
        return False
    return bool(kept["lasts"]) or time.time() - kept["at"] <= (TO_SEND if sends else VISIT)


def said(session: SessionBase, compartment: UUID) -> str:
    """What was said, as a code of the list; empty where nothing was."""
    kept: dict[str, Any] = session.get(KEPT, {}).get(str(compartment)) or {}
    return str(kept.get("code", ""))


def said_now(compartment: UUID | None) -> str:
    """What the reader of the page that is being drawn has said."""
    request = _page.get()
    if compartment is None or request is None:
        return ""
    return said(request.session, compartment)


def keep(session: SessionBase, compartment: UUID, code: str, *, user: User) -> None:
    """Remember in the session what was said; the words themselves lie in the trail alone."""
    lasts = _is_lasting(user, compartment)
    kept = session.get(KEPT, {})
    if not lasts:
        # A visit ends when another one begins.
        kept = {key: one for key, one in kept.items() if one["lasts"]}
    kept[str(compartment)] = {"code": code, "at": time.time(), "lasts": lasts}
    session[KEPT] = kept


def _is_lasting(user: User, compartment: UUID) -> bool:
    return CompartmentMember.objects.filter(
        CompartmentMember.lasting(), compartment=compartment, user=user, valid_from__lte=today()
    ).exists()
