"""What papers take and give: what a letter is about, what is blank, what an office sets."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from pulih.access.models import Section


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


@dataclass(frozen=True, slots=True)
class HeadFacts:
    """What stands at the head of every letter of an office."""

    government: str
    name: str
    address: str
    contact: str
    place: str
    code: str
    site_url: str


@dataclass(frozen=True, slots=True)
class SeriesFacts:
    """How a series is numbered."""

    pattern: str
    padding: int
    start: int
    yearly: bool


@dataclass(frozen=True, slots=True)
class SignatoryFacts:
    """Who signs, for which post, in which capacity, from when until when."""

    name: str
    post: str
    capacity: str
    valid_from: dt.date
    valid_until: dt.date | None = None
    rank: str = ""
    nip: str = ""
    own_post: str = ""
    decree: str = ""
    section: Section | None = None
