"""The queue of the counter today, for whoever serves there."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count

from pulih.access.models import User
from pulih.desk.models import Ticket

SHOWN = 12
ON_SCREEN = 5


@dataclass(frozen=True, slots=True)
class Line:
    """The queue as the counter sees it.

    Attributes:
        mine: the number that the reader has called and not let go.
        by_queue: how many wait, by letter.
    """

    waiting: list[Ticket]
    mine: Ticket | None
    missed: list[Ticket]
    by_queue: list[tuple[str, str, int]]
    waits: int
    served: int


def line_of_today(*, user: User, today: dt.date) -> Line:
    """Who waits, whom the reader has called, who did not come."""
    rows = Ticket.objects.visible_to(user).filter(day_on=today).select_related("offer")
    waiting = rows.filter(state=Ticket.State.WAITING)
    counted = dict(waiting.order_by().values_list("letter").annotate(count=Count("pk")))
    return Line(
        waiting=list(waiting.order_by("taken_at", "number")[:SHOWN]),
        mine=rows.filter(state=Ticket.State.CALLED, called_by=user).order_by("-called_at").first(),
        missed=list(rows.filter(state=Ticket.State.MISSED).order_by("-done_at")[:3]),
        by_queue=[
            (letter, str(label), counted.get(letter, 0)) for letter, label in Ticket.Queue.choices
        ],
        waits=sum(counted.values()),
        served=rows.filter(state=Ticket.State.SERVED).count(),
    )


def get_ticket(key: str, *, user: User) -> Ticket | None:
    """The number with this key, if the reader may see it."""
    try:
        wanted = UUID(key)
    except ValueError:
        return None
    return Ticket.objects.visible_to(user).filter(pk=wanted).select_related("offer").first()


def called_now(*, user: User, today: dt.date) -> list[Ticket]:
    """The numbers for the screen of the waiting room: the latest call first, no names at all."""
    rows = Ticket.objects.visible_to(user).filter(day_on=today, state=Ticket.State.CALLED)
    return list(rows.order_by("-called_at")[:ON_SCREEN])
