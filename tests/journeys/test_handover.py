"""A caseload handed over: begun on a phone, accepted by two, countersigned, minuted."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.walking import choose, fill, picture, press, see

pytestmark = pytest.mark.journey

LogIn = Callable[..., Page]
LIST = "/kasus/serah-terima/"


def confirm(page: Page, label: str) -> None:
    """Press a button that asks first, and say yes."""
    page.locator("main").get_by_role("button", name=label).first.click()
    page.locator("[data-confirm-yes]").click()
    page.wait_for_load_state()


def open_from_tasks(page: Page, address: str, title: str) -> None:
    """Find the task in one's list, and go to what it is about."""
    page.goto(f"{address}/tugas/")
    page.locator("main").get_by_text(title).first.click()
    page.wait_for_load_state()
    page.locator("main a[href*='serah-terima']").first.click()
    page.wait_for_load_state()


def begin_anew(joko: Page, address: str) -> tuple[str, list[str]]:
    """Take back what was begun before, and begin it split in another way."""
    joko.goto(f"{address}{LIST}")
    joko.locator("main a.mono").first.click()
    joko.locator("summary", has_text="Tarik kembali").click()
    fill(joko, reason="Pembagiannya berubah")
    press(joko, "Tarik serah terima ini")
    press(joko, "Serahkan")
    choose(joko, "successor", "Bagas Nugroho")
    fill(joko, reason="Pindah tugas ke kecamatan.")
    first = joko.locator("section.handed").first
    first.locator("summary").click()
    first.locator("select").select_option(label="Damar Prasetyo · Pekerja sosial")
    first.locator("textarea").fill("Keluarga minta dikabari sebelum kunjungan.")
    numbers = joko.locator("section.handed a.mono").all_text_contents()
    press(joko, "Kirim untuk ditandatangani")
    see(joko, "Bagas Nugroho belum menerima.")
    return joko.locator("h1 .mono").inner_text(), numbers


def test_a_caseload_is_handed_over(log_in: LogIn, address: str) -> None:
    # Joko moves to another office and hands everything over, from his phone.
    joko = log_in("peksos.pindah", phone=True)
    number, numbers = begin_anew(joko, address)
    picture(joko, "70-serah-terima")

    # Both successors find it among their tasks; each sees and accepts their part.
    for username in ("peksos.disabilitas", "peksos"):
        successor = log_in(username)
        open_from_tasks(successor, address, f"Baca dan terima beban kasus {number}")
        see(successor, "Keluarga minta dikabari")
        confirm(successor, "Terima kasus")
        see(successor, "Tanda tangan Anda tercatat")

    # The head countersigns: everything changes hands at once.
    kabid = log_in("kabid")
    open_from_tasks(kabid, address, f"Sahkan serah terima beban kasus {number}")
    confirm(kabid, "Sahkan")
    see(kabid, "Tanda tangan lengkap")
    picture(kabid, "71-serah-terima-selesai")
    kabid.goto(f"{address}/kasus/{numbers[0]}/")
    see(kabid, "Penanggung jawab: Damar Prasetyo")
    kabid.goto(f"{address}/kasus/{numbers[1]}/")
    see(kabid, "Penanggung jawab: Bagas Nugroho")

    # The minutes, on paper and as a numbered letter.
    kabid.goto(f"{address}{LIST}")
    press(kabid, number)
    press(kabid, "Cetak berita acara")
    minutes = kabid.locator("article.letter")
    for text in (*numbers, "Joko Santosa", "Sekar Handayani", "dikabari sebelum kunjungan"):
        expect(minutes).to_contain_text(text)
    expect(minutes).not_to_contain_text("KONSEP")
    assert len(kabid.pdf(format="A4")) > 10_000
    kabid.go_back()
    press(kabid, "Berita acara bernomor untuk Bagas Nugroho")
    kabid.wait_for_url("**/surat/**")

    # Nothing of it is left in Joko's hands.
    joko.goto(f"{address}{LIST}")
    expect(joko.locator("main .load-lines")).to_have_count(0)
