"""What was given for the lines of the work programme, as far as the reader may see it.

A sealed service counts only for those who are named in its compartment: the figure is a count of
rows that the reader could open one by one, and of no others.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from pulih.access.models import Activity, User
from pulih.access.policy import Action
from pulih.cases.models import CounterService, ServiceRecord


@dataclass(frozen=True, slots=True)
class Realised:
    """What was given: services in cases and at the counter, people who received one, sessions."""

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
    """What was provided for each activity, over the rows that the user may see; two queries."""
    keys = list(activities)
    found = {
        row["activity"]: Realised(row["services"], row["people"], row["sessions"])
        for row in _provided(user)
        .filter(activity__in=keys)
        .order_by()
        .values("activity")
        .annotate(
            services=Count("pk"),
            people=Count("case__person", distinct=True),
            sessions=Count("session", distinct=True),
        )
    }
    # Whoever got a service in a case as well is one person, and counted there.
    also = _provided(user).filter(activity=OuterRef("activity"), case__person=OuterRef("person"))
    counter = (
        _finished(user)
        .filter(activity__in=keys)
        .annotate(in_case=Exists(also))
        .order_by()
        .values("activity")
        .annotate(
            services=Count("pk"),
            people=Count("person", distinct=True, filter=Q(in_case=False)),
        )
    )
    for row in counter:
        there = found.get(row["activity"], Realised())
        found[row["activity"]] = Realised(
            there.services + row["services"], there.people + row["people"], there.sessions
        )
    return found


def services_for(activity: Activity, *, user: User) -> QuerySet[ServiceRecord]:
    """The rows behind a figure: what was provided for an activity, the latest first."""
    rows = _provided(user).filter(activity=activity)
    return rows.select_related("case__person", "provider", "session").order_by(
        "-provided_on", "-recorded_at"
    )


def counter_services_for(activity: Activity, *, user: User) -> QuerySet[CounterService]:
    """The same at the counter: what was finished for an activity, the latest first."""
    rows = _finished(user).filter(activity=activity)
    return rows.select_related("person", "offer", "ended_by").order_by("-ended_at")


def _finished(user: User) -> QuerySet[CounterService]:
    rows = CounterService.objects.visible_to(user, Action.COUNTER_READ)
    return rows.filter(state=CounterService.State.DONE)


def _provided(user: User) -> QuerySet[ServiceRecord]:
    return ServiceRecord.objects.visible_to(user).filter(state=ServiceRecord.State.PROVIDED)
