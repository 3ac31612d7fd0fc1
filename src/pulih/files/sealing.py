"""Encryption of whole files in chunks, bound to the attachment they belong to."""

from __future__ import annotations

import secrets
import struct
from collections.abc import Iterator
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from pulih.common import datakeys
from pulih.common.errors import CipherError
from pulih.common.keyring import keyring

MAGIC, MAGIC_OF_RECORD = b"PULIHF1\n", b"PULIHF2\n"
"""Whose key it is: one of the key file, or that of a sealed record."""
CHUNK = 64 * 1024
TAG = 16
PREFIX = 7
_HEADER = struct.Struct(f">8sB{PREFIX}s")


def seal(content: bytes, *, place: str, unit: UUID | None = None) -> bytes:
    """Encrypt a file for one place.

    Each chunk's nonce is a random prefix, its number, and whether it is the last: no chunk can
    be changed, moved, dropped or added, and the file opens nowhere else.

    Args:
        place: attachment id and part.
        unit: the sealed record under whose own key it lies; its key is made when it has none.

    Returns:
        Header (magic, key id, nonce prefix) and the encrypted chunks.
    """
    if unit is not None:
        datakeys.ensure(unit)
    magic = MAGIC if unit is None else MAGIC_OF_RECORD
    kid = keyring().current if unit is None else unit.hex
    prefix = secrets.token_bytes(PREFIX)
    cipher = AESGCM(_key(magic, kid, place))
    header = _HEADER.pack(magic, len(kid), prefix) + kid.encode()
    parts = [header]
    for nonce, chunk in _numbered(content, prefix):
        parts.append(cipher.encrypt(nonce, chunk, header))
    return b"".join(parts)


def key_of(start: bytes) -> tuple[bytes, str]:
    """Which key a file was encrypted with, by its first bytes.

    Raises:
        CipherError: these are not the first bytes of such a file.
    """
    try:
        magic, length, _prefix = _HEADER.unpack_from(start)
        kid = start[_HEADER.size : _HEADER.size + length].decode("ascii")
    except (struct.error, UnicodeDecodeError):
        raise CipherError("The file is not encrypted as it must be.") from None
    if magic not in {MAGIC, MAGIC_OF_RECORD} or len(kid) != length:
        raise CipherError("The file is not encrypted as it must be.")
    return magic, kid


def is_under(start: bytes, unit: UUID | None) -> bool:
    """Is a file under the key it belongs under now?"""
    wanted = (MAGIC, keyring().current) if unit is None else (MAGIC_OF_RECORD, unit.hex)
    return key_of(start) == wanted


def _key(magic: bytes, kid: str, place: str) -> bytes:
    if magic == MAGIC:
        return keyring(kid).derive(f"file|{place}", kid=kid)
    try:
        unit = UUID(hex=kid)
    except ValueError:
        raise CipherError(f"{kid!r} names no sealed record.") from None
    return datakeys.derive(unit, f"file|{place}")


def _numbered(content: bytes, prefix: bytes) -> Iterator[tuple[bytes, bytes]]:
    last = max(0, (len(content) - 1) // CHUNK)
    for number in range(last + 1):
        yield _nonce(prefix, number, number == last), content[number * CHUNK : (number + 1) * CHUNK]


def _nonce(prefix: bytes, number: int, is_last: bool) -> bytes:
    return prefix + struct.pack(">IB", number, is_last)


def unseal(sealed: bytes, *, place: str) -> bytes:
    """Open what `seal` made for the same place.

    Raises:
        CipherError: the file was changed, cut, moved from another attachment, or its key is gone.
    """
    try:
        magic, kid = key_of(sealed)
    except CipherError:
        raise CipherError(f"The file at {place} is not encrypted as it must be.") from None
    header = sealed[: _HEADER.size + len(kid)]
    prefix = header[_HEADER.size - PREFIX : _HEADER.size]
    cipher = AESGCM(_key(magic, kid, place))
    body = memoryview(sealed)[len(header) :]
    step = CHUNK + TAG
    last = max(0, (len(body) - 1) // step)
    try:
        return b"".join(
            cipher.decrypt(
                _nonce(prefix, number, number == last),
                body[number * step : (number + 1) * step],
                header,
            )
            for number in range(last + 1)
        )
    except InvalidTag:
        raise CipherError(f"The file at {place} was changed or belongs elsewhere.") from None
