"""Encryption of single values, bound to their place, and keyed digests for equality."""

from __future__ import annotations

import base64
import hmac
import secrets
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from pulih.common.errors import CipherError
from pulih.common.keyring import keyring

VERSION = "v1"
NONCE_BYTES = 12


def encrypt(text: str, *, place: str) -> str:
    """Encrypt a text for one place.

    Args:
        text: any text.
        place: `table|column|row id`; the value opens nowhere else.

    Returns:
        `v1.<key id>.<base64 of nonce and ciphertext>`.
    """
    ring = keyring()
    nonce = secrets.token_bytes(NONCE_BYTES)
    sealed = _cipher(ring.derive("field")).encrypt(
        nonce, text.encode(), _bound(place, ring.current)
    )
    return f"{VERSION}.{ring.current}.{base64.b64encode(nonce + sealed).decode()}"


@lru_cache(maxsize=8)
def _cipher(key: bytes) -> AESGCM:
    return AESGCM(key)


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
    if version != VERSION or len(raw) <= NONCE_BYTES:
        raise CipherError(f"The value at {place} is not encrypted as it must be.")
    key = keyring().derive("field", kid=kid)
    try:
        return (
            _cipher(key).decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], _bound(place, kid)).decode()
        )
    except InvalidTag:
        raise CipherError(f"The value at {place} was changed or belongs elsewhere.") from None


def _bound(place: str, kid: str) -> bytes:
    return f"{VERSION}|{kid}|{place}".encode()


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
