"""The counter at human pace on a phone: a visit that ends with a printed letter, and one raised."""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Locator, Page
from walking import PHONE, picture, see

pytestmark = pytest.mark.journey

MOST_SECONDS, MOST_SCREENS = 180, 2
LOOK, TAP, KEY = 2.5, 0.6, 0.25
"""Seconds to find a thing with the eye, to tap it, and to type one letter on a phone."""


class Hand:
    """Somebody at the counter: looks, taps and types as people do, and counts it."""

    def __init__(self, page: Page) -> None:
        self.page, self.taps = page, 0
        self.screens = [self._screen()]
        self.began = time.monotonic()
        page.on("framenavigated", lambda _frame: self._count())

    def tap(self, thing: Locator) -> None:
        """Find it, tap it."""
        time.sleep(LOOK)
        thing.click()
        time.sleep(TAP)
        self.taps += 1

    def press(self, label: str) -> None:
        """Tap the button or link that says this."""
        main = self.page.locator("main")
        found = main.get_by_role("button", name=label).or_(main.get_by_role("link", name=label))
        self.tap(found.first)

    def type(self, name: str, text: str) -> None:
        """Tap a field and type into it, letter by letter."""
        self.tap(self.page.locator(f"main [name='{name}']:visible"))
        self.page.keyboard.type(text, delay=KEY * 1000)

    def choose(self, name: str, text: str) -> None:
        """Open a list and choose the entry that holds this text: two taps."""
        field = self.page.locator(f"main select[name='{name}']")
        entry = field.locator("option", has_text=text).first
        time.sleep(2 * LOOK)
        field.select_option(entry.get_attribute("value"))
        time.sleep(TAP)
        self.taps += 2

    def tick(self, text: str) -> None:
        """Tick the box of a paper."""
        self.tap(self.page.locator(".counter-ticks label", has_text=text))

    @property
    def seconds(self) -> float:
        """How long it took so far."""
        return time.monotonic() - self.began

    def _screen(self) -> str:
        return re.sub(r"[0-9a-f-]{36}", "…", urlsplit(self.page.url).path)

    def _count(self) -> None:
        if (here := self._screen()) not in self.screens:
            self.screens.append(here)


@pytest.fixture
def report_figure(capsys: pytest.CaptureFixture[str]) -> Callable[[str, Hand], None]:
    """Print what was measured, for the figures of the part."""

    def say(title: str, hand: Hand) -> None:
        with capsys.disabled():
            measured = f"{hand.seconds:.0f} s, {hand.taps} taps, {len(hand.screens)} screens"
            sys.stdout.write(f"\n{title}: {measured}\n")

    return say


def test_a_counter_visit_ends_with_a_printed_letter(
    log_in: Callable[..., Page], address: str, report_figure: Callable[[str, Hand], None]
) -> None:
    page = log_in("loket", phone=True)
    page.goto(f"{address}/loket/")
    hand = Hand(page)

    hand.press("Panggil berikutnya")
    see(page, "Di loket ini")
    hand.type("who", "Wahyu")
    hand.press("Cari")
    see(page, "Salah satu dari mereka?")
    hand.press("Ini orangnya")
    hand.choose("offer", "Cek kepesertaan PKH")
    see(page, "Berkas yang ditunjukkan")
    hand.tick("KTP atau KIA")
    hand.tick("Kartu keluarga (KK)")
    hand.choose("jawab-program", "PKH dan sembako")
    hand.choose("jawab-hasil", "Terdaftar, belum salur")
    hand.press("Simpan dan selesai")
    letter = page.get_by_role("link", name="Buka dan cetak")
    letter.wait_for()
    hand.tap(letter)
    report_figure("counter visit with a letter", hand)

    sheet = page.request.get(f"{address}{letter.get_attribute('href')}")
    assert sheet.body().startswith(b"%PDF")
    assert hand.seconds <= MOST_SECONDS
    assert len(hand.screens) <= MOST_SCREENS
    picture(page, "80-loket-selesai")


def test_somebody_new_with_a_missing_paper_is_told_what_to_bring(
    log_in: Callable[..., Page], address: str, report_figure: Callable[[str, Hand], None]
) -> None:
    page = log_in("loket", phone=True)
    page.goto(f"{address}/loket/")
    hand = Hand(page)

    hand.type("who", "Xenawati Qomariyah")
    hand.press("Cari")
    page.locator("[name=full_name]").wait_for(state="attached")
    if not page.locator("[name=full_name]").is_visible():
        hand.tap(page.locator(".counter-new > summary"))
    hand.press("Daftarkan dan lanjutkan")
    hand.choose("offer", "Usulan peserta PBI-JK")
    see(page, "Berkas yang ditunjukkan")
    hand.tick("KTP atau KIA")
    hand.tick("Kartu keluarga (KK)")
    hand.type("jawab-peserta", "3")
    hand.press("Simpan, masih diproses")
    see(page, "Datang kembali dengan membawa")
    report_figure("counter visit of somebody new", hand)

    assert hand.seconds <= MOST_SECONDS
    assert page.get_by_text("Surat keterangan tidak mampu").count() >= 1
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= PHONE["width"]


def test_the_same_visit_is_raised_to_a_case(
    log_in: Callable[..., Page], address: str, report_figure: Callable[[str, Hand], None]
) -> None:
    page = log_in("peksos.disabilitas", phone=True)
    page.goto(f"{address}/loket/")
    page.fill("main [name=who]", "Wahyu")
    page.locator("main").get_by_role("button", name="Cari", exact=True).click()
    see(page, "Ini orangnya")
    page.locator("main").get_by_role("link", name="Ini orangnya").first.click()
    entry = page.locator("select[name=offer] option", has_text="Layanan eks psikotik")
    page.select_option("select[name=offer]", entry.get_attribute("value"))
    see(page, "Berkas yang ditunjukkan")
    page.locator(".counter-ticks label", has_text="Surat pulang").click()
    page.locator(".counter-ticks label", has_text="Kesediaan keluarga").click()
    page.fill("[name=jawab-rs]", "RSJ provinsi")
    page.select_option("[name=jawab-obat]", "Tidak teratur")
    page.get_by_role("button", name="Simpan, masih diproses").click()
    see(page, "Tersimpan")
    hand = Hand(page)

    hand.press("Jadikan kasus")
    page.wait_for_url("**/kasus/buka/**")
    assert "eks psikotik" in page.input_value("[name=problem]")
    if page.locator("[name=anyway]").count():
        hand.tap(page.locator("[name=anyway]"))
    hand.press("Buka kasus")
    page.wait_for_url(re.compile(r"/kasus/K-\d{4}-\d{5}/$"))
    report_figure("raised to a case", hand)

    see(page, "Perkara bermula di loket")
    assert hand.taps <= 3
    picture(page, "81-loket-jadi-kasus")
