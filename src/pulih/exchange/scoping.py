"""What the policy's words mean for imports."""

from __future__ import annotations

from django.db.models import Q

from pulih.access import scope
from pulih.access.models import RoleGrant, User
from pulih.access.policy import Action, Relation
from pulih.exchange.models import ImportBatch, SavedMapping


def _kinds(user: User, grant: RoleGrant) -> Q:
    """Who may import people sees imports of both kinds; who may import staff, those of staff."""
    return Q() if user.may(Action.IMPORT_RUN) else Q(kind=ImportBatch.Kind.STAFF)


def install() -> None:
    """Register the protection of imports."""
    for model in (ImportBatch, SavedMapping):
        scope.register(
            model,
            scope.Protection(
                read=Action.IMPORT_STAFF,
                office="office",
                compartment=None,
                restricted=None,
                relations={Relation.OFFICE: _kinds},
                actions=frozenset({Action.IMPORT_RUN, Action.IMPORT_STAFF}),
            ),
        )
