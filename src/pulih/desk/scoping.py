"""What the policy's words mean for the queue of the counter."""

from __future__ import annotations

from django.db.models import Q

from pulih.access import scope
from pulih.access.policy import Action, Relation
from pulih.desk.models import Ticket


def install() -> None:
    """Register the protection of this app's records: tickets name nobody and are the office's."""
    scope.register(
        Ticket,
        scope.Protection(
            read=Action.COUNTER_SERVE,
            office="office",
            compartment=None,
            restricted=None,
            relations={Relation.OFFICE: lambda user, grant: Q()},
            actions=frozenset({Action.COUNTER_SERVE}),
        ),
    )
