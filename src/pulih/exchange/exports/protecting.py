"""A password on spreadsheets with personal data: shown once on the page, kept nowhere."""

from __future__ import annotations

import io
from uuid import UUID

from msoffcrypto.format.ooxml import OOXMLFile

from pulih.common import crypto

LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"
"""Without what is mistaken for something else when it is read out over the telephone."""
GROUPS, IN_GROUP = 4, 4


def password_of(key: UUID) -> str:
    """The password of one export, such as `k7mp-2xqa-9dfe-hh4t`: 79 bits.

    It follows from the key of the installation, so that it is shown without being stored; once the
    file was fetched no page shows it any more.
    """
    digest = crypto.blind_index(str(key), purpose="export password")
    number, letters = int(digest, 16), []
    for _place in range(GROUPS * IN_GROUP):
        number, left = divmod(number, len(LETTERS))
        letters.append(LETTERS[left])
    text = "".join(letters)
    return "-".join(text[start : start + IN_GROUP] for start in range(0, len(text), IN_GROUP))


def protect(content: bytes, *, password: str) -> bytes:
    """The same workbook, encrypted (AES) so that Excel and LibreOffice ask for the password.

    In memory alone: nothing of it lies on a disk in clear.
    """
    sealed = io.BytesIO()
    OOXMLFile(io.BytesIO(content)).encrypt(password, sealed)
    return sealed.getvalue()
