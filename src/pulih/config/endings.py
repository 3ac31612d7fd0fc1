"""Which roles and named grants end soon, so that nobody is surprised by a shut door."""

from __future__ import annotations

import datetime as dt

from pulih.access.models import RoleGrant
from pulih.cases.models import CaseGrant
from pulih.common.clock import today

SOON = dt.timedelta(days=7)
SHOWN = 10


def ending_soon() -> str:
    """Users with the last day of a role or of a grant within a week; numbers and names of users."""
    first, last = today(), today() + SOON
    roles = RoleGrant.objects.filter(
        valid_until__range=(first, last), user__is_active=True
    ).select_related("user")
    grants = CaseGrant.objects.filter(
        valid_until__range=(first, last), ended_at=None
    ).select_related("user", "case")
    lines = [
        *(f"{row.user.username} as {row.role} on {row.valid_until}" for row in roles),
        *(f"{row.user.username} on a case on {row.valid_until}" for row in grants),
    ]
    if not lines:
        return "none ends within a week"
    more = f" and {len(lines) - SHOWN} more" if len(lines) > SHOWN else ""
    return f"{len(lines)} end within a week: {', '.join(sorted(lines)[:SHOWN])}{more}"
