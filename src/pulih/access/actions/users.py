"""Users: adding them, their first password, letting them go."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext as _

from pulih.access import audit, user_rules
from pulih.access.changes import check_unchanged
from pulih.access.models import User
from pulih.common.crypto import blind_index
from pulih.common.errors import RuleError

USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{2,59}")
PASSWORD_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # noqa: S105 - an alphabet
PASSWORD_GROUPS, GROUP_LENGTH = 4, 4


@dataclass(frozen=True, slots=True)
class Issued:
    """A user and the password that is shown once and kept nowhere."""

    user: User
    password: str = field(repr=False)


def first_password() -> str:
    """Eighty bits in four groups, without letters that are mistaken for others."""
    groups = (
        "".join(secrets.choice(PASSWORD_LETTERS) for _letter in range(GROUP_LENGTH))
        for _group in range(PASSWORD_GROUPS)
    )
    return "-".join(groups)


@transaction.atomic
def add_user(
    *, username: str, full_name: str, position: str = "", nip: str = "", by: User
) -> Issued:
    """Add somebody to the office, without any role yet.

    Args:
        username: small letters, digits, dot, dash; kept by nobody else.
        nip: eighteen digits where the person has one; encrypted.

    Raises:
        PermissionDenied: `by` does not manage users.
        RuleError: the user name or the NIP is taken, or has not its form.

    Source: R-ACC-8, docs/rules/access.md.
    """
    user_rules.may_manage(by).require()
    username = username.strip().lower()
    if not USERNAME.fullmatch(username):
        raise RuleError(
            _("A user name has 3 to 60 small letters, digits, dots or dashes."), rule="R-ACC-8"
        )
    if User.objects.filter(username=username).exists():
        raise RuleError(_("The user name “%s” is taken.") % username, rule="R-ACC-8")
    password = first_password()
    user = User.objects.create_user(
        username,
        password,
        office=by.office,
        full_name=full_name.strip(),
        position=position.strip(),
        nip=nip,
        nip_index=nip_index_of(nip, by),
        password_is_initial=True,
    )
    audit.record("user.created", actor=by, subject=user, detail={"username": username})
    return Issued(user, password)


def nip_index_of(nip: str, by: User, *, of: User | None = None) -> str:
    """The blind index of a NIP that has its form and belongs to nobody else in the office."""
    if not nip:
        return ""
    if not user_rules.is_nip(nip):
        raise RuleError(_("A NIP has 18 digits."), rule="R-ACC-8")
    index = blind_index(nip, purpose="nip")
    others = User.objects.filter(office=by.office_id, nip_index=index)
    if of is not None:
        others = others.exclude(pk=of.pk)
    if others.exists():
        raise RuleError(_("Another user has this NIP."), rule="R-ACC-8")
    return index


@transaction.atomic
def edit_user(
    *, user: User, full_name: str, position: str, nip: str, seen: str | None = None, by: User
) -> User:
    """Change a user's name, position or NIP.

    Args:
        seen: the stamp of the form it was typed into (R-ACC-162).

    Raises:
        PermissionDenied: `by` does not manage this user.
        RuleError: the NIP is taken, or has not its form.

    Source: R-ACC-8, docs/rules/access.md.
    """
    user_rules.may_manage(by, user).require()
    user = User.objects.select_for_update(of=("self",)).get(pk=user.pk)
    check_unchanged(user, seen)
    before = {"full_name": user.full_name, "position": user.position, "nip": user.nip}
    user.full_name, user.position = full_name.strip(), position.strip()
    user.nip, user.nip_index = nip, nip_index_of(nip, by, of=user)
    user.save(update_fields=["full_name", "position", "nip", "nip_index"])
    after = {"full_name": user.full_name, "position": user.position, "nip": user.nip}
    audit.record("user.edited", actor=by, subject=user, detail={"before": before, "after": after})
    return user


@transaction.atomic
def reset_password(*, user: User, by: User) -> Issued:
    """Give a user a new first password; their open sessions end with the old one.

    Raises:
        PermissionDenied: `by` does not manage this user, or it is their own account.

    Source: R-ACC-8, docs/rules/access.md.
    """
    user_rules.may_manage_other(by, user).require()
    password = first_password()
    user.set_password(password)
    user.password_is_initial = True
    user.save(update_fields=["password", "password_is_initial"])
    audit.record("user.password_reset", actor=by, subject=user)
    return Issued(user, password)


@transaction.atomic
def deactivate_user(*, user: User, reason: str, by: User) -> User:
    """Close a user's account at once; what they did stays theirs.

    Args:
        reason: why; kept in the trail.

    Raises:
        PermissionDenied: `by` does not manage this user, or it is their own account.
        RuleError: there is no reason, or they are the last administrator.

    Source: R-ACC-7 and R-ACC-9, docs/rules/access.md.
    """
    user_rules.may_manage_other(by, user).require()
    if not reason.strip():
        raise RuleError(_("Say why the account is closed."), rule="R-ACC-7")
    if user_rules.is_last_administrator(user):
        raise RuleError(_("The office needs at least one administrator."), rule="R-ACC-9")
    user.is_active = False
    user.save(update_fields=["is_active"])
    audit.record("user.deactivated", actor=by, subject=user, reason=reason)
    return user


@transaction.atomic
def reactivate_user(*, user: User, by: User) -> Issued:
    """Open a closed account again, with a new first password.

    Raises:
        PermissionDenied: `by` does not manage this user, or it is their own account.

    Source: R-ACC-7, docs/rules/access.md.
    """
    user_rules.may_manage_other(by, user).require()
    user.is_active = True
    user.save(update_fields=["is_active"])
    audit.record("user.reactivated", actor=by, subject=user)
    return reset_password(user=user, by=by)
