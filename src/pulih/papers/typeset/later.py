"""The heavy libraries of letters, read at their first use: no restart waits a second for them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def seal(pdf: bytes, *, office: str) -> bytes:
    """Seal a PDF; see `sealing.seal`."""
    from pulih.papers.typeset import sealing

    return sealing.seal(pdf, office=office)


def set_docx(document: Mapping[str, Any]) -> bytes:
    """Set a letter as DOCX; see `docx.set_docx`."""
    from pulih.papers.typeset import docx

    return docx.set_docx(document)
