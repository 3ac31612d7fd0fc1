"""The office of the matrix: a record of everything in each class, somebody in each relation.

Everything that a page can write is written by the product's own actions. What no page would write
(an examiner on the team of a case, a student named in a compartment) is put into the database by
hand: a row that should not be there must open nothing either.
"""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

from pulih.access.actions.installing import create_office
from pulih.access.models import CompartmentMember, NumberCounter, Office, RoleGrant, Section, User
from pulih.cases.actions.glass import break_glass
from pulih.cases.actions.granting import grant_case
from pulih.cases.actions.handing_over import propose_handover
from pulih.cases.facts import Caseload
from pulih.cases.intake_facts import GrantFacts
from pulih.cases.models import BrokenGlass, Case, CounterService, Report
from pulih.common.clock import now, today
from tests.matrix import casework, officework
from tests.matrix.expectations import CLASSES, RELATIONS, roles

SINCE = dt.date(2020, 1, 1)
OF_A_SECTION = ("social_worker", "section_head", "field_supervisor")
ABSENT_NUMBER = "K-2026-70000"
READ_BY_NAME = ("student", "field_supervisor")
ABROAD = "Dinas Seberang"
EMERGENCY = "Anak sakit keras malam ini dan tidak ada yang dapat dihubungi."


@dataclass
class World:
    """The office, who works there, and the records of each class by the names of the file."""

    office: Office
    users: dict[tuple[str, str], User] = field(default_factory=dict)
    records: dict[str, dict[str, str]] = field(default_factory=dict)
    rows: dict[str, dict[str, Any]] = field(default_factory=dict)
    expired: User | None = None
    newcomer: User | None = None
    """Somebody without any role yet, whom no team and no compartment knows."""
    abroad: World | None = None
    """Another office, with people and records of its own: for who is in this one it is absent."""

    def address(self, names: tuple[str, ...], held: str) -> list[str]:
        """The records that an address names, for a class."""
        return [self.records[held][name] for name in names]


def absent(name: str, value: str, *, shared: bool = True) -> str:
    """The same part of an address, of a record that does not exist; words stay as they are."""
    if name in NUMBERS:
        return ABSENT_NUMBER
    if shared and name in SHARED:
        return value
    try:
        uuid.UUID(value)
    except ValueError:
        return value
    return str(uuid.UUID(int=0xABCDEF, version=4))


NUMBERS = frozenset({"case", "counter"})
SHARED = frozenset({"section", "worker"})
"""Records that everybody may know."""


def build() -> World:
    """Build the offices; the caller opens the database and the transaction."""
    world = _work(create_office(name="Dinas Uji", region_code="35.21", is_demo=True, by=None))
    other = create_office(name=ABROAD, region_code="35.20", is_demo=True, by=None)
    tickets = f"TA{today():%m%d}"
    for series in ("K", "LK", "L", "BA", "H", "B", "P", "R", tickets):
        # No number of the one office is a number of the other.
        NumberCounter.objects.create(office=other, series=series, year=today().year, last=500)
    world.abroad = _work(other)
    return world


def _work(office: Office) -> World:
    """Everything that an office has."""
    world = World(office)
    rehabilitation = world.office.sections.get(kind=Section.Kind.REHABILITATION)
    elsewhere = world.office.sections.get(kind=Section.Kind.SECURITY)
    for role in roles():
        for relation in RELATIONS:
            where = rehabilitation if relation in ("team", "unit") else elsewhere
            held = where if role in OF_A_SECTION else None
            # Heads of the section are named in whatever is sealed from its first day on; whoever
            # comes later is not: so the head of "unit" comes when everything is written.
            late = (role, relation) == ("section_head", "unit")
            user = _user(world.office, f"{role}-{relation}")
            world.users[role, relation] = user
            if not late:
                _grant(user, role, held)
    cast = SimpleNamespace(
        world=world,
        office=world.office,
        section=rehabilitation,
        elsewhere=elsewhere,
        worker=world.users["social_worker", "team"],
        head=world.users["section_head", "team"],
        chief=world.users["head_of_office", "team"],
        clerk=world.users["front_desk", "team"],
        admin=world.users["administrator", "team"],
        colleague=_colleague(world.office, rehabilitation, "colleague"),
        kin=_colleague(world.office, rehabilitation, "kin"),
        deputy=_deputy(world.office),
    )
    everyones = officework.write(cast)
    for held in CLASSES:
        rows = casework.write(cast, held)
        world.rows[held] = {**everyones, **rows}
        world.records[held] = {name: _key(row) for name, row in world.rows[held].items()}
    _handover(cast)
    _grant(world.users["section_head", "unit"], "section_head", rehabilitation)
    _relate(cast)
    world.newcomer = _user(world.office, "newcomer")
    world.expired = _user(world.office, "expired")
    RoleGrant.objects.create(
        user=world.expired,
        role="social_worker",
        section=rehabilitation,
        valid_from=SINCE,
        valid_until=today() - dt.timedelta(days=1),
    )
    for rows in world.rows.values():
        _put_on_team(rows["case"], world.expired)
        _name(rows["case"], world.expired)
    return world


