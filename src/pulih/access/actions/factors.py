"""Taking a second factor away from somebody who lost it."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.utils.translation import gettext as _

from pulih.access import audit, user_rules
from pulih.access.actions.sessions import end_sessions
from pulih.access.models import User
from pulih.common.errors import RuleError


@transaction.atomic
def reset_factors(*, user: User, reason: str, by: User) -> int:
    """Take away every second factor of a user, who sets up new ones at the next login.

    Args:
        reason: how it was made sure that it is really them; kept in the trail.

    Raises:
        PermissionDenied: `by` manages no users, or it is the own account.
        RuleError: no reason, or there is nothing to take away.

    Source: R-ACC-106, docs/rules/access.md.
    """
    user_rules.may_manage_other(by, user).require()
    if not reason.strip():
        raise RuleError(_("Write how you made sure that it is really them."), rule="R-ACC-106")
    count = int(Authenticator.objects.filter(user_id=user.pk).delete()[0])
    if not count:
        raise RuleError(_("This user has no second factor."), rule="R-ACC-106")
    end_sessions(user=user, by=by)
    audit.record("factor.reset", actor=by, subject=user, reason=reason)
    return count
