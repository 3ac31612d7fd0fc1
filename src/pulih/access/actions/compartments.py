"""Sealed compartments: making one, and who is named in it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from pulih.access import audit
from pulih.access.duty import on_duty
from pulih.access.models import Compartment, CompartmentMember, User
from pulih.common.clock import now, today
from pulih.common.errors import RuleError

UNCONFIRMED = dt.timedelta(hours=24)
"""How long a name opens where no second officer was there to confirm it."""


@transaction.atomic
def create_compartment(*, members: Iterable[User], purpose: str, by: User) -> Compartment:
    """Make a compartment with the people who may know.

    Args:
        members: at least one user of the office; named from today on.
        purpose: why they may know; kept with each name.
        by: whoever seals; named only when among the members.

    Raises:
        RuleError: nobody is named, so that nobody could ever open it.

    Source: R-ACC-6, docs/rules/access.md.
    """
    named = set(members)
    if not named:
        raise RuleError(
            _("A sealed record needs at least one person who may know."), rule="R-ACC-6"
        )
    compartment = Compartment.objects.create(office=by.office)
    audit.record("compartment.created", actor=by, subject=compartment, reason=purpose)
    for user in sorted(named, key=lambda member: str(member.pk)):
        name_by_office(compartment=compartment, user=user, purpose=purpose, by=by)
    return compartment


@transaction.atomic
def name_by_office(
    *, compartment: Compartment, user: User, purpose: str, by: User
) -> CompartmentMember:
    """Name somebody who knows by their office, from today on; twice changes nothing.

    For those whom no single person chooses: the first people of a new compartment, and the head in
    charge of the matter. Anybody else is named by `name_member`.

    Raises:
        RuleError: no purpose is given, or the user is of another office.

    Source: R-ACC-6, R-ACC-181, docs/rules/access.md.
    """
    _check(compartment, user, purpose)
    current = _standing(compartment, user)
    if current is None:
        current = _name(compartment, user, purpose, by)
    elif current.is_unconfirmed:
        # The office itself is the second word.
        current.waits, current.lapses_at = False, None
        current.save(update_fields=["waits", "lapses_at"])
    return current


@transaction.atomic
def name_member(
    *,
    compartment: Compartment,
    user: User,
    purpose: str,
    seconds: Iterable[User],
    valid_until: dt.date | None = None,
    by: User,
) -> CompartmentMember:
    """Name somebody in a compartment, which a second officer confirms; twice changes nothing.

    While a second officer is at work the name opens nothing before they confirm it. Where none is,
    it opens at once and lapses after a day unless confirmed. The caller has checked that `by` may
    name people for the record inside, and asks the seconds.

    Args:
        seconds: who may confirm it; `by` and `user` among them do not count.
        valid_until: the last day; None for as long as nobody ends it.

    Raises:
        RuleError: no purpose is given, or the user is of another office.

    Source: R-ACC-6, R-ACC-181, R-ACC-182, docs/rules/access.md.
    """
    _check(compartment, user, purpose)
    current = _standing(compartment, user)
    if current is not None:
        return current
    others = [second for second in seconds if second.pk not in {by.pk, user.pk}]
    waits = bool(on_duty(others))
    return _name(
        compartment,
        user,
        purpose,
        by,
        valid_until=valid_until,
        waits=waits,
        lapses_at=None if waits else now() + UNCONFIRMED,
    )


@transaction.atomic
def confirm_member(*, member: CompartmentMember, by: User) -> CompartmentMember:
    """Confirm a name as the second officer. The caller has checked that `by` may.

    Raises:
        RuleError: it was confirmed, has lapsed or ended, or `by` named it or is named by it.

    Source: R-ACC-181, docs/rules/access.md.
    """
    member = _unconfirmed(member, by)
    if member.lapses_at is not None and member.lapses_at <= now():
        raise RuleError(
            _("This name has lapsed. It has to be written down anew."), rule="R-ACC-182"
        )
    member.waits, member.lapses_at = False, None
    member.confirmed_by, member.confirmed_at = by, now()
    member.save(update_fields=["waits", "lapses_at", "confirmed_by", "confirmed_at"])
    audit.record(
        "compartment.confirmed",
        actor=by,
        subject=member.compartment,
        detail={"user": str(member.user_id)},
    )
    return member


@transaction.atomic
def refuse_member(*, member: CompartmentMember, reason: str, by: User) -> CompartmentMember:
    """Refuse a name as the second officer; what it had opened closes at once.

    Raises:
        RuleError: no reason, or as for `confirm_member`; one that has lapsed can be refused.

    Source: R-ACC-181, docs/rules/access.md.
    """
    member = _unconfirmed(member, by)
    if not reason.strip():
        raise RuleError(_("Say why."), rule="R-ACC-181")
    member.waits, member.valid_until = True, today() - dt.timedelta(days=1)
    member.save(update_fields=["waits", "valid_until"])
    audit.record(
        "compartment.name_refused",
        actor=by,
        subject=member.compartment,
        reason=reason,
        detail={"user": str(member.user_id)},
    )
    return member


@transaction.atomic
def name_for_hours(
    *, compartment: Compartment, user: User, until_at: dt.datetime, purpose: str, by: User
) -> CompartmentMember:
    """Name somebody for some hours: the door closes by itself at the moment given.

    The caller has asked its own rule, and tells whoever must know.

    Source: R-ACC-180, docs/rules/access.md.
    """
    member = compartment.members.create(
        user=user,
        valid_from=today(),
        # A last day keeps this row apart from those that stand without an end.
        valid_until=until_at.astimezone().date(),
        until_at=until_at,
        purpose=purpose[:200],
        named_by=by,
    )
    audit.record(
        "compartment.named",
        actor=by,
        subject=compartment,
        reason=purpose,
        detail={"user": str(user.pk), "until": until_at.isoformat(timespec="minutes")},
    )
    return member


@transaction.atomic
def unname_member(*, compartment: Compartment, user: User, reason: str, by: User) -> None:
    """End somebody's time in a compartment at once.

    The last day is yesterday, because a last day still counts and the door closes now.

    Source: R-ACC-6, docs/rules/access.md.
    """
    standing = Q(valid_until=None) | Q(valid_until__gte=today())
    ended = compartment.members.filter(standing, user=user).update(
        valid_until=today() - dt.timedelta(days=1)
    )
    if ended:
        audit.record(
            "compartment.unnamed",
            actor=by,
            subject=compartment,
            reason=reason,
            detail={"user": str(user.pk)},
        )


def _check(compartment: Compartment, user: User, purpose: str) -> None:
    if not purpose.strip():
        raise RuleError(_("Say why this person may know."), rule="R-ACC-6")
    if user.office_id != compartment.office_id:
        raise RuleError(_("Only people of this office can be named."), rule="R-ACC-6")


def _standing(compartment: Compartment, user: User) -> CompartmentMember | None:
    """The user's name without an end; one that has lapsed is put away first."""
    current = compartment.members.filter(user=user, valid_until=None).first()
    if current is not None and current.lapses_at is not None and current.lapses_at <= now():
        current.valid_until = today() - dt.timedelta(days=1)
        current.save(update_fields=["valid_until"])
        return None
    return current


