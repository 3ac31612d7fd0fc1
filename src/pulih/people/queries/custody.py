"""Sealed people with the number of an open one; asked for by the system, shown to nobody here."""

from __future__ import annotations

from pulih.access.models import CompartmentMember, User
from pulih.common.clock import today
from pulih.people.models import Identifier, Person
from pulih.people.storage.numbers import index_of

TELLING = (Identifier.Kind.NIK, Identifier.Kind.BPJS)


def sealed_twins(person: Person) -> list[Person]:
    """Sealed people of the same office with an equal NIK or insurance number."""
    if person.is_sealed:
        return []
    indexes = [
        index_of(row.kind, str(row.value), sealed=True)
        for row in person.identifiers.filter(kind__in=TELLING)
    ]
    rows = Identifier.objects.unscoped(reason="the custodians are told, nobody else")
    keys = rows.filter(index__in=indexes, sealed=True).values("person")
    people = Person.objects.unscoped(reason="the custodians are told, nobody else")
    return list(
        people.select_related("office", "compartment").filter(
            pk__in=keys, office=person.office_id, merged_into=None
        )
    )


def custodians_of(sealed: Person) -> list[User]:
    """Those who are named in the compartment of a sealed person today."""
    if sealed.compartment is None:
        return []
    day = today()
    members = sealed.compartment.members.filter(
        CompartmentMember.lasting(), valid_from__lte=day, user__is_active=True
    )
    return [member.user for member in members.select_related("user")]
