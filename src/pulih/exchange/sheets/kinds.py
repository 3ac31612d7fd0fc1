"""What a file really is, by its first bytes and its inner names, whatever it is called."""

from __future__ import annotations

import re
import zipfile
from enum import StrEnum
from typing import BinaryIO

from pulih.exchange.sheets.htmltable import has_table
from pulih.exchange.sheets.ole import is_encrypted_xls, ole_names
from pulih.exchange.sheets.refusals import FileRefused, Limits

HEAD_BYTES = 8192
OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ODS_TYPE = b"application/vnd.oasis.opendocument.spreadsheet"
STARTS = (
    (b"%PDF-", "PDF"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"\x89PNG", "PNG"),
    (b"GIF8", "GIF"),
    (b"BM", "BMP"),
    (b"II*\x00", "TIFF"),
    (b"MM\x00*", "TIFF"),
    (b"{\\rtf", "RTF"),
    (b"Rar!", "RAR"),
    (b"7z\xbc\xaf", "7-Zip"),
    (b"\x1f\x8b", "gzip"),
    (b"SQLite format 3", "SQLite"),
    (b"\x7fELF", "program"),
    (b"MZ", "program"),
)
HTML = re.compile(
    rb"^\s*(?:<!--.*?-->\s*)*<(?:!doctype html|html|head|body|table|meta|div)", re.I | re.S
)
XML = re.compile(rb"^\s*<(?:\?xml|svg)\b", re.I)
ALLOWED_CONTROLS = {9, 10, 11, 12, 13, 26}


class FileKind(StrEnum):
    """The families of files that are read."""

    XLSX = "xlsx"
    XLS = "xls"
    ODS = "ods"
    CSV = "csv"
    HTML = "html"


def kind_of(file: BinaryIO, limits: Limits) -> FileKind:
    """Say which reader takes the file, or refuse it with what it is instead."""
    size = file.seek(0, 2)
    if size > limits.file_bytes:
        raise FileRefused("file.too_large", size=size, limit=limits.file_bytes)
    file.seek(0)
    head = file.read(HEAD_BYTES)
    if not head.strip(b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise FileRefused("file.empty")
    if head.startswith(OLE_MAGIC):
        return _ole_kind(file)
    if head.startswith(b"PK\x03\x04") or head.startswith(b"PK\x05\x06"):
        return _zip_kind(file, limits)
    _refuse_other(head)
    if HTML.match(head.removeprefix(b"\xef\xbb\xbf")):
        if not has_table(file):
            raise FileRefused("file.web_page")
        return FileKind.HTML
    return FileKind.CSV


def _ole_kind(file: BinaryIO) -> FileKind:
    names = ole_names(file)
    if "EncryptedPackage" in names:
        raise FileRefused("file.password")
    if "WordDocument" in names or "PowerPoint Document" in names:
        found = "Word" if "WordDocument" in names else "PowerPoint"
        raise FileRefused("file.other_kind", found=found)
    if not names & {"Workbook", "Book"}:
        raise FileRefused("file.damaged")
    if is_encrypted_xls(file):
        raise FileRefused("file.password")
    return FileKind.XLS


def _zip_kind(file: BinaryIO, limits: Limits) -> FileKind:
    try:
        with zipfile.ZipFile(file) as archive:
            _refuse_bomb(archive, limits)
            names = set(archive.namelist())
            return _inner_kind(archive, names)
    except (zipfile.BadZipFile, OSError, NotImplementedError, ValueError, EOFError) as error:
        raise FileRefused("file.damaged") from error
    except RuntimeError as error:  # zipfile says so of an entry locked by a zip password
        raise FileRefused("file.password") from error


def _refuse_bomb(archive: zipfile.ZipFile, limits: Limits) -> None:
    packed = unpacked = 0
    for entry in archive.infolist():
        packed += entry.compress_size
        unpacked += entry.file_size
    too_dense = (
        unpacked > limits.ratio_counts_from and unpacked > max(packed, 1) * limits.unpacked_ratio
    )
    if unpacked > limits.unpacked_bytes or too_dense:
        raise FileRefused("file.unpacks_too_large", size=unpacked, limit=limits.unpacked_bytes)


def _inner_kind(archive: zipfile.ZipFile, names: set[str]) -> FileKind:
    if "mimetype" in names and archive.getinfo("mimetype").file_size < 200:
        if archive.read("mimetype").strip().startswith(ODS_TYPE):
            _refuse_locked_ods(archive, names)
            return FileKind.ODS
        raise FileRefused("file.other_kind", found="OpenDocument")
    if "xl/workbook.bin" in names:
        raise FileRefused("file.other_kind", found="XLSB")
    if any(name.startswith("word/") for name in names):
        raise FileRefused("file.other_kind", found="Word")
    if any(name.startswith("ppt/") for name in names):
        raise FileRefused("file.other_kind", found="PowerPoint")
    if "[Content_Types].xml" in names and any(name.startswith("xl/") for name in names):
        return FileKind.XLSX
    raise FileRefused("file.other_kind", found="ZIP")


def _refuse_locked_ods(archive: zipfile.ZipFile, names: set[str]) -> None:
    manifest = "META-INF/manifest.xml"
    locked = manifest in names and b"encryption-data" in archive.read(manifest)
    if locked or "encrypted-package" in names:
        raise FileRefused("file.password")


def _refuse_other(head: bytes) -> None:
    for start, found in STARTS:
        if head.startswith(start):
            raise FileRefused("file.other_kind", found=found)
    plain = head.removeprefix(b"\xef\xbb\xbf")
    if XML.match(plain):
        raise FileRefused("file.other_kind", found="XML")
    wide = head.startswith((b"\xff\xfe", b"\xfe\xff")) or _looks_utf16(head)
    controls = sum(1 for byte in head if byte < 32 and byte not in ALLOWED_CONTROLS)
    if controls and not wide:
        raise FileRefused("file.unknown_kind")


def _looks_utf16(head: bytes) -> bool:
    """Return whether every second byte is empty, as in UTF-16 text of Latin letters."""
    even, odd = head[0::2], head[1::2]
    most = 0.9
    return bool(odd) and (
        (odd.count(0) > most * len(odd) and even.count(0) == 0)
        or (even.count(0) > most * len(even) and odd.count(0) == 0)
    )
