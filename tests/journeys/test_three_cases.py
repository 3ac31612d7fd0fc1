"""An elderly person, a disabled child and a homeless person: each case with its own services."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping

import pytest
from playwright.sync_api import Page
from walking import fill, picture, press

pytestmark = pytest.mark.journey

TODAY = dt.date.today().isoformat()  # noqa: DTZ011 - the date that a person types
Service = tuple[str, Mapping[str, str], str]

ELDERLY: tuple[Service, ...] = (
    ("H", {"d-need": "food", "d-item": "Beras dan telur", "d-met": "partly"}, "Beras dan telur"),
    ("B", {"d-carer": "Kader Sri", "d-care": "Dimandikan pagi.", "d-hygiene": "3"}, "Kader Sri"),
)
CHILD: tuple[Service, ...] = (
    ("G", {"d-barrier": "device", "d-object": "Kursi roda mini", "d-fits": "3"}, "Kursi roda mini"),
    ("E", {"d-activity": "Latihan merangkak", "d-ability": "1"}, "Latihan merangkak"),
)
HOMELESS: tuple[Service, ...] = (
    ("A", {"d-wish": "Ingin pulang.", "d-diagnosis": "Terputus tiga tahun."}, "Terputus tiga"),
    ("K", {"d-to": "Puskesmas Paron", "d-answered": "accepted"}, "Puskesmas Paron"),
    (
        "I",
        {"d-person": "3", "d-family": "3", "d-village": "2", "d-where": "Rumah adik"},
        "Rumah adik",
    ),
)


@pytest.mark.parametrize(
    ("name", "user", "kind", "services"),
    [
        ("lansia", "peksos.anak", 8, ELDERLY),
        ("anak-disabilitas", "peksos.disabilitas", 5, CHILD),
        ("gelandangan", "peksos", 11, HOMELESS),
    ],
    ids=["elderly person", "disabled child", "homeless person"],
)
def test_a_case_has_services_of_its_own(
    log_in: Callable[..., Page],
    address: str,
    name: str,
    user: str,
    kind: int,
    services: tuple[Service, ...],
) -> None:
    page = log_in(user)
    case = _running_case(page, address, kind)

    for letter, answers, _ in services:
        _serve(page, f"{address}/kasus/{case}/layanan/catat/", letter, answers)
    picture(page, f"70-{name}-layanan")
    for letter, _, _ in services:
        assert page.locator("td", has_text=re.compile(f"{letter} · ")).count()

    page.goto(f"{address}/kasus/{case}/")
    picture(page, f"71-{name}-cerita")
    story = page.locator("main").inner_text()
    assert all(words in story for _, _, words in services)


def test_what_a_kind_asks_is_asked_of_no_other(log_in: Callable[..., Page], address: str) -> None:
    page = log_in("peksos.anak")
    case = _running_case(page, address, 8)
    asked = {}

    for letter in "ABCDEFGHIJK":
        page.goto(f"{address}/kasus/{case}/layanan/catat/?jenis={letter}")
        legends = page.locator("#details label.form-label, #details legend.form-label")
        asked[letter] = frozenset(legends.all_inner_texts())

    assert all(asked.values())
    assert len(set(asked.values())) == len(asked)


def _running_case(page: Page, address: str, kind: int) -> str:
    page.goto(f"{address}/kasus/?stage=4&kind={kind}&lead=mine&state=open")
    found = re.search(r"/kasus/(K-\d{4}-\d{5})/", page.content())
    assert found is not None
    return found[1]


def _serve(page: Page, form: str, letter: str, answers: Mapping[str, str]) -> None:
    page.goto(form)
    fill(page, kind=letter)
    page.locator(f"[name='{next(iter(answers))}']").first.wait_for()
    fill(page, **answers)
    fill(page, on=TODAY, hours="1")
    press(page, "Simpan layanan")
    page.wait_for_url("**/layanan/")
