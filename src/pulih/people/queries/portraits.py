"""The portraits of people: which photo shows them, and which photos there are to choose from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.urls import reverse

from pulih.access.models import User
from pulih.files.models import Attachment, Owner
from pulih.files.queries import list_attachments
from pulih.people.models import Person

WHY = "portraits of people who were read in scope; the files app asks again before it shows one"


def portraits_of(people: Sequence[Person]) -> Mapping[UUID, UUID]:
    """Person → photo, for those whose portrait is still there; one query."""
    wanted = [person.photo_id for person in people if person.photo_id]
    if not wanted:
        return {}
    rows = Attachment.objects.unscoped(reason=WHY).filter(
        pk__in=wanted, removed_at=None, has_thumbnail=True
    )
    rooms = dict(rows.values_list("pk", "compartment"))
    return {
        person.pk: person.photo_id
        for person in people
        if person.photo_id in rooms and rooms[person.photo_id] in {None, person.compartment_id}
    }


def portrait_urls(people: Sequence[Person]) -> Mapping[UUID, str]:
    """Person → address of the small picture."""
    found = portraits_of(people)
    return {key: reverse("files:thumbnail", args=[photo]) for key, photo in found.items()}


def photos_side_by_side(first: Person, second: Person) -> tuple[str, str] | None:
    """The small pictures of two entries; None where neither has one."""
    found = portrait_urls([first, second])
    if not found:
        return None
    return found.get(first.pk, ""), found.get(second.pk, "")


def photos_of(person: Person, *, user: User) -> list[Attachment]:
    """The photos among the files of a person, newest first."""
    files = list_attachments(Owner.of(person), user=user)
    return [file for file in files if file.has_thumbnail]
