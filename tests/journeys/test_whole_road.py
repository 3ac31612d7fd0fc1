"""The whole road: from the office's own spreadsheet to a follow-up after the case has ended."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Browser, Page
from walking import choose, fill, picture, press, see

pytestmark = pytest.mark.journey

TODAY = dt.date.today().isoformat()  # noqa: DTZ011 - the date that a person types
TITLES = (
    "No",
    "NIK",
    "Nama",
    "L/P",
    "Tempat/Tgl Lahir",
    "Alamat",
    "Desa",
    "Kecamatan",
    "Jenis PPKS",
)
ROWS = (
    (1, "3521091201670003", "Wagimin Trisno", "L", "Ngawi, 12-01-1967", "Dsn Krajan RT 02/01",
     "Grudo", "Ngawi", "Gelandangan"),
    (2, "3521095201870001", "Kartinah Widati", "P", "NGAWI/ 12 Januari 1987", "Dsn Jati RT 01/03",
     "Beran", "Ngawi", "9"),
    (3, "3.52E+15", "Sukirman Hadi", "L", "Ngawi, 05-05-1970", "", "Watualang", "Ngawi", "12"),
    (4, "-", "Mbah Parinah", "P", "1944", "Dsn Bulak", "Tempuran", "Paron", "LUT"),
)  # fmt: skip


@pytest.fixture(scope="module")
def spreadsheet(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A list as an office keeps it: a title above, a total below."""
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.title = "Kec. Ngawi"
    page.append(["DAFTAR PPKS KABUPATEN NGAWI TAHUN 2026"])
    page.append([])
    page.append(list(TITLES))
    for row in ROWS:
        page.append(list(row))
    page.append(["JUMLAH", None, 4])
    path = tmp_path_factory.mktemp("office") / "daftar-ppks.xlsx"
    buffer = io.BytesIO()
    book.save(buffer)
    path.write_bytes(buffer.getvalue())
    return path


def test_an_office_walks_from_its_spreadsheet_to_a_follow_up(
    log_in: Callable[..., Page], browser: Browser, address: str, spreadsheet: Path
) -> None:
    _data_officer_imports(log_in("data"), address, spreadsheet)
    report = _front_desk_receives(log_in("loket"), address)
    head = log_in("kabid")
    case = _head_opens_the_case(head, address, report)
    worker = log_in("peksos")
    _worker_assesses(worker, address, case)
    _worker_plans(worker, address, case)
    _head_approves(head, address, case)
    link = _worker_serves_and_refers(worker, address, case)
    _hospital_answers(browser, link)
    _worker_closes(worker, address, case)
    _worker_follows_up(worker, address, case)
    _outsider_sees_nothing(log_in("data"), address, case)


def _data_officer_imports(page: Page, address: str, spreadsheet: Path) -> None:
    page.goto(f"{address}/impor/baru/")
    picture(page, "01-impor-unggah")
    page.set_input_files("input[type=file]", spreadsheet)
    press(page, "Baca berkas")
    page.wait_for_url("**/kolom/")
    picture(page, "02-impor-kolom")
    press(page, "Periksa semua baris")
    see(page, "Ditolak")
    picture(page, "03-impor-periksa")
    page.locator(".page-actions button.btn-primary").click()
    see(page, "Sudah diimpor")
    picture(page, "04-impor-laporan")
    assert "3.52E+15" in page.content()


def _front_desk_receives(page: Page, address: str) -> str:
    picture(page, "05-loket-hari-ini")
    page.goto(f"{address}/kasus/laporan/baru/")
    fill(
        page,
        channel="village",
        about="Laki-laki, mengaku Wagimin",
        description="Tidur di emperan pasar, mengaku dari Grudo.",
        ppks_kind="11",
    )
    picture(page, "06-laporan-terima")
    press(page, "Terima laporan")
    found = re.search(r"L-\d{4}-\d{5}", page.content())
    assert found is not None
    picture(page, "07-laporan-tanda-terima")
    return found[0]


def _head_opens_the_case(page: Page, address: str, report: str) -> str:
    page.goto(f"{address}/cari/?q={report}")
    press(page, report)
    picture(page, "08-laporan-putuskan")
    press(page, "Cari atau daftarkan orangnya")
    fill(page, full_name="Wagimin Trisna")
    press(page, "Cari")
    see(page, "Wagimin Trisno")
    picture(page, "09-cari-sebelum-daftar")
    press(page, "Ini orangnya")
    press(page, "Buka kasus")
    picture(page, "10-kasus-buka")
    fill(page, problem="Menggelandang, terputus dari keluarga.")
    choose(page, "lead", "Damar Prasetyo")
    press(page, "Buka kasus")
    found = re.search(r"/kasus/(K-\d{4}-\d{5})/", page.url)
    assert found is not None
    picture(page, "11-kasus-baru")
    return found[1]


def _worker_assesses(page: Page, address: str, case: str) -> None:
    picture(page, "12-peksos-hari-ini")
    page.goto(f"{address}/kasus/{case}/dasar/")
    fill(page, kind="client", on=TODAY, given_by="Klien sendiri")
    press(page, "Catat dasar")
    page.goto(f"{address}/kasus/{case}/")
    press(page, "Lanjut ke")
    page.goto(f"{address}/kasus/{case}/asesmen/tulis/")
    fill(
        page,
        assessed_on=TODAY,
        social="Terputus dari keluarga dua tahun.",
        problems="Tidak ada tempat tinggal",
    )
    picture(page, "13-asesmen")
    press(page, "Simpan asesmen")
    page.goto(f"{address}/kasus/{case}/asesmen/ukur/")
    fill(page, on=TODAY, mode="observer", physical="2", mental="2", social="1", skills="1")
    picture(page, "14-pengukuran")
    press(page, "Simpan pengukuran")
    page.goto(f"{address}/kasus/{case}/")
    press(page, "Lanjut ke")


