"""What the policy's words mean for the work programme."""

from __future__ import annotations

from django.db.models import Q

from pulih.access import scope
from pulih.access.models import WorkProgramme
from pulih.access.policy import Action, Relation


def install() -> None:
    """Register the protection of the programmes; activities are read through theirs."""
    scope.register(
        WorkProgramme,
        scope.Protection(
            read=Action.PROGRAMME_READ,
            office="office",
            compartment=None,
            restricted=None,
            relations={
                Relation.OFFICE: lambda user, grant: Q(),
                Relation.SECTION: lambda user, grant: Q(section=grant.section_id),
            },
            actions=frozenset({Action.PROGRAMME_READ, Action.PROGRAMME_MANAGE}),
        ),
    )
