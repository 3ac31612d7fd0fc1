"""The interface in a real browser: keyboard, themes, phone, dialogs, paper."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.journey

LogIn = Callable[..., Page]


@pytest.fixture
def page(log_in: LogIn, address: str) -> Page:
    """The component page on a wide screen."""
    page = log_in("admin")
    page.goto(f"{address}/komponen/")
    return page


@pytest.fixture
def phone(log_in: LogIn, address: str) -> Page:
    """The component page at 360 pixels."""
    page = log_in("admin", phone=True)
    page.goto(f"{address}/komponen/")
    return page


def test_a_village_is_picked_with_the_keyboard_alone(page: Page) -> None:
    field = page.locator("#id_village_text")

    field.press_sequentially("ngawi")
    expect(page.locator("#id_village_list [role=option]")).to_have_count(1)
    field.press("ArrowDown")
    field.press("Enter")

    expect(field).to_have_value("Ngawi")
    expect(page.locator("input[name=village]")).to_have_value("35.21.09.2004")
    expect(field).to_have_attribute("aria-expanded", "false")


def test_escape_closes_the_choices_and_typed_words_are_no_choice(page: Page) -> None:
    field = page.locator("#id_village_text")

    field.press_sequentially("wal")
    expect(page.locator("#id_village_list")).to_be_visible()
    field.press("Escape")

    expect(page.locator("#id_village_list")).to_be_hidden()
    expect(page.locator("input[name=village]")).to_have_value("")


def test_what_is_not_found_is_said(page: Page) -> None:
    page.locator("#id_village_text").press_sequentially("zzz")

    expect(page.locator("#id_village_list")).to_have_text("Tidak ditemukan")


def test_the_chosen_theme_stays(page: Page) -> None:
    root = page.locator("html")
    expect(root).to_have_attribute("data-bs-theme", "light")

    page.locator(".user-button").click()
    page.locator("[data-theme-choice=dark]").click()
    expect(root).to_have_attribute("data-bs-theme", "dark")
    page.reload()

    expect(root).to_have_attribute("data-bs-theme", "dark")


def test_without_a_choice_the_theme_follows_the_system(page: Page) -> None:
    page.emulate_media(color_scheme="dark")

    expect(page.locator("html")).to_have_attribute("data-bs-theme", "dark")


def test_the_language_is_switched_and_switched_back(page: Page) -> None:
    page.locator(".user-button").click()
    page.locator("button[name=language][value=en]").click()
    expect(page.locator("h1")).to_have_text("Components")

    page.locator(".user-button").click()
    page.locator("button[name=language][value=id]").click()

    expect(page.locator("h1")).to_have_text("Komponen")


def test_a_form_that_asks_first_is_sent_only_after_yes(page: Page) -> None:
    send = page.locator("#form .form-actions .btn-primary")
    dialog = page.locator("#confirm-dialog")

    send.click()
    expect(dialog).to_be_visible()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    assert "full_name=" not in page.url

    send.click()
    dialog.locator("[data-confirm-yes]").click()

    page.wait_for_url("**full_name=**")


def test_the_first_stop_of_the_keyboard_is_the_way_to_the_content(page: Page) -> None:
    page.keyboard.press("Tab")
    expect(page.locator(".skip-link")).to_be_focused()

    page.keyboard.press("Enter")

    expect(page.locator("#main")).to_be_focused()


def test_a_dialog_keeps_the_focus_and_gives_it_back(page: Page) -> None:
    opener = page.locator("[data-dialog-open=sample-dialog]")

    opener.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#sample-dialog")).to_be_visible()
    page.keyboard.press("Escape")

    expect(opener).to_be_focused()


def test_the_chart_is_drawn_and_its_figures_can_be_read(page: Page) -> None:
    drawn = page.wait_for_function(
        "() => document.querySelector('canvas').getAttribute('width') > 300"
    )
    assert drawn

    page.get_by_text("Lihat angkanya").click()

    expect(page.get_by_role("rowheader", name="Apr")).to_be_visible()


def test_nothing_is_wider_than_the_phone(phone: Page) -> None:
    width = phone.evaluate("document.documentElement.scrollWidth")

    assert width == 360


def test_the_menu_of_the_phone_opens_and_closes(phone: Page) -> None:
    phone.locator(".bottombar button").click()
    expect(phone.locator("#sidebar")).to_be_focused()

    phone.keyboard.press("Escape")

    expect(phone.locator("#sidebar")).to_be_hidden()


def test_controls_of_the_phone_are_large_enough_for_a_thumb(phone: Page) -> None:
    small = phone.evaluate(
        """() => [...document.querySelectorAll("main .btn, main .form-control, main .form-select,"
             + " .bottombar > *, .pages a, .tabs a, .topbar .btn")]
            .filter((part) => part.offsetParent && part.type !== "file")
            .map((part) => [part.className, part.getBoundingClientRect().height])
            .filter(([, height]) => height < 44)"""
    )

    assert small == []


def test_a_row_of_a_list_is_a_card_with_labels_on_the_phone(phone: Page) -> None:
    cell = phone.locator("#list tbody tr").first.locator("td").nth(1)

    label = cell.evaluate("part => getComputedStyle(part, '::before').content")

    assert label == '"NIK"'


def test_paper_shows_the_content_alone(page: Page) -> None:
    page.emulate_media(media="print")

    expect(page.locator(".topbar")).to_be_hidden()
    expect(page.locator("#sidebar")).to_be_hidden()
    expect(page.locator(".comparison")).to_be_visible()
