"""Files of every kind, made when a test needs them."""

from __future__ import annotations

import io
import zipfile
from typing import Any

from PIL import Image


def pdf(body: bytes = b"1 0 obj<</Type/Catalog>>endobj\n") -> bytes:
    """A small PDF."""
    return b"%PDF-1.4\n" + body + b"trailer<</Root 1 0 R>>\n%%EOF\n"


def picture(form: str = "JPEG", size: tuple[int, int] = (40, 30), **options: Any) -> bytes:
    """A small picture."""
    target = io.BytesIO()
    Image.new("RGB", size, (180, 60, 20)).save(target, form, **options)
    return target.getvalue()


def package(entries: dict[str, bytes], *, first: tuple[str, bytes] | None = None) -> bytes:
    """A zip package; `first` is stored unpacked at its start."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        if first:
            archive.writestr(zipfile.ZipInfo(first[0]), first[1])
        for name, content in entries.items():
            archive.writestr(name, content)
    return target.getvalue()


def docx(**extra: bytes) -> bytes:
    """A Word document, as far as its package tells."""
    return package({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w/>", **extra})
