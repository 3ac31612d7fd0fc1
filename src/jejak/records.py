"""What is compared, and what a comparison says: plain frozen values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as default

from jejak.birth import BirthDate

# Bits between these two say too little to be shown as "agrees" or "differs".
NOTABLE_BITS = 0.3


@dataclass(frozen=True, slots=True)
class Record:
    """One person as a register or an interview knows them; whatever is unknown stays empty.

    Attributes:
        id: the caller's own key; results come back with it.
        names: every name the person is known by, the legal one first.
        sex: "L" (male), "P" (female) or "".
        birth: the birth date with its precision.
        places: Kemendagri codes with dots, as deep as known ("35.21.09.2001", "35.21.09").
        relatives: pairs of relation ("father", "mother", "spouse", ...) and that person's name.
        identifiers: opaque tokens, compared for equality only; "nik:..." and "kk:..." say the kind.
    """

    id: str
    names: tuple[str, ...] = ()
    sex: str = ""
    birth: BirthDate | None = None
    places: tuple[str, ...] = ()
    relatives: tuple[tuple[str, str], ...] = ()
    identifiers: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        if self.sex not in {"", "L", "P"}:
            raise ValueError(f"sex must be 'L', 'P' or '', not {self.sex!r}")


@dataclass(frozen=True, slots=True)
class Evidence:
    """One reason for or against: positive bits speak for the same person, negative against."""

    field: str
    bits: float
    level: str
    params: Mapping[str, str | int] = default(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Match:
    """A record that may be the person, with an absolute probability and its reasons."""

    record: Record
    score: float
    bits: float
    evidence: tuple[Evidence, ...]

    @property
    def agrees(self) -> tuple[Evidence, ...]:
        """Return what speaks for the same person."""
        return tuple(item for item in self.evidence if item.bits >= NOTABLE_BITS)

    @property
    def differs(self) -> tuple[Evidence, ...]:
        """Return what speaks against it."""
        return tuple(item for item in self.evidence if item.bits <= -NOTABLE_BITS)
