"""Staff lists: many users at once, told apart by their NIP."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from pulih.access import audit, user_rules
from pulih.access.decisions import deny
from pulih.access.models import Unit, User
from pulih.access.policy import Action
from pulih.access.rules import names_of
from pulih.common.crypto import blind_index

USERNAME_LENGTH = 40


@dataclass(frozen=True, slots=True)
class StaffRow:
    """One line of a staff list."""

    nip: str
    full_name: str
    position: str = ""
    unit: Unit | None = None


class StaffState(StrEnum):
    """What became of a line."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class StaffOutcome:
    """What became of a line; `before` and `after` hold the values that an update exchanged."""

    state: StaffState
    user: User | None = None
    reason: str = ""
    before: Mapping[str, str] = field(default_factory=dict)
    after: Mapping[str, str] = field(default_factory=dict)


@transaction.atomic
def import_staff(*, rows: Sequence[StaffRow], by: User) -> list[StaffOutcome]:
    """Add staff, or bring their names and positions up to date; the same list changes nothing.

    New users have no role and no password that works: an administrator gives both. A closed
    account is brought up to date but stays closed.

    Args:
        rows: with NIP of eighteen digits; the first of two lines with one NIP counts.

    Returns:
        What became of each row, in the order of the rows.

    Raises:
        PermissionDenied: `by` does not import staff.

    Source: R-ACC-12, docs/rules/access.md.
    """
    if not by.may(Action.IMPORT_STAFF):
        deny(_("Your role does not import staff."), who=names_of(Action.IMPORT_STAFF)).require()
    indexes = [_index(row) for row in rows]
    known = _known(by, indexes)
    seen: set[str] = set()
    outcomes = []
    for row, index in zip(rows, indexes, strict=True):
        outcomes.append(_take(row, index, known, seen, by))
        seen.add(index)
    counts = {state.value: sum(o.state == state for o in outcomes) for state in StaffState}
    audit.record("staff.imported", actor=by, subject=by.office, detail=counts)
    return outcomes


def _index(row: StaffRow) -> str:
    return blind_index(row.nip, purpose="nip") if user_rules.is_nip(row.nip) else ""


def _known(by: User, indexes: Iterable[str]) -> dict[str, User]:
    wanted = {index for index in indexes if index}
    users = User.objects.filter(office=by.office_id, nip_index__in=wanted)
    return {user.nip_index: user for user in users}


def _take(
    row: StaffRow, index: str, known: Mapping[str, User], seen: set[str], by: User
) -> StaffOutcome:
    if not index:
        return StaffOutcome(StaffState.REFUSED, reason=_("A NIP has 18 digits."))
    if not row.full_name.strip():
        return StaffOutcome(StaffState.REFUSED, reason=_("The name is missing."))
    if index in seen:
        return StaffOutcome(
            StaffState.REFUSED, reason=_("The NIP stands in an earlier row of this list.")
        )
    user = known.get(index)
    return _update(user, row, by) if user else _create(row, index, by)


def _create(row: StaffRow, index: str, by: User) -> StaffOutcome:
    user = User.objects.create_user(
        free_username(row.full_name),
        None,
        office=by.office,
        full_name=row.full_name.strip(),
        position=row.position.strip(),
        unit=row.unit,
        nip=row.nip,
        nip_index=index,
    )
    audit.record("user.created", actor=by, subject=user, detail={"username": user.username})
    return StaffOutcome(StaffState.CREATED, user)


def _update(user: User, row: StaffRow, by: User) -> StaffOutcome:
    wanted = {"full_name": row.full_name.strip()}
    if row.position.strip():
        wanted["position"] = row.position.strip()
    before = {name: getattr(user, name) for name in wanted if getattr(user, name) != wanted[name]}
    if row.unit is not None and row.unit.pk != user.unit_id:
        before["unit"] = str(user.unit_id or "")
        user.unit = row.unit
    if not before:
        return StaffOutcome(StaffState.UNCHANGED, user)
    for name in before.keys() & wanted.keys():
        setattr(user, name, wanted[name])
    user.save(update_fields=["full_name", "position", "unit"])
    audit.record("user.edited", actor=by, subject=user, detail={"before": before})
    after = {
        name: str(user.unit_id or "") if name == "unit" else getattr(user, name) for name in before
    }
    return StaffOutcome(StaffState.UPDATED, user, before=before, after=after)


def free_username(full_name: str) -> str:
    """A user name from the first two words of a name, with a number where it is taken."""
    words = slugify(full_name).split("-")
    stem = ".".join(word for word in words[:2] if word)[:USERNAME_LENGTH] or "pegawai"
    taken = set(User.objects.filter(username__startswith=stem).values_list("username", flat=True))
    return next(
        name
        for name in itertools.chain([stem], (f"{stem}{number}" for number in itertools.count(2)))
        if name not in taken
    )
