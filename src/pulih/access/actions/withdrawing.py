"""Accounts that an import made or changed, taken back while nobody has used them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from pulih.access import audit, user_rules
from pulih.access.decisions import deny
from pulih.access.models import User
from pulih.access.policy import Action
from pulih.access.rules import names_of


@dataclass(frozen=True, slots=True)
class Changed:
    """What an import replaced on an account, and what it put there."""

    user: User
    before: Mapping[str, Any]
    after: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """What became of each account.

    Attributes:
        removed: how many accounts are gone.
        restored: how many have their earlier values again.
        stayed: accounts that somebody has used or changed since, with the reason.
    """

    removed: int
    restored: int
    stayed: Sequence[tuple[User, str]]


@transaction.atomic
def withdraw_accounts(
    *, made: Iterable[User], changed: Iterable[Changed], action: Action, by: User
) -> Withdrawn:
    """Remove accounts that an import made, and put back what it changed on others.

    An account with a login, a role, or anything that names it stays and is reported: what somebody
    did is theirs. A value that was changed again since is left as it is now.

    Args:
        action: the action that the import itself needed.

    Raises:
        PermissionDenied: `by` may not import such accounts.

    Source: R-ACC-22, docs/rules/access.md.
    """
    if not by.may(action):
        deny(_("Your role does not import such files."), who=names_of(action)).require()
    made = list(made)
    used = user_rules.uses_of(made)
    stayed = [(user, used[user.pk]) for user in made if user.pk in used]
    removable = [user for user in made if user.pk not in used]
    for user in removable:
        audit.record("user.removed", actor=by, subject=user, detail={"username": user.username})
    User.objects.filter(pk__in=[user.pk for user in removable]).delete()
    restored = 0
    for change in changed:
        if _restore(change, by):
            restored += 1
        else:
            stayed.append((change.user, _("changed again since")))
    return Withdrawn(len(removable), restored, stayed)


def _restore(change: Changed, by: User) -> bool:
    user = change.user
    now = {name: _value(user, name) for name in change.after}
    if now != dict(change.after):
        return False
    for name, value in change.before.items():
        if name == "unit":
            user.unit_id = value or None
        else:
            setattr(user, name, value)
    user.save(update_fields=list(change.before))
    audit.record("user.edited", actor=by, subject=user, detail={"before": now})
    return True


def _value(user: User, name: str) -> str:
    return str(user.unit_id or "") if name == "unit" else str(getattr(user, name))
