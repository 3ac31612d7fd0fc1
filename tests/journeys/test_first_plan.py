"""A first plan and a visit note on a phone of 360 pixels, at human pace, with the taps counted."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from human import Human
from playwright.sync_api import Page

pytestmark = pytest.mark.journey

PLAN_SECONDS = 300
VISIT_SECONDS = 90
PLANNING, INTERVENTION = 3, 4


def _cases(page: Page, address: str, stage: int, lead: str = "mine") -> list[str]:
    page.goto(f"{address}/kasus/?stage={stage}&lead={lead}&state=open")
    found = re.findall(r"/kasus/(K-\d{4}-\d{5})/", page.content())
    return list(dict.fromkeys(found))


def _without_plan(page: Page, address: str) -> str:
    for number in _cases(page, address, PLANNING):
        page.goto(f"{address}/kasus/{number}/rencana/")
        if page.get_by_role("button", name="Mulai menyusun rencana").count():
            return number
    raise AssertionError("The demonstration has no case that waits for its plan.")


def _is_narrow(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= 360"))


def test_a_first_plan_takes_at_most_five_minutes(log_in: Callable[..., Page], address: str) -> None:
    page = log_in("peksos.anak", phone=True)
    _without_plan(page, address)
    human = Human(page)

    human.press("Mulai menyusun rencana")
    human.look()
    for number in range(2):
        human.press("Pilih tujuan siap pakai")
        human.look()
        human.tap(page.get_by_role("link", name=re.compile("^Pakai tujuan")).nth(number))
        human.look()
        assert _is_narrow(page)
        if number:
            human.type("text", " bersama keluarga")
        human.press("Simpan tujuan")
        page.locator("article.goal").nth(number).wait_for()
    human.look()
    human.press("Catat persetujuan")
    human.look()
    human.press("Ajukan untuk disetujui")
    page.get_by_text("Menunggu").first.wait_for()

    human.report("first plan")
    assert human.seconds <= PLAN_SECONDS
    assert page.locator("#layanan article.goal").count() >= 2
    assert _is_narrow(page)


def test_a_visit_note_takes_at_most_ninety_seconds(
    log_in: Callable[..., Page], address: str
) -> None:
    page = log_in("peksos.anak", phone=True)
    number = _cases(page, address, INTERVENTION)[0]
    page.goto(f"{address}/kasus/{number}/")
    human = Human(page)

    human.press("Catat kunjungan")
    human.look()
    assert _is_narrow(page)
    human.chip("d-met", "client")
    human.chip("d-condition", "better")
    human.type("d-found", "Rumah bersih, obat diminum, mau berkebun.")
    human.chip("next_in", "14")
    human.press("Simpan kunjungan")
    page.get_by_text("Rumah bersih, obat diminum").first.wait_for()

    human.report("visit note")
    assert human.seconds <= VISIT_SECONDS
    assert human.taps <= 8
