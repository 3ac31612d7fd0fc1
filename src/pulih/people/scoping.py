"""What the policy's words mean for people and what hangs on them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from pulih.access import scope
from pulih.access.models import RoleGrant, User
from pulih.access.policy import Action, Relation
from pulih.people.models import (
    Contact,
    DuplicatePair,
    Household,
    Identifier,
    Judgement,
    Merge,
    Person,
    PpksStatus,
    SearchKey,
)

_ACTIONS = frozenset(
    {
        Action.PERSON_READ,
        Action.PERSON_REGISTER,
        Action.PERSON_EDIT,
        Action.PERSON_MERGE,
        Action.PERSON_WATCH,
        Action.RIGHTS_RECEIVE,
        Action.CONTACT_SEE,
    }
)


def _everything(user: User, grant: RoleGrant) -> Q:
    return Q()


def _protect(model: type[models.Model], prefix: str, creator: str) -> None:
    scope.register(
        model,
        scope.Protection(
            read=Action.PERSON_READ,
            office=f"{prefix}office",
            compartment=f"{prefix}compartment",
            restricted=None,
            relations={
                Relation.OFFICE: _everything,
                Relation.CREATOR: lambda user, grant: Q(**{creator: user}),
            },
            actions=_ACTIONS,
        ),
    )


def install() -> None:
    """Register the protection of this app's root records and of what is searched across people."""
    _protect(Person, "", "created_by")
    _protect(Judgement, "", "by")
    _protect(Merge, "", "by")
    for model in (Identifier, Contact, SearchKey, PpksStatus):
        _protect(model, "person__", "person__created_by")
    _protect_pairs()
    scope.register(
        Household,
        scope.Protection(
            read=Action.PERSON_READ,
            office="office",
            compartment="compartment",
            restricted=None,
            relations={Relation.OFFICE: _everything},
            actions=_ACTIONS - {Action.CONTACT_SEE},
        ),
    )


def _protect_pairs() -> None:
    """Pairs are of open entries only, so the first speaks for both."""
    scope.register(
        DuplicatePair,
        scope.Protection(
            read=Action.PERSON_MERGE,
            office="office",
            compartment="first__compartment",
            restricted=None,
            relations={Relation.OFFICE: _everything},
            actions=frozenset({Action.PERSON_MERGE}),
        ),
    )
