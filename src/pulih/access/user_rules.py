"""Who manages users, and what nobody may do to themselves."""

from __future__ import annotations

import re
from collections.abc import Collection
from uuid import UUID

from django.db.models import Model, Q
from django.db.models.fields.reverse_related import ForeignObjectRel
from django.utils.translation import gettext as _

from pulih.access.decisions import ALLOW, Decision, deny
from pulih.access.models import RoleGrant, Section, Unit, User
from pulih.access.policy import Action
from pulih.access.roles import Role
from pulih.access.rules import names_of
from pulih.common.clock import today
from pulih.common.crypto import blind_index

_NIP = re.compile(r"\d{18}")


def may_manage(by: User, user: User | None = None) -> Decision:
    """May `by` manage users of the office, or this user? (R-ACC-7)"""
    if not by.may(Action.USER_CHANGE):
        return deny(_("Your role does not manage users."), who=names_of(Action.USER_MANAGE))
    if user is not None and user.office_id != by.office_id:
        return deny(_("This user is of another office."))
    return ALLOW


def may_manage_other(by: User, user: User) -> Decision:
    """May `by` change what this user may do? Never one's own (R-ACC-7)"""
    decision = may_manage(by, user)
    if decision and by.pk == user.pk:
        return deny(
            _("Nobody changes their own access."), who=_("another administrator of the office")
        )
    return decision


def is_last_administrator(user: User) -> bool:
    """Would the office be without an administrator today if this user were not one? (R-ACC-9)"""
    day = today()
    administrators = (
        RoleGrant.objects.filter(
            Q(valid_until=None) | Q(valid_until__gte=day),
            role=Role.ADMINISTRATOR,
            valid_from__lte=day,
            user__office=user.office_id,
            user__is_active=True,
        )
        .values_list("user", flat=True)
        .distinct()
    )
    return list(administrators) == [user.pk]


def may_manage_section(by: User, section: Section) -> Decision:
    """May `by` name this section and its units? Its head, or the administrator (R-ACC-31)"""
    manages = by.holds(Role.ADMINISTRATOR) or heads(by, section)
    if manages and section.office_id == by.office_id:
        return ALLOW
    return deny(_("This section is managed by its head."), who=names_of(Action.SECTION_MANAGE))


def heads(user: User, section: Section, unit: Unit | None = None) -> bool:
    """Does the user head the whole section, or at least this unit of it? (R-ACC-30)"""
    own = {None} if unit is None else {None, unit.pk}
    return any(
        grant.role == Role.SECTION_HEAD and grant.section_id == section.pk and grant.unit_id in own
        for grant in user.current_grants
    )


def is_nip(text: str) -> bool:
    """Has it the form of a NIP: eighteen digits? What they say is not judged."""
    return _NIP.fullmatch(text) is not None


def plain_nim(nim: str) -> str:
    """Letters and digits of a NIM alone, in capitals."""
    return re.sub(r"[^A-Z0-9]", "", nim.upper())


def nim_index(nim: str) -> str:
    """The keyed digest of a NIM, whatever spaces, dots and case it is written with."""
    return blind_index(plain_nim(nim), purpose="nim")


OWN_PARTS = frozenset({"access.StudentRecord", "exchange.ImportedUser"})
"""Rows that come and go with an account and are no use of it."""


def uses_of(users: Collection[User]) -> dict[UUID, str]:
    """Why accounts can no longer be removed: each was used, or something names it (R-ACC-22).

    Those that were only added are left out. Asked of every relation that any app has to a user, so
    that a new one is never forgotten; once for all accounts together.
    """
    found = {user.pk: _("has logged in") for user in users if user.last_login is not None}
    asked: list[tuple[type[Model], str, str]] = [(RoleGrant, "user", _("has a role"))]
    for relation in User._meta.get_fields(include_hidden=True):
        if isinstance(relation, ForeignObjectRel) and relation.related_model._meta.label not in (
            OWN_PARTS
        ):
            name = _("is named in a record of the office")
            asked.append((relation.related_model, relation.field.name, name))
    for model, field, reason in asked:
        if not (left := {user.pk for user in users} - found.keys()):
            break
        rows = model._base_manager.filter(**{f"{field}__in": left})
        found |= dict.fromkeys(rows.values_list(field, flat=True).distinct(), reason)
    return found
