"""Plain text: readable, and not a page in disguise."""

from __future__ import annotations

import re

_MARKUP = re.compile(rb"<\s*(!doctype|html|head|body|script|svg|iframe|object|embed|\?xml)", re.I)
_PAGE = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*<(?:!--|!doctype html|html|head|body|table|meta|div)", re.I
)
_TABLE = re.compile(rb"<table\b", re.I)
_CONTROLS = frozenset(range(32)) - {9, 10, 12, 13}


def is_plain(content: bytes) -> bool:
    """Is it text in the encodings that offices have, without markup that a browser would run?"""
    if not content or _MARKUP.search(content):
        return False
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return _is_wide(content)
    return _CONTROLS.isdisjoint(content)


def _is_wide(content: bytes) -> bool:
    """UTF-16, as Excel's “Unicode text” has it; read as what it says before it is trusted."""
    try:
        narrow = content.decode("utf-16").encode()
    except UnicodeDecodeError:
        return False
    return _CONTROLS.isdisjoint(narrow) and not _MARKUP.search(narrow)


def has_markup(content: bytes) -> bool:
    """Does it carry markup that a browser would run?"""
    return _MARKUP.search(content) is not None


def is_table_page(content: bytes) -> bool:
    """Is it a web page with a table, as portals export lists under the name of a spreadsheet?"""
    return _PAGE.match(content) is not None and _TABLE.search(content) is not None
