"""People whom nobody can name, found by what is seen of them."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from jejak.records import Record
from pulih.access.models import User
from pulih.people.models import Person
from pulih.people.places import DISTRICT_CODE_LENGTH

MARGIN_YEARS = 10


def list_unidentified_like(query: Record, *, user: User) -> QuerySet[Person]:
    """Unidentified people of the same sex and about the age, newest first; place comes first.

    Args:
        query: what is known of the one sought; a name plays no part here.
    """
    rows = Person.objects.visible_to(user).filter(
        status=Person.Status.UNIDENTIFIED, merged_into=None
    )
    if query.sex:
        rows = rows.filter(sex__in=["", query.sex])
    if query.birth is not None:
        rows = rows.filter(
            Q(born_around=None)
            | Q(
                birth_year_to__gte=query.birth.earliest.year - MARGIN_YEARS,
                birth_year_from__lte=query.birth.latest.year + MARGIN_YEARS,
            )
        )
    if query.places:
        district = query.places[0][:DISTRICT_CODE_LENGTH]
        rows = rows.filter(Q(found_in=None) | Q(found_in__code__startswith=district))
    return rows.select_related("found_in").order_by("-created_at")
