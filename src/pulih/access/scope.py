"""The one predicate: which rows of a protected model a user may do an action on.

Each app registers, in `AppConfig.ready()`, what the classes and the relations of the policy mean
for its models. A relation that a model does not register is a denial there, and `missing()` lists
it so that a check can refuse to start.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias, TypeVar

from django.db import models
from django.db.models import Q

from pulih.access.models import CompartmentMember, RoleGrant, User
from pulih.access.policy import OF_FIELDS, Action, RecordClass, Relation, rows_for
from pulih.access.roles import Role
from pulih.common.clock import now, today

Resolver: TypeAlias = Callable[[User, RoleGrant], Q]
Row = TypeVar("Row", bound=models.Model)

NOTHING = Q(pk__in=())


@dataclass(frozen=True, slots=True)
class Protection:
    """What the policy's words mean for one model.

    Attributes:
        read: the action a plain `visible_to(user)` asks for.
        office: lookup of the office that owns the row, such as `office` or `case__office`.
        compartment: lookup of the compartment, None for models that are never sealed.
        restricted: which open-compartment rows are restricted to the team.
        relations: how a user stands to a row.
        actions: the actions that the policy may ask of this model, for the start-up check.
        barred: the rows that are shut to a user whatever else would open them; None where no row
            ever is.
    """

    read: Action
    office: str
    compartment: str | None
    restricted: Q | None
    relations: Mapping[Relation, Resolver]
    actions: frozenset[Action]
    barred: Callable[[User], Q] | None = None


_protections: dict[type[models.Model], Protection] = {}


def register(model: type[models.Model], protection: Protection) -> None:
    """Say what the policy's words mean for a model; once, when its app starts."""
    _protections[model] = protection


def protected_models() -> Mapping[type[models.Model], Protection]:
    """Every registered model; read by checks and by the architecture tests."""
    return _protections


def allowed(user: User, action: Action, model: type[models.Model]) -> Q:
    """The condition under which the user may do the action on a row of the model."""
    protection = _protections[model]
    given = _given(user, action, protection)
    return given if protection.barred is None else given & ~protection.barred(user)


def _given(user: User, action: Action, protection: Protection) -> Q:
    grants = user.current_grants
    in_office = Q(**{protection.office: user.office_id})
    found = Q()
    for row in rows_for(frozenset(grant.role for grant in grants), action):
        resolver = protection.relations.get(row.relation)
        if resolver is None:
            continue
        for grant in grants:
            if grant.role == row.role:
                reads = action == protection.read or action in OF_FIELDS
                named = compartments_of(user, for_hours=reads)
                condition = resolver(user, grant) & _classes(protection, row.classes, named)
                if not condition:
                    # An empty Q is every row, but “or” would take it for nothing said.
                    return in_office
                found |= condition
    return in_office & found if found else NOTHING


def _classes(
    protection: Protection,
    classes: frozenset[RecordClass],
    named: models.QuerySet[CompartmentMember, object],
) -> Q:
    restricted = NOTHING if protection.restricted is None else protection.restricted
    if protection.compartment is None:
        return _unsealed_classes(protection, restricted, classes)
    unsealed = Q(**{f"{protection.compartment}__isnull": True})
    parts = Q()
    if {RecordClass.OPEN, RecordClass.RESTRICTED} <= classes:
        parts |= unsealed
    elif RecordClass.OPEN in classes:
        parts |= unsealed & ~restricted if protection.restricted is not None else unsealed
    elif RecordClass.RESTRICTED in classes:
        parts |= unsealed & restricted
    if RecordClass.SEALED in classes:
        parts |= Q(**{f"{protection.compartment}__in": named})
    return parts


def _unsealed_classes(protection: Protection, restricted: Q, classes: frozenset[RecordClass]) -> Q:
    """The rows of a model that is never sealed: all, or only the open, or only the restricted."""
    if protection.restricted is None or {RecordClass.OPEN, RecordClass.RESTRICTED} <= classes:
        return Q()
    return ~restricted if RecordClass.OPEN in classes else restricted


def compartments_of(
    user: User, *, for_hours: bool = True
) -> models.QuerySet[CompartmentMember, object]:
    """The compartments in which the user is named today, as a subquery.

    Args:
        for_hours: do names that stand for some hours count? They open for reading alone: whoever
            broke the glass changes nothing and names nobody, themselves least (R-ACC-180).
    """
    day = today()
    hours = Q(until_at__gt=now()) if for_hours else Q(pk__in=())
    return CompartmentMember.objects.filter(
        Q(valid_until=None) | Q(valid_until__gte=day),
        Q(until_at=None) | hours,
        Q(lapses_at=None) | Q(lapses_at__gt=now()),
        user=user,
        waits=False,
        valid_from__lte=day,
    ).values_list("compartment", flat=True)


def not_sealed_to(user: User) -> Q:
    """The rows that are in no compartment, or in one that names the user today.

    For reads that ask more of the row they find: what is sealed to the user is not found at all,
    so that it costs as many statements as what is absent (R-ACC-160).
    """
    return Q(compartment__isnull=True) | Q(compartment__in=compartments_of(user))


def narrow(rows: models.QuerySet[Row], user: User, action: Action | None) -> models.QuerySet[Row]:
    """The rows of a query on which the user may do the action (default: the model's read)."""
    protection = _protections[rows.model]
    return rows.filter(allowed(user, action or protection.read, rows.model))


def reaches(user: User, action: Action, row: models.Model) -> bool:
    """May the user do the action on this very row? Asks the database, as every list does."""
    manager = type(row)._base_manager
    return manager.filter(allowed(user, action, type(row)), pk=row.pk).exists()


def missing() -> list[str]:
    """Relations that the policy uses for an action of a model that the model does not explain."""
    gaps = []
    for model, protection in _protections.items():
        for action in sorted(protection.actions):
            for row in rows_for(frozenset(Role.values), action):
                if row.relation not in protection.relations:
                    gaps.append(f"{model.__name__}: {action} by {row.role} in {row.relation}")
    return gaps
