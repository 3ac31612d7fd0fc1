"""Files of every kind, made when a test needs them."""

from __future__ import annotations

import io
import zipfile
from typing import Any

from PIL import Image


def pdf(body: bytes = b"<<>>", *, catalog: bytes = b"", version: bytes = b"1.4") -> bytes:
    """A small PDF of one empty page; `body` is its fourth object, `catalog` more of its root."""
    objects = (
        b"<</Type/Catalog/Pages 2 0 R/More 4 0 R" + catalog + b">>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>",
        body,
    )
    made, places = b"%PDF-" + version + b"\n", []
    for number, one in enumerate(objects, start=1):
        places.append(len(made))
        made += b"%d 0 obj\n" % number + one + b"\nendobj\n"
    start = len(made)
    made += b"xref\n0 5\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % n for n in places)
    return made + b"trailer\n<</Size 5/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % start


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
