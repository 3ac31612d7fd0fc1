"""Encryption of single values, bound to their place, and keyed digests for equality."""

from __future__ import annotations

import base64
import hmac
import secrets
from functools import lru_cache
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from pulih.common import datakeys
from pulih.common.errors import CipherError
from pulih.common.keyring import keyring

OF_FILE, OF_RECORD = "v1", "v2"
"""Whose key it is: one of the key file, or that of a sealed record."""
NONCE_BYTES = 12


def encrypt(text: str, *, place: str, unit: UUID | None = None) -> str:
    """Encrypt a text for one place.

    Args:
        text: any text.
        place: `table|column|row id`; the value opens nowhere else.
        unit: the sealed record under whose own key it lies; its key is made when it has none.

    Returns:
        `v1.<key id>.<base64 of nonce and ciphertext>`, or `v2.<key of the record>.…`.
    """
    if unit is None:
        version, kid = OF_FILE, keyring().current
    else:
        datakeys.ensure(unit)
        version, kid = OF_RECORD, unit.hex
    nonce = secrets.token_bytes(NONCE_BYTES)
    sealed = _cipher(_key(version, kid)).encrypt(nonce, text.encode(), _bound(version, place, kid))
    return f"{version}.{kid}.{base64.b64encode(nonce + sealed).decode()}"


@lru_cache(maxsize=8)
def _cipher(key: bytes) -> AESGCM:
    return AESGCM(key)


def _key(version: str, kid: str) -> bytes:
    """The key that a ciphertext names."""
    if version == OF_FILE:
        return keyring(kid).derive("field", kid=kid)
    try:
        unit = UUID(hex=kid)
    except ValueError:
        raise CipherError(f"{kid!r} names no sealed record.") from None
    return datakeys.derive(unit, "field")


def decrypt(token: str, *, place: str) -> str:
    """Open a value that `encrypt` made for the same place.

    Raises:
        CipherError: the value was changed, moved from another row or column, or its key is gone.
    """
    try:
        version, kid, body = token.split(".", 2)
        raw = base64.b64decode(body, validate=True)
    except ValueError:
        raise CipherError(f"The value at {place} is not encrypted as it must be.") from None
    if version not in {OF_FILE, OF_RECORD} or len(raw) <= NONCE_BYTES:
        raise CipherError(f"The value at {place} is not encrypted as it must be.")
    try:
        return (
            _cipher(_key(version, kid))
            .decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], _bound(version, place, kid))
            .decode()
        )
    except InvalidTag:
        raise CipherError(f"The value at {place} was changed or belongs elsewhere.") from None


def prefix_of(unit: UUID | None) -> str:
    """How a ciphertext begins that lies under the right key: the record's, or the current one."""
    return f"{OF_FILE}.{keyring().current}." if unit is None else f"{OF_RECORD}.{unit.hex}."


def _bound(version: str, place: str, kid: str) -> bytes:
    return f"{version}|{kid}|{place}".encode()


def blind_index(text: str, *, purpose: str) -> str:
    """A keyed digest (32 hex digits) that lets equal values be found without storing them.

    Args:
        text: the value in its normal form.
        purpose: the field it belongs to; each purpose has a key of its own.
    """
    ring = keyring()
    key = ring.derive(f"blind:{purpose}", kid=ring.digest)
    return hmac.digest(key, text.encode(), "sha256").hex()[:32]


def chain_key() -> bytes:
    """The key of the audit chain."""
    ring = keyring()
    return ring.derive("audit", kid=ring.digest)


def chain_mac(previous: str, content: str) -> str:
    """The keyed hash that ties an audit event to the one before it (64 hex digits)."""
    return hmac.digest(chain_key(), f"{previous}\n{content}".encode(), "sha256").hex()
