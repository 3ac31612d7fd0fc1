"""Needs, families, what clients say, and two caseloads that change hands, in the demonstration."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Sequence

from jejak.birth import BirthDate
from pulih.access.models import RoleGrant, User
from pulih.access.roles import Role
from pulih.cases.actions.drawing import add_figure, judge_tie
from pulih.cases.actions.handing_over import (
    accept_handover,
    countersign_handover,
    propose_handover,
)
from pulih.cases.actions.hearing import hear_client
from pulih.cases.drawing.figures import Bond, Figure, Sign, Strength
from pulih.cases.facts import Caseload, Level
from pulih.cases.models import Case, Goal, Need, Plan, TeamMember
from pulih.cases.stages import Stage
from pulih.cases.usual_needs import usual_needs
from pulih.config.demo.cast import PASSWORD
from pulih.config.demo.kinds import lead_of
from pulih.people.actions.details import add_contact, add_kinship
from pulih.people.actions.registration import register_person
from pulih.people.drafts import ContactDraft, KinDraft, PersonDraft
from pulih.people.models import Kinship

R = Kinship.Relation
HELPERS = {
    Need.Kind.HEALTH: "Puskesmas setempat",
    Need.Kind.IDENTITY: "Dinas Dukcapil",
    Need.Kind.SCHOOL: "Sekolah terdekat",
    Need.Kind.LEGAL: "Pos bantuan hukum",
}
WHY_NOT = "Belum ada anggaran tahun ini; diajukan lagi tahun depan."
# Relation, name, sex, year of birth.
FAMILY: tuple[tuple[Kinship.Relation, str, str, int], ...] = (
    (R.FATHER, "Karto Wibowo", "L", 1949),
    (R.MOTHER, "Sumirah", "P", 1953),
    (R.SIBLING, "Endang Suryani", "P", 1975),
    (R.SIBLING, "Agus Wibowo", "L", 1984),
    (R.CHILD, "Dimas Wibowo", "L", 2006),
    (R.CHILD, "Ayu Wibowo", "P", 2011),
)
SAID = (
    "Sudah lebih tenang di rumah.",
    "Masih sulit tidur.",
    "Senang bisa ikut pelatihan.",
)


def fill_casework(
    users: dict[str, User], cases: Sequence[Case], *, today: dt.date, draw: random.Random
) -> None:
    """Give the invented cases what surrounds them."""
    running = [case for case in cases if case.ended_on is None]
    _needs(cases, today, draw)
    served = [case for case in running if case.stage == Stage.INTERVENTION]
    grown = [case for case in served if _is_grown(case, today)]
    for case in list({case.person_id: case for case in grown}.values())[:2]:
        _family(case, users)
    for case in served[:12]:
        _hear(case, today, draw)
    _done_handover(users, running, today)
    _waiting_handover(users, running, today)


def _needs(cases: Sequence[Case], today: dt.date, draw: random.Random) -> None:
    leads = {
        row.case_id: row.user
        for row in TeamMember.objects.filter(is_lead=True, left_on=None).select_related("user")
    }
    rows = []
    for number, case in enumerate(cases):
        if case.stage == Stage.APPROACH or number % 5 == 4:
            continue
        for usual in usual_needs(case.ppks_kind):
            lead = leads[case.pk]
            need = Need(
                case=case,
                kind=usual.kind,
                text=str(usual.text),
                helper=HELPERS.get(usual.kind, ""),
                owner=lead,
                recorded_by=lead,
            )
            if case.ended_on is not None or draw.random() < 0.55:
                need.state = Need.State.MET
                need.settled_on = case.ended_on or today - dt.timedelta(days=draw.randint(1, 20))
                need.settled_by = lead
            elif draw.random() < 0.12:
                need.state, need.note = Need.State.UNMET, WHY_NOT
                need.settled_on, need.settled_by = today - dt.timedelta(days=3), lead
            elif draw.random() < 0.6:
                need.due_on = today + dt.timedelta(days=draw.randint(-2, 40))
            rows.append(need)
    Need.objects.bulk_create(rows, batch_size=300)


def _is_grown(case: Case, today: dt.date) -> bool:
    """Is the client of an age to have a spouse and children, and without a family so far?"""
    born = case.person.born_around
    return born is not None and 38 <= today.year - born.year <= 52 and not case.person.kin.exists()


def _family(case: Case, users: dict[str, User]) -> None:
    """Three generations around one client, and the surroundings."""
    by = users["loket"]
    lead = lead_of(case)
    spouse = ("Heru Santosa", "L") if case.person.sex == "P" else ("Ratna Dewi", "P")
    ties: dict[str, Kinship] = {}
    for relation, name, sex, year in (*FAMILY, (R.SPOUSE, *spouse, 1982)):
        draft = PersonDraft(full_name=name, sex=sex, birth=BirthDate.year(year))
        other = register_person(draft=draft, by=by)
        guards = relation == R.SIBLING and sex == "P"
        ties[relation] = add_kinship(
            person=case.person,
            draft=KinDraft("", relation, is_guardian=guards),
            other=other,
            by=by,
        )
    for name, relation in (("Bu Lastri", R.NEIGHBOUR), ("Mbah Kromo", R.GRANDPARENT)):
        add_kinship(person=case.person, draft=KinDraft(name, relation), by=by)
    add_contact(
        person=case.person,
        draft=ContactDraft(kind="phone", value="081200001234", owner="Ketua RT 03"),
        by=by,
    )
    aunt = Figure("", "Bulik Warsi", sign=Sign.WOMAN, age="60")
    add_figure(case=case, figure=aunt, bond=Bond.SIBLING, to=str(ties[R.MOTHER].pk), by=lead)
    elder = case.person.kin.filter(relation=R.SIBLING).first()
    if elder is not None:
        former = Figure("", "Slamet", sign=Sign.MAN, is_dead=True)
        add_figure(case=case, figure=former, bond=Bond.MARRIED, to=str(elder.pk), by=lead)
    judge_tie(case=case, key="bu lastri", strength=Strength.STRONG, by=lead)
    judge_tie(case=case, key="ketua rt 03", strength=Strength.STRESSED, by=lead)


def _hear(case: Case, today: dt.date, draw: random.Random) -> None:
    goals = Goal.objects.filter(plan__case=case, plan__state=Plan.State.APPROVED)
    levels = {
        goal.pk: Level(draw.choice((-1, 0, 0, 1)), draw.choice((*SAID, "", ""))) for goal in goals
    }
    if levels:
        lead = lead_of(case)
        on = today - dt.timedelta(days=draw.randint(0, 9))
        hear_client(case=case, levels=levels, mode="client", on=on, by=lead)


def _done_handover(users: dict[str, User], cases: Sequence[Case], today: dt.date) -> None:
    """Somebody who retired: four cases, countersigned and accepted."""
    worker = _worker(users, "peksos.purna", "Hesti Palupi", today)
    mine = _give_lead(cases, users["peksos.disabilitas"], worker, 4)
    successor = users["peksos.disabilitas"]
    handover = propose_handover(
        caseload=Caseload(
            worker=worker,
            section=mine[0].section,
            to={case.pk: successor for case in mine},
            reason="Purnatugas per akhir bulan.",
            remarks={mine[0].pk: "Keluarga minta dikabari dulu sebelum kunjungan."},
        ),
        by=worker,
    )
    accept_handover(handover=handover, by=successor)
    countersign_handover(handover=handover, by=users["kabid"])
    worker.is_active = False
    worker.save(update_fields=["is_active"])


def _waiting_handover(users: dict[str, User], cases: Sequence[Case], today: dt.date) -> None:
    """Somebody who moves to another office: split between two, waiting for both and the head."""
    worker = _worker(users, "peksos.pindah", "Joko Santosa", today)
    mine = _give_lead(cases, users["peksos"], worker, 5)
    to = {
        case.pk: users["peksos" if number % 2 == 0 else "peksos.disabilitas"]
        for number, case in enumerate(mine)
    }
    propose_handover(
        caseload=Caseload(
            worker=worker,
            section=mine[0].section,
            to=to,
            reason="Pindah tugas ke kecamatan.",
            remarks={mine[0].pk: "Dijanjikan pendampingan ke Dukcapil pekan depan."},
        ),
        by=worker,
    )


def _worker(users: dict[str, User], username: str, full_name: str, today: dt.date) -> User:
    """A social worker of rehabilitation who is leaving."""
    colleague = users["peksos"]
    made = User.objects.create_user(
        username,
        PASSWORD,
        office=colleague.office,
        full_name=full_name,
        position="Pekerja sosial",
        is_demo=True,
    )
    grant = colleague.grants.get(role=Role.SOCIAL_WORKER)
    RoleGrant.objects.create(
        user=made, role=Role.SOCIAL_WORKER, section=grant.section, valid_from=today
    )
    return made


def _give_lead(cases: Sequence[Case], former: User, worker: User, count: int) -> list[Case]:
    """Cases that the leaving worker has led until now."""
    led = TeamMember.objects.filter(user=former, is_lead=True, left_on=None)
    wanted = set(led.values_list("case", flat=True))
    chosen = [case for case in cases if case.pk in wanted and case.stage >= Stage.PLANNING]
    mine = chosen[-count:]
    led.filter(case__in=mine).update(user=worker)
    Need.objects.filter(case__in=mine, owner=former).update(owner=worker)
    return mine
