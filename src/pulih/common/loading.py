"""Who is told of the rows that are loaded now."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

LOADED: ContextVar[Callable[[Any], None] | None] = ContextVar("pulih_loaded", default=None)
"""Told of each row of a model that tells; None where nobody reads, as at the terminal."""


@contextmanager
def telling(hear: Callable[[Any], None] | None) -> Iterator[None]:
    """Tell of the rows that are loaded in here; None for rows that the machine alone looks at."""
    token = LOADED.set(hear)
    try:
        yield
    finally:
        LOADED.reset(token)