def _key(row: Any) -> str:
    if isinstance(row, str):
        return row
    if not hasattr(row, "pk"):
        return ""
    return str(row.number if isinstance(row, Case | CounterService) else row.pk)


def _user(office: Office, name: str) -> User:
    of = "" if office.name != ABROAD else f"{ABROAD.split()[-1].lower()}-"
    login, full = (of + name).replace("_", "-"), (of + name).title()
    return User.objects.create_user(login, None, office=office, full_name=full, is_demo=True)


def _grant(user: User, role: str, section: Section | None) -> None:
    RoleGrant.objects.create(user=user, role=role, section=section, valid_from=SINCE)


def _colleague(office: Office, section: Section, name: str) -> User:
    user = _user(office, name)
    _grant(user, "social_worker", section)
    return user


def _deputy(office: Office) -> User:
    user = _user(office, "deputy")
    _grant(user, "head_of_office", None)
    return user


def _handover(cast: Any) -> None:
    """The worker of "team" wants to hand everything over to the colleague."""
    cases = [cast.world.rows[held]["case"] for held in CLASSES]
    for case in cases:
        _name(case, cast.colleague)
    made = propose_handover(
        caseload=Caseload(
            worker=cast.worker,
            section=cast.section,
            to={case.pk: cast.colleague for case in cases},
            reason="Pindah tugas",
        ),
        by=cast.worker,
    )
    lines = {line.case_id: line for line in made.lines.all()}
    for held in CLASSES:
        case = cast.world.rows[held]["case"]
        found = {"handover": made, "line": lines[case.pk], "successor": cast.colleague}
        found |= {"worker": cast.worker}
        cast.world.rows[held] |= found
        cast.world.records[held] |= {name: str(row.pk) for name, row in found.items()}


def _relate(cast: Any) -> None:
    """Put everybody into their relation, by the pages' own way where there is one."""
    for held in CLASSES:
        rows = cast.world.rows[held]
        for role in roles():
            _put_on_team(rows["case"], cast.world.users[role, "team"])
            for subject in (rows["case"], rows["report"]):
                _name(subject, cast.world.users[role, "team"])
            _open_for_hours(rows, cast.world.users[role, "granted"], cast.worker)
    for held in CLASSES:
        # An open case needs no broken glass; its column asks for that of the restricted one.
        source = cast.world.rows["restricted" if held == "open" else held]
        cast.world.rows[held]["glass"] = source["glass"]
        cast.world.records[held]["glass"] = str(source["glass"].pk)
        rows = cast.world.rows[held]
        cast.world.records[held]["grant_of_case"] = str(rows["grant_of_case"].pk)
        # A name in a compartment, which waits for a second officer; open records have none.
        waiting = cast.world.rows["sealed"]["grant_of_case"].member
        cast.world.records[held]["name"] = str(waiting.pk)
        rows["name"] = waiting
        room = cast.world.rows["sealed"]["case"].compartment
        cast.world.records[held]["room"] = str(room.pk)


def _put_on_team(case: Case, user: User) -> None:
    if not case.team.filter(user=user, left_on=None).exists():
        case.team.create(user=user, joined_on=case.opened_on)


def _name(subject: Case | Report, user: User, **until: Any) -> None:
    room = subject.compartment
    if room is not None and not room.members.filter(user=user).exists():
        room.members.create(user=user, valid_from=SINCE, purpose="uji", **until)


def _open_for_hours(rows: dict[str, Any], user: User, lead: User) -> None:
    """Broken glass; a row by hand where the rules would refuse it. Open cases need none.

    Students and their supervisors read one case by a named grant instead.
    """
    case = rows["case"]
    if not user.roles.isdisjoint(READ_BY_NAME):
        facts = GrantFacts(user, "Belajar", today(), today() + dt.timedelta(days=5), lead)
        rows.setdefault("grant_of_case", grant_case(case=case, facts=facts, by=lead))
        _put_by_hand(rows, user)
        return
    if not case.is_held_closely:
        return
    if "social_worker" in user.roles or "section_head" in user.roles:
        made = break_glass(number=case.number, reason=EMERGENCY, by=user)
        if made is not None:
            rows.setdefault("glass", made)
    else:
        _break_by_hand(case, user)
        _name(case, user, until_at=now() + dt.timedelta(hours=4))
    _name(rows["report"], user, until_at=now() + dt.timedelta(hours=4))


def _put_by_hand(rows: dict[str, Any], user: User) -> None:
    """A student in the team, a supervisor with a broken glass: no more opens to them by it."""
    if "student" in user.roles:
        _put_on_team(rows["case"], user)
    else:
        _break_by_hand(rows["case"], user)


def _break_by_hand(case: Case, user: User) -> None:
    BrokenGlass.objects.create(
        case=case,
        user=user,
        reason=EMERGENCY,
        broken_at=now(),
        until_at=now() + dt.timedelta(hours=4),
    )


def named_in(room: Any) -> set[Any]:
    """Who is named in a compartment; read by the checks of the world itself."""
    return set(CompartmentMember.objects.filter(compartment=room).values_list("user", flat=True))
