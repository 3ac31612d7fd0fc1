"""Reading the service catalogue: what the office offers, for everybody who serves."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from pulih.access.models import User
from pulih.cases.models import ServiceOffer


def list_offers(*, user: User, closed: bool = False) -> QuerySet[ServiceOffer]:
    """The services of the reader's office by section; the closed ones only when asked for."""
    rows = ServiceOffer.objects.filter(section__office=user.office_id)
    if not closed:
        rows = rows.filter(closed_on=None)
    return rows.select_related("section", "unit").order_by("section__kind", "position", "name")


def get_offer(pk: UUID | str, *, user: User) -> ServiceOffer:
    """One service of the reader's office, or 404."""
    return get_object_or_404(list_offers(user=user, closed=True), pk=pk)


def find_offer(key: str, *, user: User) -> ServiceOffer | None:
    """The service with this key that is offered today, or None."""
    try:
        wanted = UUID(key)
    except ValueError:
        return None
    return list_offers(user=user).filter(pk=wanted).first()
