"""Newer office documents: zip packages of XML, unpacked piece by piece to see what they hold."""

from __future__ import annotations

import io
import re
import stat
import zipfile

from pulih.files.intake import compound
from pulih.files.intake.answers import Refused

ZIP = b"PK\x03\x04"
MAX_ENTRIES = 5_000
MAX_UNPACKED = 512 * 1024 * 1024
MAX_RATIO = 200
"""Times that a package may grow; office XML packs to about a tenth, rarely to a fiftieth."""
SMALL = 10 * 1024 * 1024
PIECE = 1024 * 1024
OVERLAP = 64
MAX_DEPTH = 2

PROGRAM_ENDINGS = (
    *(".exe", ".dll", ".com", ".scr", ".js", ".jse", ".vbs", ".vbe", ".wsf", ".hta", ".bat"),
    *(".cmd", ".ps1", ".jar", ".lnk", ".msi", ".py", ".sh", "vbaproject.bin", "vbadata.xml"),
)
PROGRAM_FOLDERS = ("basic/", "scripts/", "xl/macrosheets/")
# What no office XML has: a type declared, whose entities grow or reach out.
_DECLARED = re.compile(
    b"|".join(
        re.escape(word.encode(how))
        for word in ("<!DOCTYPE", "<!ENTITY")
        for how in ("ascii", "utf-16-le", "utf-16-be")
    )
)
_MACROS = re.compile(rb"macroEnabled|ms-office\.vbaProject|excel\.macrosheet", re.I)
# A template, frame or object that the program would fetch from elsewhere when the document opens;
# the template on a disk of the writer's own computer is everyday.
_FETCHED = re.compile(
    rb"<Relationship\b(?=[^>]*/(?:attachedTemplate|oleObject|frame|subDocument)\")"
    rb"(?=[^>]*\bTarget=\"(?!file:///[a-z](?::|%3a))(?:[a-z]+:)?(?://|\\\\|%5c%5c))[^>]*",
    re.I,
)


def _entries(content: bytes) -> dict[str, zipfile.ZipInfo]:
    if not content.startswith(ZIP):
        return {}
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            return {entry.filename: entry for entry in package.infolist()}
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError):
        return {}


def is_docx(content: bytes) -> bool:
    """Is it a Word document?"""
    return {"[Content_Types].xml", "word/document.xml"} <= _entries(content).keys()


def is_xlsx(content: bytes) -> bool:
    """Is it an Excel workbook?"""
    return {"[Content_Types].xml", "xl/workbook.xml"} <= _entries(content).keys()


def is_odt(content: bytes) -> bool:
    """Is it an OpenDocument text?"""
    return _is_open_document(content, b"application/vnd.oasis.opendocument.text")


def is_ods(content: bytes) -> bool:
    """Is it an OpenDocument spreadsheet?"""
    return _is_open_document(content, b"application/vnd.oasis.opendocument.spreadsheet")


def _is_open_document(content: bytes, mimetype: bytes) -> bool:
    # The standard puts the type first and unpacked, which is what makes it a mark.
    start = 30 + len("mimetype")
    marked = content[30:start] == b"mimetype" and content[start : start + len(mimetype)] == mimetype
    return marked and "content.xml" in _entries(content)


def check(content: bytes, *, depth: int = 0) -> None:
    """Refuse a package that is a bomb, reaches out of itself, or carries a program.

    What it claims is asked before anything is unpacked; then every part is unpacked in pieces, and
    one that holds more than it claims ends as damaged.

    Raises:
        Refused: with the reason.
        zipfile.BadZipFile: a part is damaged or lies about its size.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        entries = package.infolist()
        _check_claims(entries)
        for entry in entries:
            _check_name(entry)
        for entry in entries:
            if not entry.is_dir():
                _check_part(package, entry, depth)


def _check_claims(entries: list[zipfile.ZipInfo]) -> None:
    unpacked = sum(entry.file_size for entry in entries)
    packed = max(1, sum(entry.compress_size for entry in entries))
    too_dense = unpacked > SMALL and unpacked > packed * MAX_RATIO
    if len(entries) > MAX_ENTRIES or unpacked > MAX_UNPACKED or too_dense:
        raise Refused("bomb")
    if len({entry.filename for entry in entries}) != len(entries):
        raise Refused("damaged")


def _check_name(entry: zipfile.ZipInfo) -> None:
    name = entry.orig_filename.replace("\\", "/")
    if name.startswith("/") or ".." in name.split("/") or ":" in name or "\0" in name:
        raise Refused("reaches_out")
    if stat.S_ISLNK(entry.external_attr >> 16):
        raise Refused("reaches_out")
    low = name.lower()
    if low.endswith(PROGRAM_ENDINGS) or low.startswith(PROGRAM_FOLDERS):
        raise Refused("program")


def _check_part(package: zipfile.ZipFile, entry: zipfile.ZipInfo, depth: int) -> None:
    with package.open(entry) as part:
        piece = part.read(PIECE)
        if piece.startswith((ZIP, compound.OLE)):
            _check_inner(piece + part.read(), depth + 1)
            return
        is_list = entry.filename.endswith((".rels", "[Content_Types].xml"))
        tail = b""
        while piece:
            seen = tail + piece
            if _DECLARED.search(seen):
                raise Refused("declares")
            if is_list and (_MACROS.search(seen) or _FETCHED.search(seen)):
                raise Refused("program")
            tail = seen[-OVERLAP:] if not is_list else seen
            piece = part.read(PIECE)


def _check_inner(content: bytes, depth: int) -> None:
    """A document inside a document, such as a table of Excel in a letter."""
    if depth > MAX_DEPTH:
        raise Refused("bomb")
    if content.startswith(ZIP):
        check(content, depth=depth)
    else:
        compound.check(content)
