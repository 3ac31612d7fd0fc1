"""A letter from the agenda through its disposition to a referral, and on to a case."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page
from walking import choose, fill, picture, press, see

from tests.files.makers import pdf

pytestmark = pytest.mark.journey

SOON = (dt.date.today() + dt.timedelta(days=5)).isoformat()  # noqa: DTZ011 - typed by a person
PDF = pdf()


@pytest.fixture
def scan(tmp_path: Path) -> Path:
    """The letter as the scanner gives it."""
    path = tmp_path / "surat-rsud.pdf"
    path.write_bytes(PDF)
    return path


def test_a_letter_goes_from_the_agenda_to_a_referral_and_a_case(
    log_in: Callable[..., Page], address: str, scan: Path
) -> None:
    letter = _front_desk_writes_it_down(log_in("loket"), address, scan)
    chief, head, worker = log_in("kadis"), log_in("kabid"), log_in("peksos")
    _head_of_office_hands_it_on(chief, address, letter)
    _section_head_hands_it_further(head, address, letter)
    report = _worker_makes_it_a_referral(worker, address, letter)
    case = _worker_opens_the_case(worker, address, report)
    _letter_tells_what_it_became(worker, address, letter, report)
    _answer_goes_back_up(head, chief, address, letter, report)
    _sheet_prints(chief, address, letter)
    assert case


def _front_desk_writes_it_down(page: Page, address: str, scan: Path) -> str:
    page.goto(f"{address}/surat-masuk/")
    press(page, "Catat surat")
    fill(
        page,
        sender="RSUD Ngawi",
        subject="Rujukan pasien tanpa keluarga yang siap pulang",
        letter_number="445/1021/404.207/2026",
        nature="urgent",
        summary="Laki-laki sekitar 60 tahun, tenang, belum ada keluarga yang menjemput.",
    )
    page.set_input_files("main [name=scan]", scan)
    picture(page, "mail-01-agenda-tulis")
    press(page, "Simpan ke agenda")
    see(page, "menunggu disposisi kepala dinas")
    picture(page, "mail-02-surat-baru")
    found = re.search(r"SM-\d{4}-\d{5}", page.content())
    assert found is not None
    return found[0]


def _open(page: Page, address: str, letter: str) -> None:
    """Find it in the agenda by its number."""
    page.goto(f"{address}/surat-masuk/?text={letter}")
    press(page, letter)


def _head_of_office_hands_it_on(page: Page, address: str, letter: str) -> None:
    page.goto(address)
    see(page, f"Disposisikan surat {letter}")
    _open(page, address, letter)
    page.get_by_label("Sekar Handayani").check()
    page.get_by_label("Tindak lanjuti").check()
    page.get_by_label("Laporkan hasilnya").check()
    fill(page, note="Mohon tempat tinggal sementara.", due_on=SOON)
    picture(page, "mail-03-disposisi")
    press(page, "Kirim disposisi")
    see(page, "setiap penerima mendapat tugas")


def _section_head_hands_it_further(page: Page, address: str, letter: str) -> None:
    _open(page, address, letter)
    see(page, "Mohon tempat tinggal sementara.")
    page.locator("summary", has_text="Teruskan surat").click()
    page.get_by_label("Damar Prasetyo").check()
    page.get_by_label("Tindak lanjuti").check()
    picture(page, "mail-04-teruskan")
    press(page, "Kirim disposisi")
    see(page, "tugas Anda sendiri menunggu jawabannya")


def _worker_makes_it_a_referral(page: Page, address: str, letter: str) -> str:
    page.goto(f"{address}/surat-masuk/disposisi/")
    press(page, letter)
    press(page, "Jadikan rujukan masuk")
    fill(page, ppks_kind="8")
    picture(page, "mail-05-rujukan")
    press(page, "Buat rujukan masuk")
    see(page, "Surat menjadi laporan")
    see(page, letter)
    found = re.search(r"L-\d{4}-\d{5}", page.content())
    assert found is not None
    return found[0]


def _worker_opens_the_case(page: Page, address: str, report: str) -> str:
    press(page, "Cari atau daftarkan orangnya")
    fill(page, full_name="Mbah Sukijan Wirya")
    press(page, "Cari")
    press(page, "Daftarkan orang baru")
    page.locator("main button[name=save]").click()
    press(page, "Ya, hubungkan laporan")
    press(page, "Buka kasus")
    fill(page, problem="Siap pulang dari rumah sakit, keluarga belum ditemukan.")
    choose(page, "lead", "Damar Prasetyo")
    press(page, "Buka kasus")
    found = re.search(r"/kasus/(K-\d{4}-\d{5})/", page.url)
    assert found is not None
    return found[1]


def _letter_tells_what_it_became(page: Page, address: str, letter: str, report: str) -> None:
    _open(page, address, letter)
    see(page, report)
    picture(page, "mail-06-menjadi-rujukan")


def _answer_goes_back_up(head: Page, chief: Page, address: str, letter: str, report: str) -> None:
    _open(head, address, letter)
    assert report in head.input_value("main [name=answer]")
    press(head, "Kirim jawaban ke atas")
    see(head, "Jawaban Anda dikirim kepada Hastuti Maharani")
    _open(chief, address, letter)
    see(chief, "Selesai")


def _sheet_prints(page: Page, address: str, letter: str) -> None:
    press(page, "Lembar disposisi")
    page.get_by_text("☑ Laporkan hasilnya").wait_for()
    picture(page, "mail-07-lembar")
    assert letter in page.content()
