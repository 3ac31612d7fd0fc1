"""A section head breaks the glass; the head of office and the auditor learn of it at once."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.walking import fill, picture, press, see

pytestmark = pytest.mark.journey

LogIn = Callable[..., Page]
REASON = "Rumah sakit menelepon: alergi obat harus diketahui sekarang."


def test_a_head_breaks_the_glass_and_both_notices_arrive(log_in: LogIn, address: str) -> None:
    # The number stands on a letter; whoever leads the case knows it as well.
    lead = log_in("peksos")
    lead.goto(f"{address}/kasus/?text=S-")
    number = lead.locator("main a.mono", has_text="S-").first.inner_text()

    head = log_in("kabid.jaminan")
    head.goto(f"{address}/kasus/{number}/")
    see(head, "Tidak ada apa-apa di sini")
    head.goto(f"{address}/kasus/")
    head.get_by_role("link", name="Pecah kaca").click()
    fill(head, number=number, reason="darurat")
    press(head, "Pecah kaca dan beri tahu mereka")
    see(head, "sedikitnya 20 karakter")
    fill(head, reason=REASON)
    picture(head, "95-pecah-kaca")
    press(head, "Pecah kaca dan beri tahu mereka")
    see(head, "Berkas tersegel")
    fill(head, purpose="emergency")
    picture(head, "95-keperluan")
    press(head, "Buka")
    expect(head.locator("h1")).to_contain_text(number)
    expect(head.locator("h1")).to_be_visible()

    # The head of the case's section judges it; the auditor reads who, when, and why.
    judge = log_in("kabid", phone=True)
    judge.goto(f"{address}/kasus/kaca-pecah/")
    judge.locator("main a.mono", has_text=number).first.click()
    see(judge, REASON)
    judge.get_by_label("Ya, memang darurat").check()
    fill(judge, words="Rumah sakit membenarkan.")
    press(judge, "Simpan penilaian")
    see(judge, "Rumah sakit membenarkan.")

    auditor = log_in("auditor")
    see(auditor, f"memecah kaca {number}")
    auditor.goto(f"{address}/kantor/jejak/?subject={number}")
    expect(auditor.locator("tbody").get_by_text("Pembukaan darurat: kaca dipecah")).to_be_visible()
    auditor.goto(f"{address}/kasus/kaca-pecah/")
    see(auditor, "memang harus")
