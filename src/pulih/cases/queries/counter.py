"""Reading counter services, each for a user."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.db.models import BooleanField, Count, ExpressionWrapper, Q, QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone

from pulih.access.models import Section, Unit, User
from pulih.cases.models import Case, CounterService, ServiceOffer

RUNNING_SHOWN = 8
OF_A_PERSON = 10


@dataclass(frozen=True, slots=True)
class WantedServices:
    """What a list of counter services shows; an empty part does not narrow it.

    Attributes:
        overdue: only those whose promised day has passed.
        on: only those begun on this day.
    """

    state: str = ""
    offer: ServiceOffer | None = None
    section: Section | None = None
    unit: Unit | None = None
    on: dt.date | None = None
    mine: bool = False
    overdue: bool = False
    number: str = ""


def list_services(
    wanted: WantedServices, *, user: User, today: dt.date
) -> QuerySet[CounterService]:
    """The counter services the user may see, the latest first."""
    rows = CounterService.objects.visible_to(user)
    for lookup, value in (
        ("state", wanted.state),
        ("offer", wanted.offer),
        ("section", wanted.section),
        ("unit", wanted.unit),
        ("number__icontains", wanted.number.strip()),
    ):
        if value:
            rows = rows.filter(**{lookup: value})
    if wanted.mine:
        rows = rows.filter(started_by=user)
    if wanted.on is not None:
        begin = timezone.make_aware(dt.datetime.combine(wanted.on, dt.time()))
        rows = rows.filter(started_at__gte=begin, started_at__lt=begin + dt.timedelta(days=1))
    if wanted.overdue:
        rows = rows.filter(state__in=CounterService.RUNNING, due_on__lt=today)
    return rows.select_related("person", "offer", "section", "unit", "started_by").order_by(
        "-started_at"
    )


def count_services(wanted: WantedServices, *, user: User, today: dt.date) -> dict[str, int]:
    """How many each state has, by the filters that do not name a state."""
    rows = list_services(wanted, user=user, today=today).order_by().select_related(None)
    found = rows.values("state").annotate(count=Count("pk"))
    return {row["state"]: row["count"] for row in found}


def get_service(number: str, *, user: User) -> CounterService:
    """One counter service, or 404."""
    rows = CounterService.objects.visible_to(user).select_related(
        "person", "offer", "section", "unit", "started_by", "ended_by", "case", "office"
    )
    return get_object_or_404(rows, office=user.office_id, number=number)


def find_service(number: str, *, user: User) -> CounterService | None:
    """The counter service of a number, if the reader may see it."""
    rows = CounterService.objects.visible_to(user).select_related("offer")
    return rows.filter(office=user.office_id, number__iexact=number.strip()).first()


def due_services(*, user: User, today: dt.date, of_others: bool = False) -> list[CounterService]:
    """What is promised by today or was before; the longest overdue first.

    Args:
        of_others: without what the user began, which is a task of their own already.
    """
    rows = CounterService.objects.visible_to(user).filter(
        state__in=CounterService.RUNNING, due_on__lte=today
    )
    if of_others:
        rows = rows.exclude(started_by=user)
    return list(rows.select_related("person", "offer").order_by("due_on")[:RUNNING_SHOWN])


def services_of(person_id: UUID, *, user: User) -> list[CounterService]:
    """The counter services of a person, running ones first."""
    rows = CounterService.objects.visible_to(user).filter(person=person_id)
    ended = ExpressionWrapper(Q(ended_at__isnull=False), output_field=BooleanField())
    rows = rows.annotate(is_ended=ended).select_related("offer")
    return list(rows.order_by("is_ended", "-started_at")[:OF_A_PERSON])


def case_seen(service: CounterService, *, user: User) -> Case | None:
    """The case that a service became, if the reader may see it."""
    if service.case_id is None:
        return None
    return Case.objects.visible_to(user).filter(pk=service.case_id).first()
