"""Letters about a made-up record, and an office that can sign them."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable
from typing import Any

import pytest

from pulih.access.models import Office, User
from pulih.papers.actions import draft_letter
from pulih.papers.facts import About
from pulih.papers.models import Letter, Letterhead, Signatory

STATEMENT = {
    "client": {"name": "Sutini", "address": "Walikukun, Widodaren"},
    "statement": "Yang bersangkutan tinggal bersama dua anak yang masih bersekolah.",
    "purpose": "keringanan biaya sekolah",
}


@pytest.fixture
def letterhead(office: Office) -> Letterhead:
    """The head of the office's letters."""
    return Letterhead.objects.create(
        office=office,
        government="Pemerintah Kabupaten Ngawi",
        name="Dinas Sosial",
        address="Jalan Contoh Nomor 1, Ngawi 63211",
        contact="Telepon (0351) 000000 · surel surat@dinsos.example",
        place="Ngawi",
        code="404.105",
        site_url="https://pulih.example",
    )


@pytest.fixture
def signatory(office: Office) -> Signatory:
    """The head of the office."""
    return Signatory.objects.create(
        office=office,
        name="Dra. Endang Pratiwi, M.Si.",
        rank="Pembina Utama Muda (IV/c)",
        nip="196805121994032004",
        post="Kepala Dinas Sosial",
        valid_from=dt.date(2020, 1, 1),
    )


@pytest.fixture
def make_letter(make_user: Callable[..., User]) -> Callable[..., Letter]:
    """Draft a letter (default a whole statement) about a record that papers knows nothing of."""

    def make(
        template: str = "surat-keterangan", *, by: User | None = None, **values: Any
    ) -> Letter:
        about = About("cases.case", values.pop("key", uuid.uuid4()), "Kasus K-2026-00001", "day")
        return draft_letter(
            template=template,
            fields=values.pop("fields", STATEMENT if template == "surat-keterangan" else {}),
            about=about,
            by=by or make_user(),
            **values,
        )

    return make
