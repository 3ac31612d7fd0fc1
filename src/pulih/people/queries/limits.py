"""Whose data may only be kept and used for their own care."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q

from pulih.people.models import Person, ProcessingLimit


def limited(person: str = "pk") -> Exists:
    """The condition that the use of a row's person is limited now.

    Args:
        person: the lookup of the person's key from the row, such as `person_id`.
    """
    return Exists(ProcessingLimit.objects.filter(Q(lifted_at=None), person=OuterRef(person)))


def limit_of(person: Person) -> ProcessingLimit | None:
    """The limit on the use of a person's data that stands now."""
    return person.limits.filter(lifted_at=None).first()
