"""Steps that journeys share, and pictures of each step when somebody asks for them.

`PULIH_PICTURES=folder` keeps a picture of each step at 1280 and at 360 pixels, for the guides.
"""

from __future__ import annotations

import os
from pathlib import Path

from playwright.sync_api import Page

WIDE = {"width": 1280, "height": 900}
PHONE = {"width": 360, "height": 740}


def picture(page: Page, name: str) -> None:
    """Keep the page as it is, wide and on a phone; a phone must not scroll sideways."""
    folder = os.environ.get("PULIH_PICTURES")
    page.evaluate("scrollTo(0, 0)")
    if folder:
        Path(folder).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=f"{folder}/{name}-1280.png", full_page=True)
    page.set_viewport_size(PHONE)
    width = page.evaluate("document.documentElement.scrollWidth")
    if folder:
        # A window as tall as the page, so that the bar at the foot lies under the page, not on it.
        height = page.evaluate("document.documentElement.scrollHeight")
        page.set_viewport_size({"width": PHONE["width"], "height": height})
        page.screenshot(path=f"{folder}/{name}-360.png")
    page.set_viewport_size(WIDE)
    assert width <= PHONE["width"], f"{name} is {width} pixels wide on a phone of 360"


def fill(page: Page, **values: str) -> None:
    """Fill fields by name, whatever they are: text, date, list, radio, tick."""
    for name, value in values.items():
        field = page.locator(f"main [name='{name}']:not([type=hidden])")
        kind = field.first.evaluate("field => field.type")
        if kind == "radio":
            page.check(f"main [name='{name}'][value='{value}']")
        elif kind == "checkbox":
            page.check(f"main [name='{name}']")
        elif kind == "select-one":
            page.select_option(f"main select[name='{name}']", value)
        else:
            page.fill(f"main [name='{name}']", value)


def choose(page: Page, name: str, text: str) -> None:
    """Choose the entry of a list that holds this text."""
    entry = page.locator(f"main select[name='{name}'] option", has_text=text).first
    page.select_option(f"main select[name='{name}']", entry.get_attribute("value"))


def press(page: Page, label: str) -> None:
    """Press the button or link that says this, and wait for the page that follows."""
    page.locator("main").get_by_role("button", name=label).or_(
        page.locator("main").get_by_role("link", name=label)
    ).first.click()
    page.wait_for_load_state()


def see(page: Page, text: str) -> None:
    """Wait until the page says this."""
    page.locator("main").get_by_text(text).first.wait_for()
