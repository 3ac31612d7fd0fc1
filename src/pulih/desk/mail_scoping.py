"""What the policy's words mean for incoming letters and what hangs on them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from pulih.access import scope
from pulih.access.models import RoleGrant, User
from pulih.access.policy import Action, Relation
from pulih.access.readings import watch_part, watch_root
from pulih.desk.models import Disposition, IncomingLetter, LetterOutcome

_ACTIONS = frozenset(
    {Action.MAIL_READ, Action.MAIL_RECEIVE, Action.MAIL_DISPOSE, Action.MAIL_ANSWER}
)
_IN_CHAIN = "the chain itself says who is in it"


def _protect(model: type[models.Model], prefix: str, compartment: str | None) -> None:
    def in_chain(user: User, grant: RoleGrant) -> Q:
        # Where a step was taken back, nobody is in the chain by it any more.
        steps = Disposition.objects.unscoped(reason=_IN_CHAIN).filter(
            Q(sender=user) | Q(receiver=user), ~Q(state=Disposition.State.WITHDRAWN)
        )
        return Q(**{f"{prefix}pk__in": steps.values("letter")})

    scope.register(
        model,
        scope.Protection(
            read=Action.MAIL_READ,
            office=f"{prefix}office",
            compartment=compartment,
            restricted=Q(**{f"{prefix}nature": IncomingLetter.Nature.SECRET}),
            relations={
                Relation.OFFICE: lambda user, grant: Q(),
                Relation.CREATOR: lambda user, grant: Q(**{f"{prefix}received_by": user}),
                Relation.TEAM: in_chain,
            },
            actions=_ACTIONS,
        ),
    )


def install() -> None:
    """Register the protection of this app's records."""
    _protect(IncomingLetter, "", None)
    _protect(Disposition, "letter__", None)
    _protect(LetterOutcome, "letter__", "compartment")
    watch_root(IncomingLetter, noun="mail", fields=("nature",), is_closed=lambda row: row.is_secret)
    watch_part(Disposition, "letter")
    watch_part(LetterOutcome, "letter")
