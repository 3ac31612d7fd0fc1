"""What only one of the worlds holds: sealed cases with all that grows around them."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

FINDINGS = b"Visum: luka lama di lengan kiri.\n"
NAMES = ("Melati Kusumaningtyas", "Kenanga Rahmawati", "Seruni Puspaningrum", "Cempaka Larasati")
WORKER, HEAD = "peksos.anak", "kabid"


@dataclass(slots=True)
class Sealed:
    """What an outsider could try to find: names, numbers, keys and addresses of sealed records."""

    names: list[str] = field(default_factory=list)
    niks: list[str] = field(default_factory=list)
    numbers: list[str] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Sealer:
    """Works on sealed cases as those do who are named in them; seeds choose how far each goes."""

    draw: random.Random
    users: dict[str, Any]
    today: dt.date
    with_destruction: bool
    found: Sealed = field(default_factory=Sealed)

    def seal(self, *, cases: int, open_people: list[Any]) -> Sealed:
        """Open sealed cases, some about people whom everybody finds, and work on them."""
        for number in range(cases):
            person = open_people[number] if number < len(open_people) else None
            case = self._case(number, person)
            _begun(self, case)
            for step in self.draw.sample(STEPS, k=self.draw.randint(7, len(STEPS))):
                step(self, case)
            self._remember(case)
        if self.with_destruction:
            self._destroy()
        return self.found

    @property
    def worker(self) -> Any:
        """Who leads them."""
        return self.users[WORKER]

    def _case(self, number: int, person: Any) -> Any:
        from pulih.cases.actions.opening import open_case
        from pulih.cases.actions.registering import register_in_report
        from pulih.cases.actions.reporting import receive_report
        from pulih.cases.intake_facts import NewCase, Received
        from pulih.people.drafts import NumberDraft, PersonDraft

        report = receive_report(
            facts=Received(
                channel=self.draw.choice(("school", "police", "walk_in", "village")),
                ppks_kind=6,
                about=f"Anak {number}",
                description="Guru meminta pendampingan.",
                urgent=self.draw.random() < 0.5,
                workers=(self.worker,),
                person=person,
            ),
            by=self.worker,
        )
        self.found.numbers.append(report.number)
        self.found.addresses.append(f"/kasus/laporan/{report.pk}/")
        if person is None:
            name = f"{self.draw.choice(NAMES)} {self.draw.choice('ABCDEFGH')}"
            born = f"{40 + self.draw.randrange(1, 29)}0{self.draw.randrange(1, 10)}12"
            nik = f"352109{born}{self.draw.randrange(1, 9999):04d}"
            draft = PersonDraft(full_name=name, sex="P", numbers=(NumberDraft(nik),))
            report = register_in_report(report=report, draft=draft, by=self.worker)
            self.found.names.append(name)
            self.found.niks.append(nik)
        section = report.section
        facts = NewCase(section, "Perlu perlindungan segera.", ppks_kind=6, lead=self.worker)
        return open_case(facts=facts, person=person, report=report, by=self.worker)

    def _remember(self, case: Any) -> None:
        self.found.numbers += [case.number, case.person.number]
        base = f"/kasus/{case.number}/"
        self.found.addresses += [
            base,
            *(f"{base}{part}/" for part in ("layanan", "rencana", "asesmen", "tim", "dokumen")),
            f"/orang/{case.person_id}/",
            f"/orang/{case.person_id}/riwayat/",
            f"/berkas/dari/cases.case/{case.pk}/",
            f"/berkas/dari/people.person/{case.person_id}/",
            f"/kasus/orang/{case.person_id}/",
            f"/kasus/buka/?orang={case.person_id}",
            f"/pelindungan/permohonan/baru/{case.person_id}/",
        ]

    def _destroy(self) -> None:
        """One sealed case whose term is over is destroyed by those who may know of it."""
        from pulih.access.actions.compartments import name_by_office
        from pulih.cases.models import Case
        from pulih.privacy.actions.destroying import destroy, propose_destruction

        case = self._case(90, None)
        self._remember(case)
        ended = dt.date(self.today.year - 9, 3, 1)
        rows = Case.objects.unscoped(reason="an old case of the bench")
        rows.filter(pk=case.pk).update(
            stage=6, stage_since=ended, ended_on=ended, opened_on=ended - dt.timedelta(days=90)
        )
        case.refresh_from_db()
        head = self.users["kadis"]
        name_by_office(
            compartment=case.compartment, user=head, purpose="Pemusnahan", by=self.users[HEAD]
        )
        proposal = propose_destruction(case=case, by=self.users[HEAD])
        destroy(proposal=proposal, by=head)
        self.found.addresses.append(f"/pelindungan/retensi/usulan/{proposal.pk}/")


def _begun(at: Sealer, case: Any) -> None:
    """The guardian agreed, and the assessment begins."""
    from pulih.cases.actions.basis import record_basis
    from pulih.cases.actions.moves import move_case
    from pulih.cases.intake_facts import Grounds
    from pulih.cases.stages import Stage

    record_basis(case=case, grounds=Grounds("guardian", at.today, "Nenek"), by=at.worker)
    move_case(case=case, to=Stage.ASSESSMENT, by=at.worker)


def _note(at: Sealer, case: Any) -> None:
    from pulih.cases.actions.noting import write_note

    write_note(case=case, on=at.today, shared="Kunjungan pertama.", by=at.worker)


def _service(at: Sealer, case: Any) -> None:
    from pulih.cases.actions.serving import provide_service
    from pulih.cases.facts import Given

    provide_service(case=case, given=Given("E", at.today, Decimal(2)), by=at.worker)


def _session(at: Sealer, case: Any) -> None:
    from pulih.cases.actions.gathering import hold_session
    from pulih.cases.facts import Given, SessionFacts

    facts = SessionFacts("Kelompok dukungan", case.section)
    hold_session(facts=facts, given=Given("E", at.today, Decimal(1)), cases=[case], by=at.worker)


def _asked(at: Sealer, case: Any) -> None:
    from pulih.cases.actions.serving import request_service

    request_service(case=case, kind="H", on=at.today, by=at.worker)


def _task(at: Sealer, case: Any) -> None:
    from pulih.cases.actions.tasking import ask_on_case
    from pulih.inbox.actions import When

    due = When(at.today + dt.timedelta(days=2))
    ask_on_case(case=case, title="Telepon sekolah", to=at.worker, when=due, by=at.worker)


def _need(at: Sealer, case: Any) -> None:
    from pulih.cases.actions.needing import record_needs
    from pulih.cases.facts import Needed

    record_needs(case=case, needed=[Needed("food", "Sembako")], by=at.worker)


def _referred_out(at: Sealer, case: Any) -> None:
    from pulih.cases.actions.lettering import write_referral_letter
    from pulih.cases.actions.referring import draft_referral, send_referral
    from pulih.cases.facts import Asked

    asked = Asked(target="hospital", to_name="RSUD Ngawi", purpose="Pemeriksaan", told="Umum.")
    draft = draft_referral(case=case, asked=asked, by=at.worker)
    sent = send_referral(
        referral=draft, on=at.today, due_on=at.today + dt.timedelta(days=7), by=at.worker
    )
    letter = write_referral_letter(referral=sent, link="", by=at.worker)
    at.found.addresses += [
        f"/kasus/rujukan/{sent.pk}/",
        f"/surat/{letter.pk}/",
        f"/surat/{letter.pk}/surat.pdf",
    ]
    at.found.numbers.append(sent.number)


def _referred_inside(at: Sealer, case: Any) -> None:
    """To a section of which nobody is named in the compartment."""
    from pulih.access.models import Section
    from pulih.cases.actions.referring import draft_referral, send_referral
    from pulih.cases.facts import Asked

    section = Section.objects.get(office=case.office, kind=Section.Kind.PROTECTION)
    asked = Asked(target="section", to_section=section, purpose="Pendampingan")
    draft = draft_referral(case=case, asked=asked, by=at.worker)
    sent = send_referral(
        referral=draft, on=at.today, due_on=at.today + dt.timedelta(days=7), by=at.worker
    )
    at.found.addresses += [f"/kasus/rujukan/{sent.pk}/", f"/kasus/rujukan/{sent.pk}/tanggapan/"]


def _paper(at: Sealer, case: Any) -> None:
    from pulih.files.actions.attaching import attach
    from pulih.files.models import Owner

    kept = attach(owner=Owner.of(case), content=FINDINGS, name="visum.txt", by=at.worker)
    at.found.addresses += [f"/berkas/{kept.pk}/", f"/berkas/{kept.pk}/kecil/"]


def _letter(at: Sealer, case: Any) -> None:
    """A letter of the case that is issued, so that it takes a number of a series."""
    from pulih.papers.actions import draft_letter, issue_letter
    from pulih.papers.facts import About

    about = About("cases.case", case.pk, f"Kasus {case.number}", "cases:detail")
    letter = draft_letter(
        template="surat-keterangan",
        fields=LETTER,
        about=about,
        section=case.section,
        compartment=case.compartment,
        by=at.worker,
    )
    letter = issue_letter(letter=letter, by=at.worker)
    at.found.addresses += [f"/surat/{letter.pk}/", f"/surat/{letter.pk}/surat.pdf"]
    at.found.numbers.append(letter.number)


def _excluded(at: Sealer, case: Any) -> None:
    from pulih.cases.actions.excluding import exclude_user

    out = at.users["peksos.disabilitas"]
    exclude_user(case=case, user=out, reason="Keluarga pelaku", by=at.users[HEAD])


def _assessed(at: Sealer, case: Any) -> None:
    from pulih.cases.actions.assessment import write_assessment
    from pulih.cases.intake_facts import Findings

    found = Findings(at.today, problems="Takut", social="Tinggal bersama nenek")
    write_assessment(case=case, findings=found, by=at.worker)


def _right(at: Sealer, case: Any) -> None:
    """The guardian asks for the data of the child."""
    from pulih.common.clock import now
    from pulih.privacy.actions.requests import receive_request
    from pulih.privacy.facts import Asked

    asked = Asked(
        kind="access",
        asker="self",
        asked_by="",
        proof="KTP",
        wish="Melihat data",
        asker_is_suspect=False,
        received_at=now(),
    )
    made = receive_request(person=case.person, asked=asked, by=at.worker)
    at.found.addresses.append(f"/pelindungan/permohonan/{made.pk}/")


LETTER: dict[str, Any] = {
    "client": {"name": "Anak", "address": "Walikukun, Widodaren"},
    "statement": "Yang bersangkutan didampingi oleh Dinas Sosial.",
    "purpose": "keringanan biaya sekolah",
}
STEPS: tuple[Callable[[Sealer, Any], None], ...] = (
    _note,
    _service,
    _session,
    _asked,
    _task,
    _need,
    _referred_out,
    _referred_inside,
    _paper,
    _letter,
    _excluded,
    _assessed,
    _right,
)
"""What is done with a sealed case; a seed draws most of it, in an order of its own."""