def _name(
    compartment: Compartment,
    user: User,
    purpose: str,
    by: User,
    *,
    valid_until: dt.date | None = None,
    waits: bool = False,
    lapses_at: dt.datetime | None = None,
) -> CompartmentMember:
    member = compartment.members.create(
        user=user,
        valid_from=today(),
        valid_until=valid_until,
        waits=waits,
        lapses_at=lapses_at,
        purpose=purpose.strip()[:200],
        named_by=by,
    )
    detail = {"user": str(user.pk)}
    if waits:
        detail["waits"] = "for a second officer"
    if lapses_at is not None:
        detail["unless_confirmed"] = lapses_at.isoformat(timespec="minutes")
    audit.record("compartment.named", actor=by, subject=compartment, reason=purpose, detail=detail)
    return member


def _unconfirmed(member: CompartmentMember, by: User) -> CompartmentMember:
    """The row under a lock, if it still wants a second word and `by` is somebody else."""
    rows = CompartmentMember.objects.select_for_update(of=("self",))
    found = rows.select_related("compartment", "user").get(pk=member.pk)
    if by.pk in {found.named_by_id, found.user_id}:
        raise RuleError(_("Nobody confirms a name that they gave, or their own."), rule="R-ACC-181")
    ended = found.valid_until is not None and found.valid_until < today()
    if ended or not found.is_unconfirmed:
        raise RuleError(_("This name no longer waits for anybody."), rule="R-ACC-181")
    return found
