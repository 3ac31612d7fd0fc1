"""What the short forms of the invented services say, kind by kind."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Mapping
from typing import Any

from pulih.cases.models import ServiceRecord
from pulih.cases.service_forms import check, current

ANSWERS: Mapping[str, tuple[Mapping[str, Any], ...]] = {
    "A": (
        {
            "wish": "Ingin pulang dan tidak mau merepotkan saudara.",
            "readiness": 2,
            "diagnosis": "Terputus dari keluarga sejak sakit; takut ditolak bila kembali.",
            "risk": "none",
            "next": "Bertemu lagi minggu depan bersama kakaknya",
        },
        {
            "wish": "Minta pekerjaan supaya tidak di jalan lagi.",
            "readiness": 3,
            "diagnosis": "Kehilangan pekerjaan, lalu tempat tinggal; tidak ada gangguan berat.",
            "risk": "none",
            "support": "Dikenal baik oleh penjual di pasar",
        },
    ),
    "B": (
        {
            "carer": "Kader posyandu lansia",
            "relation": "staff",
            "care": "Dimandikan, rumah dibersihkan, makan siang disiapkan.",
            "meals": 3,
            "hygiene": 3,
            "health": "minor",
            "strain": "able",
        },
        {
            "carer": "Keponakan yang tinggal di sebelah",
            "relation": "kin",
            "care": "Ditemani kontrol ke puskesmas dan diingatkan minum obat.",
            "meals": 2,
            "hygiene": 2,
            "health": "doctor",
            "strain": "tired",
            "change": "Mau makan di meja bersama keluarga.",
        },
    ),
    "C": (
        {"skill": "Menjahit lurus", "sessions": 6, "before": 0, "after": 2, "use": "own"},
        {
            "skill": "Membuat keripik tempe",
            "trainer": "Kelompok usaha desa",
            "sessions": 4,
            "before": 1,
            "after": 3,
            "certificate": True,
            "use": "group",
        },
    ),
    "D": (
        {
            "subject": "Sabar dan mengendalikan marah",
            "guide": "Penyuluh agama kecamatan",
            "session": 2,
            "faith": True,
            "mood": 3,
            "change": "Mau menyapa dan tidak lagi berkata kasar.",
        },
    ),
    "E": (
        {
            "activity": "Latihan duduk dan berdiri berpegangan",
            "leader": "Fisioterapis puskesmas",
            "session": 3,
            "ability": 2,
            "complaint": "slight",
            "change": "Berdiri dua menit tanpa dipegang.",
            "home": "Sepuluh kali setiap pagi bersama ibu",
        },
    ),
    "F": (
        {
            "goal": "Berani berbicara dengan keluarga",
            "setting": "single",
            "reached": 2,
            "words": "Sekarang saya tidak takut ditanya",
            "agreement": "Menelepon adiknya hari Minggu",
        },
        {
            "goal": "Membagi tugas merawat di antara anak-anak",
            "setting": "family",
            "reached": 3,
            "agreement": "Anak pertama Senin sampai Rabu, anak kedua sisanya",
        },
    ),
    "G": (
        {
            "barrier": "device",
            "object": "Kursi roda anak",
            "size": "Lebar dudukan 32 cm",
            "state": "given",
            "trained": True,
            "fits": 3,
        },
        {"barrier": "information", "object": "Data kependudukan yang keliru", "state": "removed"},
    ),
    "H": (
        {
            "need": "food",
            "item": "Paket sembako",
            "amount": 1,
            "unit": "paket",
            "source": "district",
            "met": "partly",
            "received_by": "Klien sendiri",
            "receipt": True,
        },
        {
            "need": "school",
            "item": "Seragam dan sepatu sekolah",
            "amount": 2,
            "unit": "setel",
            "source": "public",
            "met": "yes",
            "receipt": True,
        },
    ),
    "I": (
        {
            "person": 3,
            "family": 3,
            "village": 2,
            "where": "Rumah kakak kandung",
            "statement": True,
            "contact": "Kepala dusun",
        },
    ),
    "J": ({"met": "client", "condition": "better", "home": "fit", "health": "treated"},),
    "K": (
        {
            "to": "Puskesmas setempat",
            "purpose": "Pemeriksaan kesehatan",
            "sent_by": "escorted",
            "answered": "accepted",
            "served": True,
            "answer": "Diperiksa hari itu juga, obat untuk satu bulan.",
        },
    ),
}


def fill_in(record: ServiceRecord, draw: random.Random) -> dict[str, Any]:
    """Answer the form of a record that is not saved yet; gives what its line in the story keeps."""
    form = current(record.kind)
    answers = dict(draw.choice(ANSWERS[record.kind]))
    if record.kind == "K" and record.provided_on:
        answers["sent_on"] = record.provided_on - dt.timedelta(days=2)
        answers["received_on"] = record.provided_on
    record.form_version = form.version
    record.details = check(form, answers)
    return {"form": [record.kind, record.form_version, record.details]}
