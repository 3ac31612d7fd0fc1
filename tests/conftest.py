"""The cast and the ground of every test."""

from __future__ import annotations

import datetime as dt
import itertools
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, connections
from django.db.models import Q
from django.test import TransactionTestCase
from django.utils import translation

from pulih.access.models import (
    Compartment,
    CompartmentMember,
    Office,
    RoleGrant,
    Section,
    Unit,
    User,
)
from pulih.cases.models import (
    Basis,
    Case,
    Closure,
    FollowUp,
    Goal,
    Measurement,
    Plan,
    Report,
    ServiceRecord,
)
from pulih.cases.stages import ENDED, Stage
from pulih.common.clock import now, today
from pulih.people.actions.registration import register_person
from pulih.people.drafts import PersonDraft
from pulih.people.models import Person, Region

LONG_AGO = dt.date(2020, 1, 1)


@pytest.fixture
def office(db: None) -> Office:
    """The office of Ngawi with its four sections and the three units of rehabilitation."""
    made = Office.objects.create(code="ngawi", name="Dinas Sosial Ngawi", region_code="35.21")
    for kind in Section.Kind:
        section = Section.objects.create(office=made, kind=kind, name=str(kind.label))
        if kind == Section.Kind.REHABILITATION:
            for code in ("anak-lansia", "tuna-sosial", "disabilitas"):
                Unit.objects.create(section=section, code=code, name=code)
    return made


@pytest.fixture
def section(office: Office) -> Section:
    """Social rehabilitation."""
    return office.sections.get(kind=Section.Kind.REHABILITATION)


@pytest.fixture
def make_user(office: Office, section: Section) -> Callable[..., User]:
    """Make somebody with a role (default social worker of rehabilitation)."""
    count = itertools.count(1)

    def make(role: str = "social_worker", **values: Any) -> User:
        number = next(count)
        where = values.pop("section", section)
        user = User.objects.create_user(
            values.pop("username", f"{role}-{number}"),
            values.pop("password", None),
            office=values.pop("office", office),
            full_name=values.pop("full_name", f"Pengguna {number}"),
            **values,
        )
        needs_section = role in {"social_worker", "section_head", "field_supervisor"}
        RoleGrant.objects.create(
            user=user, role=role, section=where if needs_section else None, valid_from=LONG_AGO
        )
        return user

    return make


@pytest.fixture(autouse=True)
def _indonesian() -> Iterator[None]:
    """Every test begins in the language of the office, whatever the one before it switched to."""
    with translation.override("id"):
        yield


@pytest.fixture(autouse=True, scope="session")
def _trail_allows_only_the_test_flush() -> Iterator[None]:
    """Let transactional tests empty the trail between tests; the triggers come back after it."""
    flush = TransactionTestCase._fixture_teardown

    def teardown(case: Any) -> None:
        drop = "DROP TRIGGER IF EXISTS audit_no_{0}" + (
            " ON access_auditevent" if connection.vendor == "postgresql" else ""
        )
        with connection.cursor() as cursor:
            for verb in ("update", "delete", "truncate", "replace"):
                cursor.execute(drop.format(verb))
        # The regions of Ngawi come with a migration; a flush would leave later tests without.
        ours = Q(code="35") | Q(code="35.21") | Q(code__startswith="35.21.")
        regions = list(Region.objects.filter(ours).order_by("code"))
        flush(case)
        Region.objects.bulk_create(regions)

    TransactionTestCase._fixture_teardown = teardown  # type: ignore[method-assign]
    yield
    TransactionTestCase._fixture_teardown = flush  # type: ignore[method-assign]


@pytest.fixture
def enter_database(tmp_path: Path) -> Callable[[], None]:
    """Gives a thread a connection of its own to what the test has written.

    An in-memory database of SQLite has one connection for all threads; its copy in a file takes
    writers side by side, as the office's own does.
    """
    if connection.vendor != "sqlite":
        return lambda: None
    path = tmp_path / "office.sqlite3"
    with sqlite3.connect(path) as copy:
        connection.connection.backup(copy)

    def enter() -> None:
        own = connections.create_connection("default")
        own.settings_dict = {**own.settings_dict, "NAME": str(path)}
        connections["default"] = own

    return enter


@pytest.fixture
def make_report(
    office: Office, section: Section, make_user: Callable[..., User]
) -> Callable[..., Report]:
    """Make a report as it was received (default new, open, of a homeless person)."""
    count = itertools.count(1)

    def make(*, sealed: bool = False, members: Iterable[User] = (), **values: Any) -> Report:
        number = next(count)
        return Report.objects.create(
            **{
                "office": office,
                "section": section,
                "compartment": _compartment(office, members) if sealed else None,
                "number": f"L-2026-{number:05d}",
                "channel": Report.Channel.VILLAGE,
                "received_at": now(),
                "received_by": values.pop("received_by", None) or make_user("front_desk"),
                "description": "Tidur di emperan pasar sejak seminggu.",
                "about": "Laki-laki kira-kira 50 tahun, mengaku Pardi",
                "ppks_kind": 11,
                **values,
            }
        )

    return make


