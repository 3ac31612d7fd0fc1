"""Rules about who may do what to whom, for every app above."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext as _

from pulih.access import scope
from pulih.access.decisions import ALLOW, Decision, deny
from pulih.access.models import User
from pulih.access.policy import Action, roles_with
from pulih.access.roles import Role


def may(user: User, action: Action, row: models.Model) -> Decision:
    """May the user do this action on this record? (R-ACC-2)"""
    if scope.reaches(user, action, row):
        return ALLOW
    return deny(_("Your role on this record does not allow this."), who=names_of(action))


def names_of(action: Action) -> str:
    """The roles that may do an action, as words for the screen."""
    return ", ".join(sorted(str(Role(role).label) for role in roles_with(action)))
