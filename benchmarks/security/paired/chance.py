"""Chance that comes the same way twice, so that two worlds draw the same keys and tokens."""

from __future__ import annotations

import contextlib
import os
import random
from collections.abc import Iterator


class Chance:
    """Stands in for the random bytes of the system: keys, nonces and tokens come of a seed."""

    def __init__(self) -> None:
        self._draw = random.Random(0)

    def begin(self, seed: str) -> None:
        """From here on the same seed gives the same bytes."""
        self._draw = random.Random(seed)

    def __call__(self, size: int) -> bytes:
        return self._draw.randbytes(size)

    @contextlib.contextmanager
    def reigns(self) -> Iterator[None]:
        """All random bytes of this process come from here."""
        system, kept = os.urandom, random._urandom
        os.urandom = random._urandom = self
        try:
            yield
        finally:
            os.urandom, random._urandom = system, kept


CHANCE = Chance()
