"""The code on a letter by which anybody can see whether it is ours."""

from __future__ import annotations

import secrets

from pulih.common.crypto import blind_index

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""32 signs that are not mistaken for one another: 5 bits each."""

LENGTH, GROUP = 16, 4


def new_code() -> str:
    """80 random bits in four groups, such as `7KQM-…`."""
    signs = "".join(secrets.choice(LETTERS) for _ in range(LENGTH))
    return "-".join(signs[at : at + GROUP] for at in range(0, LENGTH, GROUP))


def index_of(code: str) -> str:
    """What the database is asked for; how the code was typed does not matter."""
    plain = "".join(sign for sign in code.upper() if sign.isalnum())
    return blind_index(plain, purpose="letter-code") if len(plain) == LENGTH else ""