@pytest.fixture
def make_case(
    office: Office, section: Section, make_user: Callable[..., User]
) -> Callable[..., Case]:
    """Make a case in any stage, with what that stage needs.

    Args of the maker:
        stage: a `Stage` or its name in small letters, such as "intervention".
        lead: who leads it; default a new social worker of the section; None for nobody.
        team: further members.
        sealed: puts the case and a person of its own into a compartment with lead and team.
        person: default a new open person (a sealed one for a sealed case).
    """
    count = itertools.count(1)
    anybody: Any = object()

    def make(
        *,
        stage: Stage | str = Stage.APPROACH,
        lead: User | None = anybody,
        team: Iterable[User] = (),
        section: Section = section,
        restricted: bool = False,
        sealed: bool = False,
        person: Person | None = None,
        **values: Any,
    ) -> Case:
        number = next(count)
        stage = Stage[stage.upper()] if isinstance(stage, str) else stage
        lead = make_user(section=section) if lead is anybody else lead
        members = [member for member in (lead, *team) if member]
        author = lead or make_user("section_head", section=section)
        compartment = _compartment(office, members) if sealed else None
        case = Case.objects.create(
            **{
                "office": office,
                "compartment": compartment,
                "restricted": restricted,
                "number": f"K-2026-8{number:04d}",
                "section": section,
                "person": person or _person(office, compartment, author, number),
                "ppks_kind": 11,
                "problem": "Tidur di emperan pasar.",
                "stage": stage,
                "stage_since": today(),
                "opened_on": today() - dt.timedelta(days=30),
                "opened_by": author,
                "ended_on": today() if stage in ENDED else None,
                **values,
            }
        )
        for member in members:
            case.team.create(user=member, is_lead=member is lead, joined_on=case.opened_on)
        for needed_from, furnish in _FURNISHINGS:
            if stage >= needed_from:
                furnish(case, author)
        return case

    return make


def _compartment(office: Office, members: Iterable[User]) -> Compartment:
    compartment = Compartment.objects.create(office=office)
    for member in members:
        compartment.members.create(user=member, valid_from=LONG_AGO, purpose="test")
    return compartment


def _person(office: Office, compartment: Compartment | None, by: User, number: int) -> Person:
    name = f"Orang {number}"
    named = {"full_name_sealed": name} if compartment else {"full_name": name}
    return Person.objects.create(
        office=office,
        compartment=compartment,
        number=f"P-2026-9{number:04d}",
        sort_name="" if compartment else name.lower(),
        created_by=by,
        **named,
    )


def _furnish_basis(case: Case, by: User) -> None:
    case.bases.create(
        kind=Basis.Kind.CLIENT, given_on=case.opened_on, given_by="Klien", recorded_by=by
    )


def _furnish_assessment(case: Case, by: User) -> None:
    case.assessments.create(assessed_on=today(), social="Sendiri.", problems="Tanpa rumah", by=by)
    case.measurements.create(
        instrument="skala-keberfungsian",
        version="1",
        measured_on=today(),
        mode=Measurement.Mode.OBSERVER,
        answers={"physical": 2, "mental": 2, "social": 1, "skills": 1},
        scores={
            "domains": {"physical": 50.0, "mental": 50.0, "social": 25.0, "skills": 25.0},
            "total": 37.5,
        },
        by=by,
    )


def _furnish_plan(case: Case, by: User) -> None:
    plan = case.plans.create(
        version=1,
        state=Plan.State.APPROVED,
        author=by,
        created_on=today(),
        agreed_by=Plan.AgreedBy.CLIENT,
        agreed_on=today(),
        decided_at=now(),
    )
    goal = plan.goals.create(
        position=1,
        area="social",
        text="Tinggal di tempat yang layak",
        anchors=["Jalanan", "Rumah singgah", "Rumah keluarga", "Menetap", "Mandiri"],
    )
    plan.services.create(goal=goal, kind="F", position=1, responsible=by)


def _furnish_service(case: Case, by: User) -> None:
    case.services.create(
        kind="F", state=ServiceRecord.State.PROVIDED, provided_on=today(), recorded_by=by
    )


def _furnish_end(case: Case, by: User) -> None:
    case.services.create(
        kind="I", state=ServiceRecord.State.PROVIDED, provided_on=today(), recorded_by=by
    )
    for goal in Goal.objects.filter(plan__case=case):
        goal.ratings.create(rated_on=today(), level=0, by=by)
    case.closures.create(
        reason=Closure.Reason.GOALS_MET,
        outcome=Closure.Outcome.RESTORED,
        evidence="Tinggal bersama keluarga.",
        closed_on=today(),
        closed_by=by,
    )


def _furnish_follow_up(case: Case, by: User) -> None:
    case.follow_ups.create(
        visited_on=today(),
        mode=FollowUp.Mode.VISIT,
        condition=FollowUp.Condition.KEPT,
        findings="Masih di rumah keluarga.",
        by=by,
    )


_FURNISHINGS: tuple[tuple[Stage, Callable[[Case, User], None]], ...] = (
    (Stage.ASSESSMENT, _furnish_basis),
    (Stage.PLANNING, _furnish_assessment),
    (Stage.INTERVENTION, _furnish_plan),
    (Stage.RESOCIALISATION, _furnish_service),
    (Stage.TERMINATION, _furnish_end),
    (Stage.FOLLOW_UP, _furnish_follow_up),
)


@pytest.fixture
def make_person(make_user: Callable[..., User]) -> Callable[..., Person]:
    """Register somebody; other words are fields of `PersonDraft`.

    With a compartment the person is made inside it, by somebody who is named there.
    """

    def make(
        full_name: str = "Slamet Riyanto",
        *,
        by: User | None = None,
        compartment: Compartment | None = None,
        **facts: Any,
    ) -> Person:
        registrar = by or make_user("social_worker")
        if compartment is not None and by is None:
            CompartmentMember.objects.create(
                compartment=compartment, user=registrar, valid_from=LONG_AGO, purpose="uji"
            )
        draft = PersonDraft(full_name=full_name, **facts)
        return register_person(draft=draft, compartment=compartment, by=registrar)

    return make
