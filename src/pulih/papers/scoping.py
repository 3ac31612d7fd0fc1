"""What the policy's words mean for letters and for what the office sets for them."""

from __future__ import annotations

from django.db.models import Q

from pulih.access import scope
from pulih.access.models import RoleGrant, User
from pulih.access.policy import Action, Relation
from pulih.access.readings import watch_root
from pulih.papers.models import Letter


def _everything(user: User, grant: RoleGrant) -> Q:
    return Q()


def _section(user: User, grant: RoleGrant) -> Q:
    return Q(section=grant.section_id)


def install() -> None:
    """Register the protection of letters."""
    scope.register(
        Letter,
        scope.Protection(
            read=Action.LETTER_READ,
            office="office",
            compartment="compartment",
            restricted=Q(restricted=True),
            relations={
                Relation.OFFICE: _everything,
                Relation.SECTION: _section,
                Relation.CREATOR: lambda user, grant: Q(written_by=user),
            },
            actions=frozenset({Action.LETTER_READ, Action.LETTER_WRITE}),
        ),
    )
    watch_root(
        Letter,
        noun="letter",
        fields=("restricted", "compartment_id"),
        is_closed=lambda row: row.restricted or row.compartment_id is not None,
    )
