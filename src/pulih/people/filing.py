"""Who reads and adds the files of a person."""

from __future__ import annotations

from uuid import UUID

from pulih.access.models import Compartment, User
from pulih.access.policy import Action
from pulih.files.rules import register_owner
from pulih.people.models import Person

KIND = "people.person"


def install() -> None:
    """Register people as owners of files."""
    register_owner(KIND, may_read=_may_read, may_write=_may_write, compartment_of=_compartment_of)


def _may_read(user: User, key: UUID) -> bool:
    return Person.objects.visible_to(user).filter(pk=key).exists()


def _may_write(user: User, key: UUID) -> bool:
    return Person.objects.visible_to(user, Action.PERSON_EDIT).filter(pk=key).exists()


def _compartment_of(key: UUID) -> Compartment | None:
    rows = Person.objects.unscoped(reason="the files app asks who may know before it answers")
    person = rows.select_related("compartment").filter(pk=key).first()
    return person.compartment if person else None
