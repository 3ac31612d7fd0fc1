"""Office documents: zip packages and the older compound files."""

from __future__ import annotations

import io
import zipfile

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MAX_ENTRIES = 5_000
MAX_UNPACKED = 700 * 1024 * 1024
MAX_RATIO = 200
"""Times that a package may grow; office XML packs to about a tenth, rarely to a fiftieth."""


def _entries(content: bytes) -> dict[str, zipfile.ZipInfo]:
    if not content.startswith(b"PK\x03\x04"):
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


def _stream(name: str) -> bytes:
    return name.encode("utf-16-le")


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


def is_bomb(content: bytes) -> bool:
    """Would it unpack to more than any office document does?"""
    entries = _entries(content).values()
    unpacked = sum(entry.file_size for entry in entries)
    packed = max(1, sum(entry.compress_size for entry in entries))
    small = 10 * 1024 * 1024
    return (
        len(entries) > MAX_ENTRIES
        or unpacked > MAX_UNPACKED
        or (unpacked > small and unpacked > packed * MAX_RATIO)
    )


def has_program(content: bytes) -> bool:
    """Does it carry macros or an embedded program?"""
    if content.startswith(OLE):
        return _stream("_VBA_PROJECT") in content
    names = [name.lower() for name in _entries(content)]
    endings = ("vbaproject.bin", ".exe", ".dll", ".js", ".vbs", ".bat", ".ps1", ".jar")
    return any(name.endswith(endings) or name.startswith("basic/") for name in names)