def _worker_plans(page: Page, address: str, case: str) -> None:
    page.goto(f"{address}/kasus/{case}/rencana/")
    press(page, "Mulai menyusun rencana")
    press(page, "Tambah tujuan")
    page.locator("[name=much_less]").wait_for()
    fill(
        page,
        text="Kembali tinggal bersama keluarga",
        area="family",
        much_less="Di jalanan",
        less="Di rumah singgah",
        expected="Keluarga ditemukan",
        more="Tinggal bersama keluarga",
        much_more="Diterima keluarga dan warga",
    )
    picture(page, "15-rencana-tujuan")
    press(page, "Simpan tujuan")
    see(page, "Kembali tinggal bersama keluarga")
    press(page, "Tambah layanan")
    page.locator("select[name=kind]").wait_for()
    fill(page, kind="F", text="Konseling dan pencarian keluarga")
    press(page, "Simpan layanan")
    see(page, "Konseling dan pencarian keluarga")
    fill(page, agreed_by="client")
    press(page, "Catat persetujuan")
    picture(page, "16-rencana-sepakat")
    press(page, "Ajukan untuk disetujui")


def _head_approves(page: Page, address: str, case: str) -> None:
    page.goto(address)
    picture(page, "17-kabid-hari-ini")
    page.goto(f"{address}/kasus/{case}/rencana/")
    picture(page, "18-rencana-sahkan")
    press(page, "Setujui rencana")
    see(page, "Sekar Handayani")


def _worker_serves_and_refers(page: Page, address: str, case: str) -> str:
    page.goto(f"{address}/kasus/{case}/")
    press(page, "Lanjut ke")
    asked = {
        "F": {"d-goal": "Berani bercerita", "d-reached": "2"},
        "I": {"d-person": "3", "d-family": "3", "d-village": "2"},
    }
    for kind, answers in asked.items():
        page.goto(f"{address}/kasus/{case}/layanan/catat/")
        fill(page, kind=kind)
        page.locator(f"[name='{next(iter(answers))}']").first.wait_for()
        fill(page, **answers)
        fill(page, on=TODAY, hours="2", place="Rumah singgah", result="Mau bercerita.")
        if kind == "F":
            picture(page, "19-layanan")
        press(page, "Simpan layanan")
    page.goto(f"{address}/kasus/{case}/rujukan/baru/")
    fill(
        page,
        target="hospital",
        to_name="RSUD Ngawi",
        purpose="Pemeriksaan kesehatan",
        told="Keadaan umum cukup.",
    )
    picture(page, "20-rujukan")
    press(page, "Simpan draf")
    press(page, "Kirim")
    press(page, "Surat untuk dicetak")
    press(page, "Terbitkan")
    see(page, "PDF bersegel")
    picture(page, "21-surat-rujukan")
    found = re.search(r"/kasus/rujukan/jawab/[\w.:-]+/", page.content())
    assert found is not None
    return address + found[0]


def _hospital_answers(browser: Browser, link: str) -> None:
    page = browser.new_page()
    page.goto(link)
    picture(page, "22-jawab-rujukan")
    fill(
        page,
        state="accepted",
        name="Rahma",
        office="Bagian pendaftaran RSUD",
        note="Silakan datang Senin.",
    )
    page.locator("main button[type=submit], main form button").first.click()
    page.wait_for_load_state()
    picture(page, "23-jawaban-terkirim")
    page.close()


def _worker_closes(page: Page, address: str, case: str) -> None:
    page.goto(f"{address}/kasus/{case}/")
    see(page, "RSUD Ngawi")
    picture(page, "24-kasus-berjalan")
    press(page, "Lanjut ke “Resosialisasi”")
    page.goto(f"{address}/kasus/{case}/capaian/")
    page.locator("main input[type=radio][value='1']").first.check()
    picture(page, "25-capaian")
    press(page, "Simpan penilaian")
    page.goto(f"{address}/kasus/{case}/akhir/tutup/")
    fill(
        page,
        reason="goals_met",
        outcome="restored",
        evidence="Tinggal bersama keluarga, diterima warga.",
        on=TODAY,
    )
    picture(page, "26-akhiri")
    press(page, "Akhiri kasus")


def _worker_follows_up(page: Page, address: str, case: str) -> None:
    page.goto(f"{address}/kasus/{case}/akhir/pantau/")
    fill(page, on=TODAY, mode="visit", condition="kept", findings="Masih bersama keluarga.")
    picture(page, "27-bimbingan-lanjut")
    press(page, "Simpan bimbingan lanjut")
    page.goto(f"{address}/kasus/{case}/")
    picture(page, "28-kasus-selesai")
    see(page, "Bimbingan lanjut")
    # The entry itself is loaded once the page stands.
    said = page.locator("main").get_by_text("Masih bersama keluarga")
    said.or_(page.locator("main").get_by_text("Hasil")).first.wait_for()


def _outsider_sees_nothing(page: Page, address: str, case: str) -> None:
    answer = page.goto(f"{address}/kasus/{case}/")
    assert answer is not None
    assert answer.status in {403, 404}
