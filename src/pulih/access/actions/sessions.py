"""Ending sessions: one's own, or those of somebody whose access ends."""

from __future__ import annotations

from collections.abc import Collection

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction

from pulih.access import audit
from pulih.access.models import User


@transaction.atomic
def end_sessions(*, user: User, keys: Collection[str] | None = None, by: User) -> int:
    """End sessions of a user; the caller has asked its own rule when it is somebody else's.

    Args:
        keys: which; None for all.

    Returns:
        How many ended.

    Source: R-ACC-102, docs/rules/access.md.
    """
    rows = UserSession.objects.filter(user_id=user.pk)
    if keys is not None:
        rows = rows.filter(session_key__in=keys)
    ended = list(rows.values_list("session_key", flat=True))
    Session.objects.filter(session_key__in=ended).delete()
    rows.delete()
    if ended:
        audit.record("login.ended", actor=by, subject=user, detail={"sessions": len(ended)})
    return len(ended)
