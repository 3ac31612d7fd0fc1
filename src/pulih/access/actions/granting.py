"""Roles: given for a time, ended at once."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from pulih.access import audit, user_rules
from pulih.access.models import RoleGrant, Section, Unit, User
from pulih.access.presets import PRESETS
from pulih.access.roles import ACTING_ROLES, SECTION_ROLES, Role
from pulih.common.clock import today
from pulih.common.errors import RuleError


@dataclass(frozen=True, slots=True)
class Letter:
    """The letter that makes somebody act for the holder of a post.

    Attributes:
        acting: a value of `RoleGrant.Acting`.
    """

    acting: str
    number: str
    dated_on: dt.date | None


@transaction.atomic
def give_role(
    *,
    user: User,
    role: Role,
    section: Section | None = None,
    unit: Unit | None = None,
    valid_from: dt.date,
    valid_until: dt.date | None = None,
    letter: Letter | None = None,
    by: User,
) -> RoleGrant:
    """Give a user a role from a day, until a day where it ends.

    Args:
        section: for the roles that belong to a section, and only for those.
        unit: a section head with a unit heads this unit alone; only for section heads.
        letter: for an acting head (Plt., Plh., a.n.); then the role needs a last day.

    Raises:
        PermissionDenied: `by` does not manage this user, or it is their own account.
        RuleError: the account is closed, role and section do not fit, the dates do not, or the
            user has the role in that time already.

    Source: R-ACC-7, R-ACC-10, R-ACC-30 and R-ACC-184, docs/rules/access.md.
    """
    user_rules.may_manage_other(by, user).require()
    section = section if role in SECTION_ROLES else None
    _check_role(user, role, section)
    _check_unit(role, section, unit)
    _check_dates(user, role, section, valid_from, valid_until)
    if letter is not None:
        _check_letter(role, letter, valid_until)
    grant = RoleGrant.objects.create(
        user=user,
        role=role,
        section=section,
        unit=unit,
        valid_from=valid_from,
        valid_until=valid_until,
        granted_by=by,
        acting=letter.acting if letter else "",
        letter_number=letter.number.strip() if letter else "",
        letter_on=letter.dated_on if letter else None,
    )
    audit.record("role.given", actor=by, subject=user, detail=_told(grant))
    return grant


def _check_role(user: User, role: Role, section: Section | None) -> None:
    if not user.is_active:
        raise RuleError(_("The account is closed. Open it first."), rule="R-ACC-10")
    if role in SECTION_ROLES and section is None:
        raise RuleError(_("This role needs a section."), rule="R-ACC-10")
    if section is not None and section.office_id != user.office_id:
        raise RuleError(_("That section is of another office."), rule="R-ACC-10")


def _check_unit(role: Role, section: Section | None, unit: Unit | None) -> None:
    if unit is None:
        return
    if role is not Role.SECTION_HEAD:
        raise RuleError(_("Only a head heads a unit."), rule="R-ACC-30")
    if section is None or unit.section_id != section.pk or unit.closed_on is not None:
        raise RuleError(_("Choose a unit of this section."), rule="R-ACC-30")


def _check_dates(
    user: User,
    role: Role,
    section: Section | None,
    valid_from: dt.date,
    valid_until: dt.date | None,
) -> None:
    if valid_until is not None and valid_until < max(valid_from, today()):
        raise RuleError(_("The role would end before it starts."), rule="R-ACC-10")
    same = user.grants.filter(
        Q(valid_until=None) | Q(valid_until__gte=valid_from), role=role, section=section
    )
    if valid_until is not None:
        same = same.filter(valid_from__lte=valid_until)
    if same.exists():
        raise RuleError(_("The user has this role in that time already."), rule="R-ACC-10")


def _check_letter(role: Role, letter: Letter, valid_until: dt.date | None) -> None:
    if role not in ACTING_ROLES or letter.acting not in RoleGrant.Acting.values:
        raise RuleError(_("Only heads are acted for."), rule="R-ACC-184")
    if valid_until is None:
        raise RuleError(_("Somebody who acts does so until a day. Name it."), rule="R-ACC-184")
    if not letter.number.strip() or letter.dated_on is None:
        raise RuleError(
            _("Write number and date of the letter that makes them act."), rule="R-ACC-184"
        )


def _told(grant: RoleGrant) -> dict[str, str]:
    acting = {"acting": grant.acting, "letter": grant.letter_number} if grant.acting else {}
    return acting | {
        "role": grant.role,
        "section": grant.section.kind if grant.section else "",
        "unit": grant.unit.code if grant.unit else "",
        "from": str(grant.valid_from),
        "until": str(grant.valid_until or ""),
    }


@transaction.atomic
def give_preset(*, user: User, preset: str, section: Section | None, by: User) -> list[RoleGrant]:
    """Give the roles of a set that the user does not hold yet, from today on.

    Args:
        preset: a key of `presets.PRESETS`.
        section: needed where one of the roles belongs to a section.

    Raises:
        PermissionDenied: `by` does not manage this user, or it is their own account.
        RuleError: there is no such set, a section is missing, or the user holds all of it.

    Source: R-ACC-10 and R-ACC-185, docs/rules/access.md.
    """
    if preset not in PRESETS:
        raise RuleError(_("Choose a set of roles."), rule="R-ACC-185")
    held = {(grant.role, grant.section_id) for grant in user.current_grants}
    given = []
    for role in PRESETS[preset].roles:
        where = section if role in SECTION_ROLES else None
        if (role.value, where.pk if where else None) not in held:
            given.append(give_role(user=user, role=role, section=where, valid_from=today(), by=by))
    if not given:
        raise RuleError(_("The user holds all of these roles."), rule="R-ACC-185")
    return given


@transaction.atomic
def end_role(*, grant: RoleGrant, reason: str = "", by: User) -> None:
    """End a role at once: its last day is yesterday, because a last day still counts.

    A role that starts today or later is taken back whole.

    Args:
        reason: why; kept in the trail.

    Raises:
        PermissionDenied: `by` does not manage this user, or it is their own account.
        RuleError: the role has ended, or it is the last administrator's.

    Source: R-ACC-7, R-ACC-9 and R-ACC-10, docs/rules/access.md.
    """
    grant = (
        RoleGrant.objects.select_for_update(of=("self",))
        .select_related("user", "section", "unit")
        .get(pk=grant.pk)
    )
    user_rules.may_manage_other(by, grant.user).require()
    day = today()
    if grant.valid_until is not None and grant.valid_until < day:
        raise RuleError(_("This role has ended already."), rule="R-ACC-10")
    is_administrator = grant.role == Role.ADMINISTRATOR and grant.valid_from <= day
    if is_administrator and user_rules.is_last_administrator(grant.user):
        raise RuleError(_("The office needs at least one administrator."), rule="R-ACC-9")
    audit.record("role.ended", actor=by, subject=grant.user, reason=reason, detail=_told(grant))
    if grant.valid_from >= day:
        grant.delete()
        return
    grant.valid_until = day - dt.timedelta(days=1)
    grant.save(update_fields=["valid_until"])
