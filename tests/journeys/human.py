"""A person at the phone: reads, moves a thumb, types slowly; every tap is counted."""

from __future__ import annotations

import sys
import time

from playwright.sync_api import Locator, Page

READING = 3.0
"""Seconds to take in a new page."""
TAP = 1.1
"""Seconds to find a place and touch it."""
KEY = 0.28
"""Seconds a character, about 40 words a minute."""


class Human:
    """Uses a page at human pace, and knows afterwards how long and how many taps it took."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.taps = 0
        self.keys = 0
        self._began = time.monotonic()

    @property
    def seconds(self) -> float:
        """Since the beginning."""
        return time.monotonic() - self._began

    def look(self) -> None:
        """Take in what is there."""
        self.page.wait_for_load_state()
        self.page.wait_for_timeout(READING * 1000)

    def tap(self, place: Locator) -> None:
        """Find it and touch it."""
        place.first.wait_for()
        self.page.wait_for_timeout(TAP * 1000)
        place.first.click()
        self.taps += 1

    def press(self, label: str) -> None:
        """Touch the button or link that says this."""
        main = self.page.locator("main")
        named = main.get_by_role("button", name=label)
        self.tap(named.or_(main.get_by_role("link", name=label)))

    def chip(self, name: str, value: str) -> None:
        """Touch one of the answers that stand side by side."""
        self.tap(self.page.locator(f"main label.chip:has([name='{name}'][value='{value}'])"))

    def type(self, name: str, text: str) -> None:
        """Touch a field and write."""
        field = self.page.locator(f"main [name='{name}']")
        self.tap(field)
        field.press_sequentially(text, delay=KEY * 1000)
        self.keys += len(text)

    def report(self, what: str) -> None:
        """Print what it took."""
        took = f"{self.seconds:.0f} s, {self.taps} taps, {self.keys} characters"
        sys.stdout.write(f"{what}: {took}\n")
