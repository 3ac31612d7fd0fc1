"""Reading who works on a case and who may know of it; the case was read for its reader."""

from __future__ import annotations

from pulih.access.models import CompartmentMember
from pulih.cases.models import Case, TeamMember


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
        compartment=case.compartment_id, valid_until=None
    ).exclude(user__in=on_team)
    return list(rows.select_related("user", "named_by").order_by("valid_from"))
