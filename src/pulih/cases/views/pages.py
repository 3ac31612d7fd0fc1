"""Pages of a list that is never counted, whatever somebody wrote into the address."""

from __future__ import annotations

from typing import Any

from django.core.paginator import EmptyPage, Page
from django_tables2.paginators import LazyPaginator

PAGE_SIZE = 25


def page_of(rows: Any, asked: str | None) -> Page[Any]:
    """The page that was asked for; the first one for a number that is none, or too high."""
    paginator = LazyPaginator(rows, PAGE_SIZE)
    try:
        page: Page[Any] = paginator.page(page_number(asked))
    except EmptyPage:
        page = paginator.page(1)
    return page


def page_number(text: str | None) -> int:
    """A page number from 1 on; anything else is the first page."""
    if not text or not text.isascii() or not text.isdecimal() or len(text) > 5:
        return 1
    return max(int(text), 1)
