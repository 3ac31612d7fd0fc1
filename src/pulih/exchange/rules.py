"""Who may import what, and when an import may be undone."""

from __future__ import annotations

from django.utils.translation import gettext as _

from pulih.access.decisions import ALLOW, Decision, deny
from pulih.access.models import User
from pulih.access.policy import Action
from pulih.access.rules import names_of
from pulih.exchange.models import ImportBatch

ACTIONS = {
    ImportBatch.Kind.PEOPLE: Action.IMPORT_RUN,
    ImportBatch.Kind.STAFF: Action.IMPORT_STAFF,
}


def may_import(user: User, kind: str) -> Decision:
    """May the user import files of this kind? (R-EXC-1)"""
    action = ACTIONS[ImportBatch.Kind(kind)]
    if user.may(action):
        return ALLOW
    return deny(_("Your role does not import such files."), who=names_of(action))
