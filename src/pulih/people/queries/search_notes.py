"""The signed note of a search, without which nobody is registered (R-PEO-1)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core import signing

from pulih.access.models import User

SALT = "pulih.people.search"
VALID_SECONDS = 2 * 60 * 60


def write_ticket(said: dict[str, Any], *, by: User) -> str:
    """A signed note that this user has just searched for this."""
    return signing.dumps({"by": str(by.pk), "said": said}, salt=SALT, compress=True)


def read_ticket(ticket: str, *, by: User) -> dict[str, Any] | None:
    """What was searched for, or None when the ticket is old, forged or somebody else's."""
    try:
        note = signing.loads(ticket, salt=SALT, max_age=VALID_SECONDS)
    except signing.BadSignature:
        return None
    said: dict[str, Any] = note["said"]
    return said if UUID(note["by"]) == by.pk else None
