"""The small office that every sequence begins in, and goes back to."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

START = dt.datetime(2026, 3, 2, 3, 0, tzinfo=dt.UTC)
SINCE = dt.date(2024, 1, 1)
HELD = ("open", "restricted", "sealed")


@dataclass(slots=True)
class Office:
    """People and cases by name, as the machine calls them."""

    users: dict[str, Any] = field(default_factory=dict)
    cases: dict[str, Any] = field(default_factory=dict)
    people: dict[str, Any] = field(default_factory=dict)
    units: dict[str, Any] = field(default_factory=dict)
    needs: dict[str, Any] = field(default_factory=dict)


ROLES = {
    "worker": ("social_worker", "rehabilitation", ""),
    "colleague": ("social_worker", "rehabilitation", ""),
    "guest": ("social_worker", "rehabilitation", ""),
    "other": ("social_worker", "protection", ""),
    "head": ("section_head", "rehabilitation", ""),
    "unit_head": ("section_head", "rehabilitation", "disabilitas"),
    "chief": ("head_of_office", "", ""),
    "admin": ("administrator", "", ""),
    "second_admin": ("administrator", "", ""),
}
"""Role, section and unit of everybody; the machine and its model read them here alone."""


def build() -> Office:
    """Make the office: one open, one restricted and one sealed case of the same worker."""
    from pulih.access.actions.installing import create_office
    from pulih.access.models import RoleGrant, Section, Unit, User

    office = create_office(name="Dinas Uji", region_code="35.21", is_demo=True, by=None)
    sections = {section.kind: section for section in office.sections.all()}
    made = Office(units={unit.code: unit for unit in Unit.objects.filter(section__office=office)})
    for name, (role, section, unit) in ROLES.items():
        user = User.objects.create_user(name, None, office=office, full_name=name, is_demo=True)
        RoleGrant.objects.create(
            user=user,
            role=role,
            section=sections.get(Section.Kind(section)) if section else None,
            unit=made.units[unit] if unit else None,
            valid_from=SINCE,
        )
        made.users[name] = user
    for held in HELD:
        _open(made, held, sections[Section.Kind.REHABILITATION])
    return made


def _open(made: Office, held: str, section: Any) -> None:
    from pulih.access.policy import RecordClass
    from pulih.cases.actions.needing import record_needs
    from pulih.cases.actions.opening import open_case
    from pulih.cases.facts import Needed
    from pulih.cases.intake_facts import NewCase
    from pulih.people.actions.registration import register_person
    from pulih.people.drafts import PersonDraft

    worker = made.users["worker"]
    person = register_person(draft=PersonDraft(full_name=f"Orang {held}"), by=worker)
    facts = NewCase(
        section, "Perlu pendampingan.", ppks_kind=11, lead=worker, held=RecordClass(held)
    )
    case = open_case(facts=facts, person=person, by=worker)
    made.cases[held], made.people[held] = case, case.person
    made.needs[held] = record_needs(case=case, needed=[Needed("food", "awal")], by=worker)[0]
