"""Hostile pictures, text and names, made here; nothing of `pulih` is imported."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from PIL import Image, PngImagePlugin

REFUSE, BOMB, HARMLESS = "refuse", "bomb", "download"
SCRIPT = b"<script>alert(1)</script>"
HTML = b"<!DOCTYPE html><html>" + SCRIPT + b"</html>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)">' + SCRIPT + b"</svg>"
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
EXE = b"MZ\x90\x00" + b"\0" * 60 + b"PE\0\0" + b"\0" * 200


@dataclass(frozen=True, slots=True)
class Hostile:
    """A hostile file, and what must become of it.

    Attributes:
        fate: `refuse`; `bomb`, which is refused soon; or `download`, which may also be kept, and is
            then served as a download in a sandbox alone.
        page: where it is sent: to the `files` of a person, or as an `import`.
        declared: the content type that the sender claims.
    """

    what: str
    name: str
    content: bytes
    fate: str = HARMLESS
    page: str = "files"
    declared: str = "application/octet-stream"


def picture(form: str = "JPEG", size: tuple[int, int] = (40, 30), **options: object) -> bytes:
    """A small picture."""
    target = io.BytesIO()
    Image.new("RGB", size, (180, 60, 20)).save(target, form, **options)
    return target.getvalue()


def chunk(kind: bytes, body: bytes) -> bytes:
    """A chunk of a PNG."""
    crc = struct.pack(">I", zlib.crc32(kind + body))
    return struct.pack(">I", len(body)) + kind + body + crc


def png(wide: int, high: int, body: bytes = b"", depth: int = 8, colour: int = 2) -> bytes:
    """A PNG whose header says what it wants."""
    header = struct.pack(">IIBBBBB", wide, high, depth, colour, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", body) + chunk(b"IEND", b"")
    )


def packed(size: int) -> bytes:
    """So many zeros, packed."""
    packer = zlib.compressobj(9)
    parts = [packer.compress(b"\0" * (1 << 20)) for _ in range(size >> 20)]
    return b"".join(parts) + packer.flush()


def pictures() -> Iterator[Hostile]:
    """Pages as pictures, pictures with something in them, pictures that are bombs."""
    yield Hostile("page as jpg", "foto.jpg", HTML, REFUSE, declared="image/jpeg")
    yield Hostile("drawing as jpg", "foto.jpg", SVG, REFUSE, declared="image/jpeg")
    yield Hostile("drawing", "gambar.svg", SVG, REFUSE, declared="image/svg+xml")
    xml = b'<?xml version="1.0"?>' + SVG
    yield Hostile("drawing with a head as png", "gambar.png", xml, REFUSE)
    yield Hostile("page behind the mark of a jpg", "foto.jpg", b"\xff\xd8\xff\xe0" + HTML, REFUSE)
    yield Hostile("page before a jpg", "foto.jpg", HTML + picture(), REFUSE)
    yield Hostile("page behind a jpg", "foto.jpg", picture() + HTML)
    yield Hostile("page in the comment of a jpg", "foto.jpg", picture(comment=HTML))
    yield Hostile("page in the profile of a jpg", "foto.jpg", picture(icc_profile=HTML))
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Comment", HTML.decode())
    yield Hostile("page in the text of a png", "foto.png", picture("PNG", pnginfo=notes))
    yield Hostile("page behind a png", "foto.png.html", picture("PNG") + HTML)
    yield Hostile("gif with a script", "foto.gif", b"GIF89a/*" + SCRIPT + b"*/=1;", REFUSE)
    yield Hostile("gif as jpg", "foto.jpg", picture("GIF") + SCRIPT, REFUSE)
    yield Hostile("webp with a page", "foto.webp", picture("WEBP") + HTML)
    yield Hostile("bmp with a page", "foto.bmp", picture("BMP") + HTML, REFUSE)
    yield Hostile("tiff", "foto.tiff", picture("TIFF"), REFUSE)
    yield Hostile("riff that is no picture", "foto.webp", b"RIFF\0\0\0\0WAVE" + HTML, REFUSE)
    yield Hostile("jpg cut short", "foto.jpg", picture(size=(900, 900))[:400], REFUSE)
    yield Hostile("png cut short", "foto.png", picture("PNG", (900, 900))[:60], REFUSE)
    yield Hostile("png of noise", "foto.png", b"\x89PNG\r\n\x1a\n" + b"\x07" * 300, REFUSE)
    real = png(10_000, 10_000, zlib.compress(b"\0" * 12_510_000, 9), depth=1, colour=0)
    yield Hostile("png of 100 million pixels", "foto.png", real, BOMB)
    yield Hostile("png that claims 2,500 million pixels", "foto.png", png(50_000, 50_000), BOMB)
    yield Hostile("png that claims the most there is", "a.png", png(2**31 - 1, 2**31 - 1), BOMB)
    wide = bytearray(picture())
    at = wide.find(b"\xff\xc0")
    struct.pack_into(">HH", wide, at + 5, 65_000, 65_000)
    yield Hostile("jpg that claims 4,225 million pixels", "foto.jpg", bytes(wide), BOMB)
    full = png(6000, 6000, packed(1 << 30))
    yield Hostile("png that holds 1 GB behind its pixels", "foto.png", full)
    text = chunk(b"zTXt", b"Comment\0\0" + packed(1 << 29))
    heavy = picture("PNG")
    yield Hostile("png with 512 MB of text", "foto.png", heavy[:33] + text + heavy[33:])


def texts() -> Iterator[Hostile]:
    """Pages, programs and the like under the name of text, and the other way round."""
    yield Hostile("eicar as text", "catatan.txt", EICAR)
    yield Hostile("eicar as a program", "catatan.com", EICAR, REFUSE)
    yield Hostile("page as text", "catatan.txt", HTML, REFUSE)
    yield Hostile("page", "halaman.html", HTML, REFUSE, declared="text/html")
    wide = b"\xff\xfe" + HTML.decode().encode("utf-16-le")
    yield Hostile("page in wide text", "catatan.txt", wide, REFUSE)
    yield Hostile(
        "page in seven bits", "data.csv", b"a,b\n+ADw-script+AD4-alert(1)+ADw-/script+AD4-"
    )
    yield Hostile("page in a table", "data.csv", b"nama\n" + SCRIPT, REFUSE)
    yield Hostile("formulas in a table", "data.csv", b"nama\n=cmd|'/C calc'!A0\n")
    yield Hostile("text with empty bytes", "catatan.txt", b"abc\x00\x01\x02", REFUSE)
    yield Hostile("shell script", "pasang.sh", b"#!/bin/sh\nrm -rf /\n", REFUSE)
    yield Hostile("page of scripts", "a.hta", b"<hta:application>" + SCRIPT, REFUSE)
    yield Hostile("link of Windows", "a.lnk", b"L\0\0\0\x01\x14\x02\0" + b"\0" * 60, REFUSE)
    for name in ("surat.pdf", "surat.txt", "foto.jpg", "surat.exe"):
        yield Hostile(f"program as {name}", name, EXE, REFUSE)
    yield Hostile("program of Linux", "foto.png", b"\x7fELF" + b"\0" * 90, REFUSE)
    yield Hostile("program of Java", "foto.jpg", b"\xca\xfe\xba\xbe" + b"\0" * 90, REFUSE)
    yield Hostile("nothing", "kosong.pdf", b"", REFUSE)
    portal = b"<html><table><tr><td>Nama</td></tr><tr><td>" + SCRIPT + b"A</td></tr></table></html>"
    yield Hostile("import of a page with a script", "data.xls", portal, page="import")
    yield Hostile("import of a page without a table", "data.xls", HTML, REFUSE, page="import")
    yield Hostile("import of a program", "data.xlsx", EXE, REFUSE, page="import")


def names(pdf: bytes) -> Iterator[Hostile]:
    """An honest letter under hostile names."""
    for what, name in {
        "two endings": "surat.pdf.html",
        "an ending of a program": "surat.pdf.exe",
        "letters from right to left": "surat\u202efdp.exe",
        "a line break and a header": "a\r\nSet-Cookie: x=1\r\n\r\n<script>.pdf",
        "an empty byte": "surat.html\0.pdf",
        "a way out": "../../../../etc/passwd",
        "a way out of Windows": "..\\..\\windows\\a.pdf",
        "a quote": 'a"; filename="b.html',
        "markup": "<img src=x onerror=alert(1)>.pdf",
        "a device": "CON.pdf",
        "an ending alone": ".html",
        "very many letters": "a" * 240 + ".pdf",
    }.items():
        yield Hostile(f"a name with {what}", name, pdf)
    yield Hostile("a letter declared a page", "surat.pdf", pdf, declared="text/html")
