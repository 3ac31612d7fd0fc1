"""The older office documents: compound files, in which a folder lists named streams."""

from __future__ import annotations

import re

from pulih.files.intake.answers import Refused

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# The entry of a sheet in a workbook, of the kind that holds macros of before VBA.
_MACRO_SHEET = re.compile(rb"\x85\x00.\x00.{4}[\x00-\x02]\x01.[\x00\x01]", re.S)


def _stream(name: str) -> bytes:
    return name.encode("utf-16-le")


PROGRAMS = (_stream("_VBA_PROJECT"), _stream("Ole10Native"))


def is_doc(content: bytes) -> bool:
    """Is it a document of Word 97 to 2003?"""
    return content.startswith(OLE) and _stream("WordDocument") in content


def is_xls(content: bytes) -> bool:
    """Is it a workbook of Excel 97 to 2003?"""
    return content.startswith(OLE) and (
        _stream("Workbook") in content or _stream("Book\0") in content
    )


def is_locked(content: bytes) -> bool:
    """Is it an office document under a password?"""
    return content.startswith(OLE) and _stream("EncryptedPackage") in content


def check(content: bytes) -> None:
    """Refuse a document with macros or a packed program.

    Raises:
        Refused: with the reason.
    """
    if any(name in content for name in PROGRAMS):
        raise Refused("program")
    if is_xls(content) and _MACRO_SHEET.search(content):
        raise Refused("program")
