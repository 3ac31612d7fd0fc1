"""What was given for the lines of the work programme, as far as the reader may see it.

A sealed service counts only for those who are named in its compartment: the figure is a count of
rows that the reader could open one by one, and of no others.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, QuerySet

from pulih.access.models import Activity, User
from pulih.cases.models import ServiceRecord


@dataclass(frozen=True, slots=True)
class Realised:
    """What was given: services, people who received one, group sessions."""

    services: int = 0
    people: int = 0
    sessions: int = 0

    def in_measure(self, measure: str) -> int:
        """The figure that a target of this measure is compared with."""
        if measure == Activity.Measure.PERSON:
            return self.people
        if measure == Activity.Measure.SESSION:
            return self.sessions
        return self.services


def realised_by_activity(activities: Iterable[UUID], *, user: User) -> dict[UUID, Realised]:
    """What was provided for each activity, over the rows that the user may see; one query."""
    rows = (
        _provided(user)
        .filter(activity__in=list(activities))
        .order_by()
        .values("activity")
        .annotate(
            services=Count("pk"),
            people=Count("case__person", distinct=True),
            sessions=Count("session", distinct=True),
        )
    )
    return {
        row["activity"]: Realised(row["services"], row["people"], row["sessions"]) for row in rows
    }


def services_for(activity: Activity, *, user: User) -> QuerySet[ServiceRecord]:
    """The rows behind a figure: what was provided for an activity, the latest first."""
    rows = _provided(user).filter(activity=activity)
    return rows.select_related("case__person", "provider", "session").order_by(
        "-provided_on", "-recorded_at"
    )


def _provided(user: User) -> QuerySet[ServiceRecord]:
    return ServiceRecord.objects.visible_to(user).filter(state=ServiceRecord.State.PROVIDED)
