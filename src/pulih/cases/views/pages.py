"""The number of a page from an address, whatever somebody wrote there."""

from __future__ import annotations


def page_number(text: str | None) -> int:
    """A page number from 1 on; anything else is the first page."""
    if not text or not text.isascii() or not text.isdecimal() or len(text) > 5:
        return 1
    return max(int(text), 1)
