"""One case of each class with all that can hang on it, written by the product's own actions."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from pulih.access.policy import RecordClass
from pulih.cases.actions.approving import approve_plan, submit_plan
from pulih.cases.actions.assessment import write_assessment
from pulih.cases.actions.basis import record_basis
from pulih.cases.actions.conferring import record_conference
from pulih.cases.actions.excluding import exclude_user
from pulih.cases.actions.gathering import hold_session
from pulih.cases.actions.measuring import take_measurement
from pulih.cases.actions.moves import move_case
from pulih.cases.actions.needing import record_needs
from pulih.cases.actions.noting import write_note
from pulih.cases.actions.opening import open_case
from pulih.cases.actions.planning import record_agreement, save_goal, save_service, start_plan
from pulih.cases.actions.referring import draft_referral, send_referral
from pulih.cases.actions.reporting import receive_report
from pulih.cases.actions.serving import provide_service, request_service
from pulih.cases.actions.team import add_member, name_reader
from pulih.cases.facts import Asked, Given, Needed, SessionFacts
from pulih.cases.intake_facts import (
    Answers,
    Findings,
    GoalFacts,
    Grounds,
    NewCase,
    Received,
    ServiceFacts,
)
from pulih.cases.models import Case, Referral
from pulih.cases.stages import Stage
from pulih.common.clock import now, today
from pulih.desk.actions.disposing import dispose
from pulih.desk.actions.registering import register_letter
from pulih.desk.letter_facts import Handing, LetterFacts
from pulih.files.actions import attach
from pulih.files.models import Owner
from pulih.inbox.actions import Slot, When, add_entry, open_task
from pulih.inbox.models import Subject
from pulih.papers.actions import draft_letter
from pulih.papers.facts import About
from pulih.people.actions.consents import record_consent
from pulih.people.actions.details import add_contact, add_identifier
from pulih.people.actions.registration import register_person
from pulih.people.actions.statuses import add_status
from pulih.people.drafts import ConsentTerms, ContactDraft, NumberDraft, PersonDraft, StatusDraft
from pulih.privacy.actions.requests import receive_request
from pulih.privacy.facts import Asked as RequestAsked
from pulih.privacy.models import Destruction
from tests.files.makers import picture

KIND_OF = {"open": 11, "restricted": 11, "health": 16, "sealed": 6}
"""PPKS kinds: homeless, homeless, living with HIV, child victim of violence."""
CLASS_OF = {"restricted": RecordClass.RESTRICTED}
PHONE_OF = {"open": "081200000001", "restricted": "081200000002"} | {
    "health": "081200000003",
    "sealed": "081200000004",
}
FOUND = "Cemas setiap malam"
"""What the assessment says of body and mind."""
STATEMENT = {
    "client": {"name": "Sutini", "address": "Walikukun, Widodaren"},
    "statement": "Yang bersangkutan tinggal bersama dua anak yang masih bersekolah.",
    "purpose": "keringanan biaya sekolah",
}


def write(cast: Any, held: str) -> dict[str, Any]:
    """Everything of one class, by the names that the file of expectations uses."""
    case = _case(cast, held)
    rows: dict[str, Any] = {"case": case, "case_id": str(case.pk), "case_kind": "cases.case"}
    rows |= {"phone": PHONE_OF[held], "health_words": FOUND, "case_owner": Owner.of(case)}
    rows |= _report(cast, held)
    rows |= _person(cast, case, held)
    rows |= _plan(cast, case)
    rows |= _work(cast, case)
    rows |= _next_plan(cast, case)
    rows |= _referrals(cast, case)
    rows |= _inbox(cast, case)
    rows |= _letter(cast, case)
    rows |= _mail(cast, held)
    rows |= _rights(cast, case)
    case.refresh_from_db()
    return rows


def _case(cast: Any, held: str) -> Case:
    person = register_person(draft=PersonDraft(full_name=f"Klien {held}", sex="P"), by=cast.worker)
    return open_case(
        facts=NewCase(
            section=cast.section,
            problem=f"Perkara {held} yang ditulis petugas.",
            ppks_kind=KIND_OF[held],
            lead=cast.worker,
            held=CLASS_OF.get(held),
        ),
        person=person,
        by=cast.head,
    )


def _report(cast: Any, held: str) -> dict[str, Any]:
    facts = Received(
        channel="walk_in",
        description=f"Laporan {held}.",
        section=cast.section,
        ppks_kind=KIND_OF[held],
        held=CLASS_OF.get(held, RecordClass.OPEN),
        workers=(cast.worker,) if held == "sealed" else (),
        reporter_contact="081299999999",
    )
    return {"report": receive_report(facts=facts, by=cast.clerk)}


def _person(cast: Any, case: Case, held: str) -> dict[str, Any]:
    person, by = case.person, cast.worker
    other = register_person(
        draft=PersonDraft(full_name=f"Klien lain {held}"), compartment=person.compartment, by=by
    )
    return {
        "person": person,
        "other_person": other,
        "what": "kontak",
        "contact": add_contact(person=person, draft=ContactDraft(PHONE_OF[held]), by=by),
        "identifier": add_identifier(person=person, draft=NumberDraft("3521010101900001"), by=by),
        "status": add_status(person=person, draft=StatusDraft(12, today()), by=by),
        "consent": record_consent(
            person=person,
            terms=ConsentTerms(purpose="service", given_on=today(), given_by="Klien"),
            by=by,
        ),
    }


def _plan(cast: Any, case: Case) -> dict[str, Any]:
    by = cast.worker
    basis = record_basis(case=case, grounds=Grounds("client", today(), given_by="Klien"), by=by)
    move_case(case=case, to=Stage.ASSESSMENT, by=by)
    write_assessment(
        case=case, findings=Findings(today(), "Tanpa rumah", psychological=FOUND), by=by
    )
    levels = {"physical": 2, "mental": 2, "social": 1, "skills": 1}
    answers = Answers(levels, on=today(), mode="observer")
    take_measurement(case=case, code="skala-keberfungsian", answers=answers, by=by)
    case.refresh_from_db()
    move_case(case=case, to=Stage.PLANNING, by=by)
    case.refresh_from_db()
    plan = start_plan(case=case, by=by)
    goal = save_goal(
        plan=plan, facts=GoalFacts("Punya rumah", "social", ["a", "b", "c", "d", "e"]), by=by
    )
    save_service(plan=plan, facts=ServiceFacts("F", text="Konseling", goal=goal), by=by)
    record_agreement(plan=plan, agreed_by="client", name="", on=today(), by=by)
    submit_plan(plan=plan, by=by)
    plan.refresh_from_db()
    approve_plan(plan=plan, by=cast.head)
    return {"basis": basis}


def _next_plan(cast: Any, case: Case) -> dict[str, Any]:
    """A second version that is still being written."""
    plan = start_plan(case=case, by=cast.worker)
    goal, planned = plan.goals.first(), plan.services.first()
    return {"plan": plan, "goal": goal, "planned": planned}


def _work(cast: Any, case: Case) -> dict[str, Any]:
    by = cast.worker
    case.refresh_from_db()
    move_case(case=case, to=Stage.INTERVENTION, by=by)
    case.refresh_from_db()
    asked = request_service(case=case, kind="F", on=today(), text="Konseling", by=by)
    given = provide_service(case=case, given=Given("F", today(), Decimal(1)), by=by)
    record_needs(case=case, needed=[Needed("health", "Obat")], by=by)
    write_note(case=case, on=today(), shared="Terlihat", private="Rahasia", by=by)
    record_conference(
        case=case, on=today(), present="Tim", minutes="Rapat", decisions="Lanjut", by=by
    )
    session = hold_session(
        facts=SessionFacts("Senam", cast.section),
        given=Given("F", today(), Decimal(1)),
        cases=[case],
        by=by,
    )
    shut = exclude_user(case=case, user=cast.kin, reason="Kerabat klien", by=cast.head)
    add_member(case=case, user=cast.colleague, by=cast.worker)
    if case.compartment_id is not None:
        name_reader(case=case, user=cast.deputy, purpose="Mewakili kepala dinas", by=cast.head)
    return {
        "service": given,
        "asked_service": asked,
        "need": case.needs.get(),
        "session": session,
        "exclusion": shut,
        "member": cast.colleague,
        "reader": cast.deputy,
    }


def _referrals(cast: Any, case: Case) -> dict[str, Any]:
    by = cast.worker
    outside = Asked(target=Referral.Target.HOSPITAL, purpose="Periksa", to_name="RSUD Uji")
    inside = Asked(target=Referral.Target.SECTION, purpose="Bantuan", to_section=cast.elsewhere)
    due = today() + dt.timedelta(days=7)
    draft = draft_referral(case=case, asked=outside, by=by)
    sent = draft_referral(case=case, asked=outside, by=by)
    send_referral(referral=sent, on=today(), due_on=due, by=by)
    inner = draft_referral(case=case, asked=inside, by=by)
    send_referral(referral=inner, on=today(), due_on=due, by=by)
    return {"referral": draft, "sent_referral": sent, "inner_referral": inner}


def _inbox(cast: Any, case: Case) -> dict[str, Any]:
    about = Subject.of(case, "cases:detail", number=case.number)
    task = open_task(
        kind="case_work",
        title="Kunjungi",
        about=about,
        to=cast.worker,
        when=When(due_on=today()),
        by=cast.worker,
    )
    entry = add_entry(
        title="Kunjungan", about=about, to=cast.worker, slot=Slot(today()), by=cast.worker
    )
    file = attach(
        owner=Owner.of(case), content=picture(), name="foto.jpg", kind="photo", by=cast.worker
    )
    return {"task": task, "step_name": "selesai", "entry": entry, "file": file}


def _letter(cast: Any, case: Case) -> dict[str, Any]:
    letter = draft_letter(
        template="surat-keterangan",
        fields=STATEMENT,
        about=About("cases.case", case.pk, case.number, "day"),
        section=cast.section,
        compartment=case.compartment,
        restricted=case.restricted,
        by=cast.worker,
    )
    return {"letter": letter}


def _mail(cast: Any, held: str) -> dict[str, Any]:
    facts = LetterFacts(
        sender="Kepala Desa Grudo",
        subject="Warga terlantar",
        received_on=today(),
        nature="ordinary" if held == "open" else "secret",
    )
    letter = register_letter(facts=facts, by=cast.clerk)
    handing = Handing(receivers=(cast.worker,), instructions=("follow_up",))
    (step,) = dispose(letter=letter, handing=handing, by=cast.chief)
    return {"mail": letter, "step": step}


def _rights(cast: Any, case: Case) -> dict[str, Any]:
    asked = RequestAsked(
        kind="access",
        asker="self",
        asked_by="",
        proof="KTP asli diperlihatkan",
        wish="Melihat data saya",
        asker_is_suspect=False,
        received_at=now(),
    )
    request = receive_request(person=case.person, asked=asked, by=cast.worker)
    # No case is old enough to be destroyed on the day on which it began: the proposal is a row.
    destruction = Destruction.objects.create(
        office=case.office,
        compartment=case.compartment,
        case=case,
        case_key=case.pk,
        number=case.number,
        ended_on=today(),
        basis="JRA uji",
        proposed_by=cast.colleague,
        proposed_at=now(),
    )
    return {"request": request, "destruction": destruction}
