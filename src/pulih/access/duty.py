"""Who is at work now: whoever is logged in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from allauth.usersessions.models import UserSession

from pulih.access.models import User
from pulih.common.clock import now

SEEN_WITHIN = dt.timedelta(hours=8)
"""As long as a session lasts at most (R-ACC-102)."""


def on_duty(users: Iterable[User]) -> list[User]:
    """Those of the users who are logged in, and were seen within a session's longest time.

    Source: R-ACC-182, docs/rules/access.md.
    """
    candidates = {user.pk: user for user in users}
    seen = UserSession.objects.filter(
        user__in=candidates, last_seen_at__gt=now() - SEEN_WITHIN
    ).values_list("user", flat=True)
    return [candidates[pk] for pk in set(seen)]
