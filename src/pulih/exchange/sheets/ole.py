"""The little that must be known of OLE containers: the names inside, and the lock of an XLS."""

from __future__ import annotations

from typing import BinaryIO

KNOWN_NAMES = ("EncryptedPackage", "Workbook", "Book", "WordDocument", "PowerPoint Document")
ENTRY_BYTES = 128
# BIFF records: start of a stream, file password, end of the stream.
BOF, FILEPASS, EOF = 0x0809, 0x002F, 0x000A
SEARCH_BYTES = 4096


def ole_names(file: BinaryIO) -> set[str]:
    """Return which known streams the container lists.

    Directory entries start on a boundary of 128 bytes with the name in UTF-16 and its length
    at byte 64, so that they are recognised without following the sector chains.
    """
    file.seek(0)
    data = file.read()
    found: set[str] = set()
    for name in KNOWN_NAMES:
        wide = name.encode("utf-16-le")
        at = data.find(wide)
        while at != -1:
            length = int.from_bytes(data[at + 64 : at + 66], "little")
            if at % ENTRY_BYTES == 0 and length == len(wide) + 2:
                found.add(name)
                break
            at = data.find(wide, at + 1)
    return found


def is_encrypted_xls(file: BinaryIO) -> bool:
    """Return whether the first records of the workbook stream ask for a password."""
    file.seek(0)
    data = file.read()
    at = data.find(b"\x09\x08")
    while at != -1 and at % 64:
        at = data.find(b"\x09\x08", at + 1)
    end = min(len(data), at + SEARCH_BYTES) if at != -1 else 0
    while at != -1 and at + 4 <= end:
        record = int.from_bytes(data[at : at + 2], "little")
        if record == FILEPASS:
            return True
        if record == EOF:
            return False
        at += 4 + int.from_bytes(data[at + 2 : at + 4], "little")
    return False
