"""Who may read and write a letter: its own class, or whoever reads the record it is about."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from django.utils.translation import gettext as _

from pulih.access import scope
from pulih.access.decisions import ALLOW, Decision, deny
from pulih.access.models import User
from pulih.access.policy import Action
from pulih.access.rules import may
from pulih.papers.models import Letter

Ask: TypeAlias = Callable[[User, uuid.UUID], bool]


@dataclass(frozen=True, slots=True)
class _Record:
    may_read: Ask
    may_write: Ask


_records: dict[str, _Record] = {}


def register_about(kind: str, *, may_read: Ask, may_write: Ask) -> None:
    """Say who may read and write the letters about a kind of record; in `AppConfig.ready()`.

    Whoever may read the record may read its letters, also those that their role would not show
    in the list of all letters. A kind that nobody registered adds no reader (R-PAP-2).

    Args:
        kind: `app.model` in small letters, as in `About.kind`.
        may_read: may the user read the letters of the record with this key?
        may_write: may the user change, issue and withdraw them?
    """
    _records[kind] = _Record(may_read, may_write)


def may_read(user: User, letter: Letter) -> Decision:
    """May the user read this letter? (R-PAP-2)"""
    return _asked(user, letter, Action.LETTER_READ)


def may_write(user: User, letter: Letter) -> Decision:
    """May the user change, issue and withdraw this letter? (R-PAP-2)"""
    return _asked(user, letter, Action.LETTER_WRITE)


def _asked(user: User, letter: Letter, action: Action) -> Decision:
    if letter.office_id != user.office_id:
        return deny("")
    if letter.compartment_id and not _is_named(user, letter):
        return deny("")
    own = may(user, action, letter)
    record = _records.get(letter.about_kind)
    if own or record is None:
        return own
    ask = record.may_read if action == Action.LETTER_READ else record.may_write
    return ALLOW if user.may(action) and ask(user, letter.about_key) else own


def may_begin(user: User) -> Decision:
    """May the user write letters at all? Which record they may write about, its app asks."""
    return ALLOW if user.may(Action.LETTER_WRITE) else deny(_("Your role writes no letters."))


def _is_named(user: User, letter: Letter) -> bool:
    return scope.compartments_of(user).filter(compartment=letter.compartment_id).exists()
