"""Who opens and adds the scans of a letter: its readers; of a secret one not the front desk."""

from __future__ import annotations

from uuid import UUID

from pulih.access.models import User
from pulih.desk.mail_rules import may_open_scan, may_scan
from pulih.desk.models import IncomingLetter
from pulih.files.rules import register_owner

_OF_ASKED_LETTER = "how closely a letter is held whose reader was asked for before"


def install() -> None:
    """Register the letter as an owner of files."""
    register_owner(
        "desk.incomingletter",
        may_read=_may_read,
        may_write=_may_write,
        is_restricted=_is_restricted,
    )


def _letter(user: User, key: UUID) -> IncomingLetter | None:
    return IncomingLetter.objects.visible_to(user).filter(pk=key).first()


def _may_read(user: User, key: UUID) -> bool:
    letter = _letter(user, key)
    return letter is not None and bool(may_open_scan(user, letter))


def _may_write(user: User, key: UUID) -> bool:
    letter = _letter(user, key)
    return letter is not None and bool(may_scan(user, letter))


def _is_restricted(key: UUID) -> bool:
    letters = IncomingLetter.objects.unscoped(reason=_OF_ASKED_LETTER)
    return letters.filter(pk=key, nature=IncomingLetter.Nature.SECRET).exists()
