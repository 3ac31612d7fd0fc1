"""Three running cases with services of their own, and measurements with the new scales."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from pulih.access.models import User
from pulih.cases.actions.measuring import take_measurement
from pulih.cases.actions.serving import provide_service
from pulih.cases.actions.visiting import record_visit
from pulih.cases.facts import Given, VisitNote
from pulih.cases.instruments import CHILD_SITUATION
from pulih.cases.intake_facts import Answers
from pulih.cases.models import Case, Measurement
from pulih.cases.stages import Stage

WASHINGTON = "washington-group-ss"
ELDERLY, DISABLED_CHILD, HOMELESS = 8, 5, 11

SERVICES: Mapping[int, tuple[tuple[int, str, str, str, Mapping[str, Any]], ...]] = {
    ELDERLY: (
        (20, "H", "Rumah klien", "Sembako diterima, cukup untuk dua minggu.",
         {"need": "food", "item": "Paket sembako lansia", "amount": 1, "unit": "paket",
          "source": "district", "met": "partly", "receipt": True}),
        (13, "B", "Rumah klien", "Mau mandi setelah ditemani.",
         {"carer": "Kader posyandu lansia", "relation": "staff", "hygiene": 2, "meals": 2,
          "care": "Dimandikan, kamar dibersihkan, makan disiapkan.", "health": "minor"}),
        (6, "G", "Rumah klien", "Pegangan kakus terpasang.",
         {"barrier": "building", "object": "Kakus licin tanpa pegangan", "state": "removed",
          "fits": 4}),
    ),
    DISABLED_CHILD: (
        (24, "G", "Kantor", "Kursi roda diukur, diberikan, dan dicoba.",
         {"barrier": "device", "object": "Kursi roda anak", "size": "Lebar dudukan 30 cm",
          "state": "given", "trained": True, "fits": 3}),
        (17, "E", "Puskesmas", "Berdiri berpegangan dua menit.",
         {"activity": "Latihan duduk dan berdiri", "leader": "Fisioterapis", "session": 1,
          "ability": 1, "complaint": "slight", "home": "Sepuluh kali setiap pagi bersama ibu"}),
        (9, "F", "Rumah klien", "Ibu dan nenek sepakat bergantian merawat.",
         {"goal": "Membagi tugas merawat anak", "setting": "family", "reached": 3,
          "agreement": "Nenek pagi, ibu sore"}),
    ),
    HOMELESS: (
        (27, "A", "Emperan pasar", "Mau menyebut desa asalnya.",
         {"wish": "Ingin tidur di tempat yang tidak diusir.", "readiness": 2,
          "diagnosis": "Terputus dari keluarga tiga tahun sejak gagal usaha; malu pulang.",
          "risk": "none"}),
        (19, "K", "Puskesmas", "Luka kaki dirawat.",
         {"to": "Puskesmas Ngawi", "purpose": "Perawatan luka kaki", "sent_by": "escorted",
          "answered": "accepted", "served": True}),
        (8, "I", "Balai desa", "Kakak bersedia menerima, kamar disiapkan.",
         {"person": 3, "family": 3, "village": 2, "where": "Rumah kakak", "statement": True}),
    ),
}  # fmt: skip
DIFFICULTIES: Mapping[int, tuple[int, ...]] = {
    ELDERLY: (1, 2, 2, 1, 1, 0),
    HOMELESS: (0, 0, 1, 0, 0, 0),
}
DOMAINS = ("see", "hear", "walk", "remember", "care", "communicate")
CHILD_DOMAINS = (
    *("safety", "home", "health", "psychological"),
    *("school", "family", "documents", "material"),
)
CHILD_BEFORE, CHILD_NOW = (1, 2, 1, 1, 1, 2, 2, 1), (3, 3, 3, 2, 3, 3, 3, 2)


def tell_three_cases(cases: Sequence[Case], *, today: dt.date) -> None:
    """Give an elderly person's, a disabled child's and a homeless person's case their services.

    And measure: functional domains, and the situation of the child of the founding story.

    Args:
        cases: the invented cases.
    """
    for kind, services in SERVICES.items():
        case = _longest_running(cases, kind)
        if case is None:
            continue
        lead = lead_of(case)
        for days, letter, place, result, details in services:
            on = max(today - dt.timedelta(days=days), case.opened_on)
            given = Given(letter, on, Decimal(1), place, result, details=details)
            provide_service(case=case, given=given, by=lead)
        visit = {"met": "client", "condition": "better", "health": "treated", "danger": "no"}
        note = VisitNote(
            on=today - dt.timedelta(days=2),
            details=visit,
            place="Rumah klien",
            next_on=today + dt.timedelta(days=12),
        )
        record_visit(case=case, note=note, by=lead)
        if kind in DIFFICULTIES:
            levels = dict(zip(DOMAINS, DIFFICULTIES[kind], strict=True))
            answers = Answers(levels, today - dt.timedelta(days=5), Measurement.Mode.SELF)
            take_measurement(case=case, code=WASHINGTON, answers=answers, by=lead)
    _measure_the_child(today)


def _measure_the_child(today: dt.date) -> None:
    why = "the demonstration measures the child of the founding story"
    child = Case.objects.unscoped(reason=why).exclude(compartment=None).order_by("number").first()
    if child is None:
        return
    lead = lead_of(child)
    first, last = child.opened_on + dt.timedelta(days=9), child.opened_on + dt.timedelta(days=40)
    for on, judged in ((first, CHILD_BEFORE), (min(last, today), CHILD_NOW)):
        levels = dict(zip(CHILD_DOMAINS, judged, strict=True))
        answers = Answers(levels, on, Measurement.Mode.OBSERVER)
        take_measurement(case=child, code=CHILD_SITUATION, answers=answers, by=lead)


def _longest_running(cases: Sequence[Case], kind: int) -> Case | None:
    """The case of the kind that has been in intervention for the longest."""
    running = [
        case for case in cases if case.ppks_kind == kind and case.stage == Stage.INTERVENTION
    ]
    return min(running, key=lambda case: case.opened_on, default=None)


def lead_of(case: Case) -> User:
    """Who leads an invented case."""
    return case.team.select_related("user").get(is_lead=True, left_on=None).user
