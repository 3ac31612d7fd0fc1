"""What the policy's words mean for requests, destructions and breaches."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pulih.access import scope
from pulih.access.models import RoleGrant, User
from pulih.access.policy import Action, Relation
from pulih.access.readings import watch_part
from pulih.people.actions import merging
from pulih.privacy.models import Breach, BreachedPerson, Destruction, LegalHold, RightsRequest


def _everything(user: User, grant: RoleGrant) -> Q:
    return Q()


def _protect(
    model: type[models.Model],
    *actions: Action,
    prefix: str = "",
    compartment: str | None = "compartment",
    creator: str = "",
) -> None:
    relations: dict[Relation, scope.Resolver] = {Relation.OFFICE: _everything}
    if creator:
        relations[Relation.CREATOR] = lambda user, grant: Q(**{creator: user})
    scope.register(
        model,
        scope.Protection(
            read=actions[0],
            office=f"{prefix}office",
            compartment=compartment,
            restricted=None,
            relations=relations,
            actions=frozenset(actions),
        ),
    )


def install() -> None:
    """Register the protection of this app's records, and what a merge does with them."""
    _protect(RightsRequest, Action.RIGHTS_READ, Action.RIGHTS_DECIDE, creator="received_by")
    _protect(Destruction, Action.RETENTION_READ, Action.DESTRUCTION_DECIDE, creator="proposed_by")
    _protect(Breach, Action.BREACH_READ, Action.BREACH_MANAGE, compartment=None)
    _protect(BreachedPerson, Action.BREACH_READ, Action.BREACH_MANAGE, prefix="breach__")
    watch_part(RightsRequest, "person")
    watch_part(BreachedPerson, "person")
    watch_part(Destruction, "case")
    watch_part(LegalHold, "case")
    merging.declare(RightsRequest, "person", merging.How.MOVE, label=_("Requests about the data"))
    merging.declare(
        BreachedPerson, "person", merging.How.MOVE, label=_("Breaches"), same=("breach_id",)
    )
