"""Attachments have no scope of their own: whoever may read the owner may read them."""

from __future__ import annotations

from pulih.access import scope
from pulih.access.policy import Action
from pulih.access.readings import watch_owned
from pulih.files.models import Attachment


def install() -> None:
    """Register a protection without relations, so that a plain `visible_to` gives nothing.

    `queries` asks the owner's resolver first and then reads without a scope.
    """
    scope.register(
        Attachment,
        scope.Protection(
            read=Action.DAY_VIEW,
            office="office",
            compartment="compartment",
            restricted=None,
            relations={},
            actions=frozenset(),
        ),
    )
    watch_owned(Attachment, kind="owner_kind", key="owner_id")
