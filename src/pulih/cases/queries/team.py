"""Reading who works on a case and who may know of it; the case was read for its reader."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q

from pulih.access.models import CompartmentMember
from pulih.cases.models import Case, CaseGrant, TeamMember
from pulih.common.clock import now, today


def former_members(case: Case) -> list[TeamMember]:
    """Who was on the team before, the latest first."""
    rows = case.team.filter(left_on__isnull=False).select_related("user")
    return list(rows.order_by("-left_on"))


def named_readers(case: Case) -> list[CompartmentMember]:
    """Who is named in a sealed case without being on its team."""
    if case.compartment_id is None:
        return []
    on_team = case.team.filter(left_on=None).values("user")
    rows = CompartmentMember.objects.filter(
        Q(lapses_at=None) | Q(lapses_at__gt=now()),
        compartment=case.compartment_id,
        valid_until=None,
        waits=False,
    ).exclude(user__in=on_team)
    return list(rows.select_related("user", "named_by").order_by("valid_from"))


def unconfirmed_names(case: Case) -> list[CompartmentMember]:
    """Who was named in a sealed case and wants the word of a second officer still."""
    if case.compartment_id is None:
        return []
    rows = CompartmentMember.objects.filter(
        Q(waits=True) | Q(lapses_at__gt=now()),
        Q(valid_until=None) | Q(valid_until__gte=today()),
        compartment=case.compartment_id,
    )
    return list(rows.select_related("user", "named_by").order_by("valid_from"))


def standing_grants(case: Case) -> list[CaseGrant]:
    """Who may read the case for a time, each with `watched`: is the supervisor on the team now?"""
    watching = TeamMember.objects.filter(
        case=OuterRef("case"), user=OuterRef("supervisor"), left_on=None, user__is_active=True
    )
    rows = case.grants.filter(ended_at=None, valid_until__gte=today())
    rows = rows.annotate(watched=Exists(watching)).select_related("user", "supervisor", "member")
    return list(rows.order_by("valid_from"))
