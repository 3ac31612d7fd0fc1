"""What the papers take and give in words: what a letter is about, and what is still blank."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID


@dataclass(frozen=True, slots=True)
class About:
    """The record of an app above that a letter is about, without a key upwards.

    Attributes:
        kind: label of the record, such as `cases.counterservice`.
        key: its key.
        label: its number in words, never a name: “Pelayanan L-2026-00012”.
        url_name: its page; opened with `url_kwargs`, or with the key where there are none.
    """

    kind: str
    key: UUID
    label: str
    url_name: str
    url_kwargs: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Blank:
    """A field that must be filled before the letter can be issued."""

    name: str
    label: str
