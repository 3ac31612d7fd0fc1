"""Encryption of whole files in chunks, bound to the attachment they belong to."""

from __future__ import annotations

import secrets
import struct
from collections.abc import Iterator

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from pulih.common.errors import CipherError
from pulih.common.keyring import keyring

MAGIC = b"PULIHF1\n"
CHUNK = 64 * 1024
TAG = 16
PREFIX = 7
_HEADER = struct.Struct(f">8sB{PREFIX}s")


def seal(content: bytes, *, place: str) -> bytes:
    """Encrypt a file for one place.

    Each chunk's nonce is a random prefix, its number, and whether it is the last: no chunk can
    be changed, moved, dropped or added, and the file opens nowhere else.

    Args:
        place: attachment id and part.

    Returns:
        Header (magic, key id, nonce prefix) and the encrypted chunks.
    """
    ring = keyring()
    kid = ring.current.encode()
    prefix = secrets.token_bytes(PREFIX)
    cipher = AESGCM(ring.derive(f"file|{place}"))
    header = _HEADER.pack(MAGIC, len(kid), prefix) + kid
    parts = [header]
    for nonce, chunk in _numbered(content, prefix):
        parts.append(cipher.encrypt(nonce, chunk, header))
    return b"".join(parts)


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
        magic, kid_length, prefix = _HEADER.unpack_from(sealed)
        header = sealed[: _HEADER.size + kid_length]
        kid = header[_HEADER.size :].decode("ascii")
    except (struct.error, UnicodeDecodeError):
        raise CipherError(f"The file at {place} is not encrypted as it must be.") from None
    if magic != MAGIC or len(kid) != kid_length:
        raise CipherError(f"The file at {place} is not encrypted as it must be.")
    cipher = AESGCM(keyring().derive(f"file|{place}", kid=kid))
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
