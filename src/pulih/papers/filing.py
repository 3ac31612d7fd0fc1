"""Who reads the sealed PDF of a letter: whoever reads the letter. Nobody adds or removes it."""

from __future__ import annotations

from uuid import UUID

from pulih.access.models import Compartment, User
from pulih.files.rules import register_owner
from pulih.papers import rules
from pulih.papers.models import Letter

OWNER = "papers.letter"
_OF_ASKED_LETTER = "the reader of the letter is asked of the row that is found"


def install() -> None:
    """Register the letter as an owner of files."""
    register_owner(
        OWNER,
        may_read=_may_read,
        may_write=_may_write,
        compartment_of=_compartment_of,
        is_restricted=_is_restricted,
    )


def _find(key: UUID) -> Letter | None:
    rows = Letter.objects.unscoped(reason=_OF_ASKED_LETTER).select_related("compartment")
    return rows.filter(pk=key).first()


def _may_read(user: User, key: UUID) -> bool:
    found = _find(key)
    return found is not None and bool(rules.may_read(user, found))


def _may_write(user: User, key: UUID) -> bool:
    # What was sealed stays as it is: another version is another letter.
    return False


def _compartment_of(key: UUID) -> Compartment | None:
    found = _find(key)
    return found.compartment if found else None


def _is_restricted(key: UUID) -> bool:
    found = _find(key)
    return found is not None and found.restricted
