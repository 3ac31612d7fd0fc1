"""Who may read and add the files of a record: the app that owns the record says it."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from django.utils.translation import gettext as _

from pulih.access import scope
from pulih.access.decisions import ALLOW, Decision, deny
from pulih.access.models import Compartment, User
from pulih.files.models import Attachment, Owner

Ask: TypeAlias = Callable[[User, uuid.UUID], bool]


@dataclass(frozen=True, slots=True)
class _Resolver:
    may_read: Ask
    may_write: Ask
    compartment_of: Callable[[uuid.UUID], Compartment | None] | None
    is_restricted: Callable[[uuid.UUID], bool] | None


_resolvers: dict[str, _Resolver] = {}


def register_owner(
    label: str,
    *,
    may_read: Ask,
    may_write: Ask,
    compartment_of: Callable[[uuid.UUID], Compartment | None] | None = None,
    is_restricted: Callable[[uuid.UUID], bool] | None = None,
) -> None:
    """Say who may read and add the files of a kind of record; in `AppConfig.ready()`.

    An owner that nobody registered is a denial (R-FILE-1).

    Args:
        label: `app.model` in small letters.
        may_read: may the user read the files of the record with this key?
        may_write: may the user add and remove them?
        compartment_of: the compartment of a record; None for kinds that are never sealed.
        is_restricted: are reads of its files written to the trail, though it is not sealed?
    """
    _resolvers[label] = _Resolver(may_read, may_write, compartment_of, is_restricted)


def may_read(user: User, owner: Owner) -> Decision:
    """May the user read the files of this record? (R-FILE-1)"""
    resolver = _resolvers.get(owner.kind)
    if resolver is None or not resolver.may_read(user, owner.id):
        return deny(_("You may not read the files of this record."))
    return ALLOW if _is_named(user, compartment_of(owner)) else deny("")


def may_write(user: User, owner: Owner) -> Decision:
    """May the user add files to this record and remove them? (R-FILE-1)"""
    resolver = _resolvers.get(owner.kind)
    if resolver is None or not resolver.may_write(user, owner.id):
        return deny(_("You may not add files to this record."))
    return ALLOW if _is_named(user, compartment_of(owner)) else deny("")


def may_open(user: User, attachment: Attachment) -> Decision:
    """May the user open this file? Its own compartment counts, besides its owner's."""
    if attachment.office_id != user.office_id or attachment.removed_at is not None:
        return deny("")
    if attachment.compartment_id and not _is_named(user, attachment.compartment):
        return deny("")
    return may_read(user, owner_of(attachment))


def owner_of(attachment: Attachment) -> Owner:
    """The record that a file belongs to."""
    return Owner(attachment.owner_kind, attachment.owner_id)


def compartment_of(owner: Owner) -> Compartment | None:
    """The compartment in which the owner lies now."""
    resolver = _resolvers.get(owner.kind)
    if resolver is None or resolver.compartment_of is None:
        return None
    return resolver.compartment_of(owner.id)


def is_watched(attachment: Attachment) -> bool:
    """Is every read of the file written to the trail? (R-FILE-2)"""
    owner = owner_of(attachment)
    if attachment.compartment_id is not None or compartment_of(owner) is not None:
        return True
    resolver = _resolvers.get(owner.kind)
    return bool(resolver and resolver.is_restricted and resolver.is_restricted(owner.id))


def _is_named(user: User, compartment: Compartment | None) -> bool:
    if compartment is None:
        return True
    return scope.compartments_of(user).filter(compartment=compartment).exists()
