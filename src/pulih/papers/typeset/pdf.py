"""Sets a letter as tagged PDF: the text goes in as data, so that nothing in it is markup."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import segno
import typst

BREAK, PIECE = "\u200b", 10
_LONG_WORD = re.compile(r"\S{25,}")
FOLDER = Path(str(files("pulih.papers.typeset")))


@cache
def _source() -> bytes:
    return (FOLDER / "letter.typ").read_bytes()


def set_pdf(document: Mapping[str, Any]) -> bytes:
    """The PDF of a letter that `compose` made.

    The compiler sees the layout, the data and the drawn codes, and no other file or network: its
    root is this folder, and the layout imports nothing.
    """
    sheets = {
        "main.typ": _source(),
        "data.json": json.dumps(_breakable(document), ensure_ascii=False).encode(),
        **_codes(document),
    }
    try:
        return _compiled(sheets, accessible=True)
    except typst.TypstError as fault:
        # A sign that no font of ours has cannot be promised to a screen reader; the sheet can
        # still be printed, with a box where the sign would be.
        if "could not be displayed" not in str(fault):
            raise
        return _compiled(sheets, accessible=False)


def _compiled(sheets: dict[str, bytes], *, accessible: bool) -> bytes:
    # The stubs of typst know of one file at a time; the compiler takes several by their names.
    compile_: Any = typst.compile
    made: bytes = compile_(
        sheets,
        format="pdf",
        root=FOLDER,
        ignore_system_fonts=True,
        pdf_standards=["ua-1"] if accessible else [],
    )
    return made


def _breakable(part: Any, name: str = "") -> Any:
    """The document with places where a very long word may break, so that none runs off a sheet.

    Addresses are left as they are: whoever copies one from the sheet must get it whole.
    """
    if isinstance(part, Mapping):
        return {key: _breakable(value, key) for key, value in part.items()}
    if isinstance(part, (list, tuple)):
        return [_breakable(value, name) for value in part]
    if isinstance(part, str) and name not in {"value", "qr", "site"}:
        return _LONG_WORD.sub(lambda found: BREAK.join(_pieces(found[0])), part)
    return part


def _pieces(word: str) -> list[str]:
    return [word[at : at + PIECE] for at in range(0, len(word), PIECE)]


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
