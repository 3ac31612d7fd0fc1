"""Sets a letter as tagged PDF: the text goes in as data, so that nothing in it is markup."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import segno
import typst

ACCESSIBLE = "ua-1"
_FOLDER = Path(str(files("pulih.papers.typeset")))


@cache
def _source() -> bytes:
    return (_FOLDER / "letter.typ").read_bytes()


def set_pdf(document: Mapping[str, Any]) -> bytes:
    """The PDF of a letter that `compose` made.

    The compiler sees the layout, the data and the drawn codes, and no other file or network: its
    root is this folder, and the layout imports nothing.
    """
    sheets = {
        "main.typ": _source(),
        "data.json": json.dumps(document, ensure_ascii=False).encode(),
        **_codes(document),
    }
    options = {"format": "pdf", "root": _FOLDER, "ignore_system_fonts": True}
    try:
        return bytes(typst.compile(sheets, pdf_standards=[ACCESSIBLE], **options))
    except typst.TypstError as fault:
        # A sign that no font of ours has cannot be promised to a screen reader; the sheet can
        # still be printed, with a box where the sign would be.
        if "could not be displayed" not in str(fault):
            raise
        return bytes(typst.compile(sheets, **options))


def _codes(document: Mapping[str, Any]) -> dict[str, bytes]:
    """The QR codes as drawings, under the names that the layout asks for."""
    drawn = {
        f"link-{number}.svg": _drawn(block["value"])
        for number, block in enumerate(document["blocks"])
        if block["kind"] == "link"
    }
    if document["verify"]:
        drawn["verify.svg"] = _drawn(document["verify"]["qr"])
    return drawn


def _drawn(text: str) -> bytes:
    file = io.BytesIO()
    segno.make(text or "-", error="m", micro=False).save(file, kind="svg", border=1, scale=4)
    return file.getvalue()
