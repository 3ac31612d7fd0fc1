"""Who works where today: heads of a section, workers of the office."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db.models import Q, QuerySet

from pulih.access.models import Office, RoleGrant, Section, Unit, User
from pulih.access.roles import Role
from pulih.access.scope import compartments_of
from pulih.common.clock import today

CASE_ROLES = (Role.SOCIAL_WORKER, Role.SECTION_HEAD)
"""Roles whose holders can be on the team of a case."""

GRANTABLE = (Role.STUDENT, Role.FIELD_SUPERVISOR, Role.SOCIAL_WORKER)
"""Roles to whose holders one case can be opened by name; lecturers read reports, never cases."""


def holders(office: Office, *roles: str, section: Section | None = None) -> QuerySet[User]:
    """Active users who hold one of the roles today, in the section where one is named."""
    where = {} if section is None else {"section": section}
    return _holders(office.pk, role__in=roles, **where)


def heads_of(section: Section, unit: Unit | None = None) -> QuerySet[User]:
    """The heads of a section today; with a unit, the heads of that unit as well (R-CASE-87)."""
    own = Q(unit=None) if unit is None else Q(unit=None) | Q(unit=unit)
    return _holders(section.office_id, own, role=Role.SECTION_HEAD, section=section)


def unit_head(unit: Unit | None, *, but: Collection[UUID] = ()) -> User | None:
    """Who heads this unit itself today, if somebody does; the head of the section is not meant."""
    if unit is None:
        return None
    section = unit.section
    heads = heads_of(section, unit).exclude(pk__in=heads_of(section).values("pk"))
    return heads.exclude(pk__in=but).order_by("full_name").first()


def may_know(user: User, compartment_id: UUID | None) -> bool:
    """May the user know of a record with this compartment: is it open, or are they named in it?"""
    if compartment_id is None:
        return True
    return compartments_of(user).filter(compartment=compartment_id).exists()


def seconds_of(section: Section, unit: Unit | None = None) -> QuerySet[User]:
    """Who confirms a name in a sealed record of the section: its heads, the head of office."""
    heads = heads_of(section, unit) | holders(section.office, Role.HEAD_OF_OFFICE)
    return heads.distinct()


def workers_of(office: Office) -> QuerySet[User]:
    """Everybody who can be on the team of a case."""
    return holders(office, *CASE_ROLES)


def candidates_for(section: Section) -> QuerySet[User]:
    """Who can be on the team of a case of the section: every worker, and the section's own head."""
    workers = holders(section.office, Role.SOCIAL_WORKER)
    heads = holders(section.office, Role.SECTION_HEAD, section=section)
    return (workers | heads).distinct()


def readers_of(office: Office) -> QuerySet[User]:
    """Everybody who can be named in the compartment of a sealed case."""
    return holders(office, *CASE_ROLES, Role.HEAD_OF_OFFICE)


def staff_of(office: Office) -> QuerySet[User]:
    """Everybody with an account of the office, by name."""
    return User.objects.filter(office=office, is_active=True).order_by("full_name")


def _holders(office_id: UUID, *among: Q, **grants: object) -> QuerySet[User]:
    """Active users of an office with a grant like this that holds today."""
    day = today()
    rows = RoleGrant.objects.filter(
        Q(valid_until=None) | Q(valid_until__gte=day), *among, valid_from__lte=day, **grants
    )
    return User.objects.filter(office=office_id, is_active=True, pk__in=rows.values("user"))
