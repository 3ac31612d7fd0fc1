"""How much work lies with whom: running cases by worker and unit, of what the reader may see."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from django.db.models import Count, F

from pulih.access.models import Section, User
from pulih.access.policy import Action
from pulih.cases.models import Case, TeamMember
from pulih.cases.stages import ENDED


@dataclass(slots=True)
class Load:
    """The running cases of one worker.

    Attributes:
        leads: running cases that they lead, by the key of the unit ("" for no unit).
        helps: running cases on which they work beside a lead.
    """

    user: User
    leads: Counter[str] = field(default_factory=Counter)
    helps: int = 0

    @property
    def total(self) -> int:
        """How many they lead."""
        return sum(self.leads.values())


def workload(section: Section, *, user: User) -> list[Load]:
    """The workers of a section's running cases, the busiest first."""
    cases = Case.objects.visible_to(user, Action.CASE_ASSIGN).filter(section=section)
    running = cases.exclude(stage__in=ENDED)
    rows = (
        TeamMember.objects.filter(case__in=running.order_by().values("pk"), left_on=None)
        .values("user", "is_lead", unit=F("case__unit"))
        .annotate(cases=Count("pk"))
        .order_by()
    )
    loads: dict[object, Load] = {}
    people = User.objects.in_bulk({row["user"] for row in rows})
    for row in rows:
        load = loads.setdefault(row["user"], Load(people[row["user"]]))
        if row["is_lead"]:
            load.leads[str(row["unit"] or "")] += row["cases"]
        else:
            load.helps += row["cases"]
    return sorted(loads.values(), key=lambda load: (-load.total, load.user.full_name))


def without_lead(section: Section, *, user: User) -> int:
    """How many running cases of the section wait for a lead."""
    cases = Case.objects.visible_to(user, Action.CASE_ASSIGN).filter(section=section)
    led = TeamMember.objects.filter(is_lead=True, left_on=None).values("case")
    return cases.exclude(stage__in=ENDED).exclude(pk__in=led).count()
