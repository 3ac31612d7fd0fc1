"""Sealed compartments: making one, and who is named in it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from pulih.access import audit
from pulih.access.models import Compartment, CompartmentMember, User
from pulih.common.clock import now, today
from pulih.common.errors import RuleError


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
        name_member(compartment=compartment, user=user, purpose=purpose, by=by)
    return compartment


@transaction.atomic
def name_member(
    *, compartment: Compartment, user: User, purpose: str, by: User
) -> CompartmentMember:
    """Name somebody in a compartment from today on; naming twice changes nothing.

    The caller has checked that `by` may name people for the record inside.

    Raises:
        RuleError: no purpose is given, or the user is of another office.

    Source: R-ACC-6, docs/rules/access.md.
    """
    if not purpose.strip():
        raise RuleError(_("Say why this person may know."), rule="R-ACC-6")
    if user.office_id != compartment.office_id:
        raise RuleError(_("Only people of this office can be named."), rule="R-ACC-6")
    current = compartment.members.filter(user=user, valid_until=None).first()
    if current is not None:
        return current
    member = compartment.members.create(
        user=user, valid_from=today(), purpose=purpose.strip()[:200], named_by=by
    )
    audit.record(
        "compartment.named",
        actor=by,
        subject=compartment,
        reason=purpose,
        detail={"user": str(user.pk)},
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
    standing = Q(valid_until=None) | Q(until_at__gt=now())
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
