"""What the policy's words mean for imports."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q

from pulih.access import scope
from pulih.access.models import RoleGrant, User
from pulih.access.policy import Action, Relation
from pulih.exchange.models import ExportRun, ImportBatch, SavedMapping
from pulih.files.rules import register_owner


def _kinds(user: User, grant: RoleGrant) -> Q:
    """Who may import people sees every import; others see the kinds that they may import."""
    if user.may(Action.IMPORT_RUN):
        return Q()
    kinds = [ImportBatch.Kind.STUDENTS]
    if user.may(Action.IMPORT_STAFF):
        kinds.append(ImportBatch.Kind.STAFF)
    return Q(kind__in=kinds)


def install() -> None:
    """Register the protection of imports."""
    for model in (ImportBatch, SavedMapping):
        scope.register(
            model,
            scope.Protection(
                read=Action.IMPORT_STUDENTS,
                office="office",
                compartment=None,
                restricted=None,
                relations={Relation.OFFICE: _kinds},
                actions=frozenset({Action.IMPORT_RUN, Action.IMPORT_STAFF, Action.IMPORT_STUDENTS}),
            ),
        )
    scope.register(
        ExportRun,
        scope.Protection(
            read=Action.DAY_VIEW,
            office="office",
            compartment=None,
            restricted=None,
            relations={Relation.CREATOR: lambda user, _grant: Q(created_by=user)},
            actions=frozenset({Action.DAY_VIEW}),
        ),
    )
    register_owner("exchange.importbatch", may_read=_may_open, may_write=_may_open)


def _may_open(user: User, key: UUID) -> bool:
    return ImportBatch.objects.visible_to(user).filter(pk=key).exists()
