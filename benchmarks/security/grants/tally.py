"""What the sequences found, and the forms that editors have open."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field


@dataclass(slots=True)
class Tally:
    """What all sequences together found."""

    sequences: int = 0
    steps: int = 0
    replayed: int = 0
    saved: int = 0
    refused_saves: int = 0
    done: Counter[str] = field(default_factory=Counter)
    lost_updates: list[str] = field(default_factory=list)
    access_after_revocation: list[str] = field(default_factory=list)
    wrongly_shut_out: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Writing:
    """A form that an editor has open: the stamp in it, and which content it was made of."""

    user: str
    record: tuple[str, str]
    stamp: str
    version: int
