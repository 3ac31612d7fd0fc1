"""A client's own page: the client says how it goes, the page is printed and looked at."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.journeys.walking import fill, picture, press, see

pytestmark = pytest.mark.journey

LogIn = Callable[..., Page]
SERVED = "/kasus/?stage=4&lead=mine"
INK = 128


def ink_of(page: Page) -> float:
    """The part of the sheet that is dark, from a picture of it."""
    shot = Image.open(io.BytesIO(page.locator("article.letter").screenshot())).convert("L")
    counts = shot.histogram()
    return sum(counts[:INK]) / sum(counts)


def first_case(page: Page, address: str, where: str) -> tuple[str, str]:
    """The first case of a list, and the kind that its page names."""
    page.goto(f"{address}{where}")
    number = page.locator("#case-list a[href*='/kasus/']").first.inner_text().split()[0]
    page.goto(f"{address}/kasus/{number}/")
    return number, page.locator("main .person-note").first.inner_text()


def test_a_client_s_own_page_is_printed(log_in: LogIn, address: str) -> None:
    # On the phone, beside the client: a face for each goal.
    peksos = log_in("peksos", phone=True)
    number, kind = first_case(peksos, address, SERVED)
    assert kind
    press(peksos, "Tanyakan capaian kepada klien")
    for goal in peksos.locator("fieldset.faces").all():
        goal.get_by_text("Lebih baik dari harapan", exact=True).click()
        goal.locator("input[type=text]").fill("Sudah lebih tenang")
    press(peksos, "Simpan jawaban klien")
    see(peksos, "Kata klien: +1")

    # The page itself, looked at as a picture: it is full, large, and names no kind.
    peksos.goto(f"{address}/kasus/{number}/")
    press(peksos, "Lembar saya (untuk klien)")
    sheet = peksos.locator("article.letter")
    for text in ("Tujuan saya", "Yang membantu saya", "Tanggal berikutnya", "Hak saya"):
        expect(sheet).to_contain_text(text)
    for text in ("Sudah lebih tenang", "Bila ada yang tidak baik", "Damar Prasetyo"):
        expect(sheet).to_contain_text(text)
    for text in (kind, "Bidang", "Seksi", "PPKS"):
        expect(sheet).not_to_contain_text(text)
    assert sheet.locator(".own-face.is-said").count() == sheet.locator(".own-goal").count()
    picture(peksos, "72-lembar-saya")
    assert 0.01 < ink_of(peksos) < 0.5
    size = sheet.locator(".own li").first.evaluate("line => getComputedStyle(line).fontSize")
    assert float(size.removesuffix("px")) >= 17
    assert len(peksos.pdf(format="A4", print_background=True)) > 10_000


def test_the_own_page_of_a_sealed_case_gives_nothing_away(log_in: LogIn, address: str) -> None:
    worker = log_in("peksos.anak")
    worker.goto(f"{address}/kasus/?text=S-")
    number = worker.locator("#case-list a[href*='/kasus/S-']").first.inner_text().split()[0]
    worker.goto(f"{address}/kasus/{number}/")
    fill(worker, purpose="work")
    press(worker, "Buka")
    worker.goto(f"{address}/kasus/{number}/lembar-saya/")
    sheet = worker.locator("article.letter")

    expect(sheet).to_contain_text("Ratri Wulandari")
    for text in (number, "Tersegel", "Bidang", "Seksi", "Pekerja sosial anak", "kekerasan"):
        expect(sheet).not_to_contain_text(text)
    assert 0.01 < ink_of(worker) < 0.5

    # The head is named in it and reads the case, but the paper comes from the team alone.
    kabid = log_in("kabid")
    kabid.goto(f"{address}/kasus/{number}/")
    fill(kabid, purpose="supervision")
    press(kabid, "Buka")
    expect(kabid.locator("main")).to_contain_text(number)
    expect(kabid.get_by_role("link", name="Lembar saya (untuk klien)")).to_have_count(0)


def test_the_genogram_is_changed_by_finger_and_by_key(log_in: LogIn, address: str) -> None:
    peksos = log_in("peksos")
    number, _kind = first_case(peksos, address, SERVED)
    peksos.goto(f"{address}/kasus/{number}/keluarga/")

    # Somebody is drawn, as a child of the client.
    peksos.locator("summary", has_text="Tambah orang").first.click()
    fill(peksos, name="Dimas")
    peksos.locator("main select[name=bond]").first.select_option("child")
    peksos.locator("main select[name=to]").select_option("client")
    peksos.get_by_role("button", name="Gambar").first.click()
    peksos.wait_for_load_state()
    drawn = "[data-drawing=family] [data-node^='x-'][aria-label^='Dimas']"
    child = peksos.locator(drawn)
    expect(child).to_have_count(1)
    people = peksos.locator("[data-drawing=family] [data-node]").count()

    # Dragged two steps to the right, the place is kept.
    child.scroll_into_view_if_needed()
    box = child.locator(".symbol").first.bounding_box()
    before = child.get_attribute("transform")
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    peksos.mouse.move(x, y)
    peksos.mouse.down()
    peksos.mouse.move(x + 120, y, steps=6)
    peksos.mouse.move(x + 224, y, steps=6)
    with peksos.expect_response("**/keluarga/geser/"):
        peksos.mouse.up()
    peksos.reload()
    dragged = child.get_attribute("transform")
    assert dragged != before
    assert peksos.locator("[data-drawing=family] [data-node]").count() == people

    # And by the keyboard alone, half a step back.
    child.focus()
    with peksos.expect_response("**/keluarga/geser/"):
        child.press("ArrowLeft")
    peksos.reload()
    assert child.get_attribute("transform") not in (dragged, before)

    # Two taps join two people: the form is filled in.
    child.press("Enter")
    peksos.locator("[data-drawing=family] [data-node=client]").press("Enter")
    expect(peksos.locator("#join")).to_have_attribute("open", "")
    expect(peksos.locator("#join select[name=b]")).to_have_value("client")
