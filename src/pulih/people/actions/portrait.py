"""The portrait of a person: a photo among their files by which they are recognised."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from pulih.access import audit
from pulih.access.models import User
from pulih.common.errors import RuleError
from pulih.files.actions.attaching import attach
from pulih.files.models import Attachment, Owner
from pulih.people.actions.registration import register_person
from pulih.people.drafts import PersonDraft, Photo
from pulih.people.models import Person
from pulih.people.storage.locking import lock_entry


@transaction.atomic
def choose_portrait(*, person: Person, photo: Attachment, by: User) -> Person:
    """Let a photo among the person's files be the one that shows them.

    Raises:
        PermissionDenied: `by` may not change the entry.
        RuleError: the file is no photo, or not one of this person.

    Source: R-PEO-60, docs/rules/people.md.
    """
    entry = lock_entry(person, by=by)
    mine = (photo.owner_kind, photo.owner_id) == (Owner.of(entry).kind, entry.pk)
    if not mine or not photo.has_thumbnail or photo.removed_at is not None:
        raise RuleError(_("Choose a photo among the files of this person."), rule="R-PEO-60")
    return _set(entry, photo, by)


@transaction.atomic
def add_portrait(*, person: Person, photo: Photo, by: User) -> Person:
    """Add a new photo to the person's files and let it show them.

    Raises:
        PermissionDenied: `by` may not change the entry.
        RuleError: the file is no photo that may come in.

    Source: R-PEO-60 and R-FILE-3, docs/rules/people.md.
    """
    entry = lock_entry(person, by=by)
    attachment = attach(
        owner=Owner.of(entry),
        content=photo.content,
        name=photo.name,
        kind=Attachment.Kind.PHOTO,
        title=_("Photo of the person"),
        by=by,
    )
    return _set(entry, attachment, by)


@transaction.atomic
def drop_portrait(*, person: Person, by: User) -> Person:
    """Show the person without a photo; the photo itself stays among the files.

    Raises:
        PermissionDenied: `by` may not change the entry.

    Source: R-PEO-60, docs/rules/people.md.
    """
    entry = lock_entry(person, by=by)
    return _set(entry, None, by)


@transaction.atomic
def register_with_photo(*, draft: PersonDraft, photo: Photo | None, by: User) -> Person:
    """Register somebody together with a photo: both or neither.

    Raises:
        PermissionDenied: `by` may not register.
        RuleError: the file is no photo that may come in.

    Source: R-PEO-3 and R-PEO-60, docs/rules/people.md.
    """
    person = register_person(draft=draft, by=by)
    return add_portrait(person=person, photo=photo, by=by) if photo else person


def _set(entry: Person, photo: Attachment | None, by: User) -> Person:
    before = entry.photo_id
    entry.photo_id = photo.pk if photo else None
    entry.save(update_fields=["photo_id", "updated_at"])
    audit.record(
        "photo.chosen" if photo else "photo.unchosen",
        actor=by,
        subject=entry,
        detail={"before": str(before or ""), "after": str(entry.photo_id or "")},
    )
    return entry
