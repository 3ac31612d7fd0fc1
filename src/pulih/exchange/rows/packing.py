"""A draft as JSON and back, for the time that checked rows wait to be written."""

from __future__ import annotations

import datetime as dt
from dataclasses import fields
from typing import Any

from jejak.birth import BirthDate, Precision
from pulih.people.drafts import (
    AddressDraft,
    ContactDraft,
    FactDraft,
    KinDraft,
    NameDraft,
    NumberDraft,
    PersonDraft,
    SignDraft,
    StatusDraft,
)

PARTS: dict[str, type] = {
    "names": NameDraft,
    "numbers": NumberDraft,
    "addresses": AddressDraft,
    "contacts": ContactDraft,
    "kin": KinDraft,
    "statuses": StatusDraft,
    "facts": FactDraft,
    "marks": SignDraft,
    "belongings": SignDraft,
}
DATES = frozenset({"status_on", "fact_on", "found_on"})
_FIELDS = {
    cls: tuple(field.name for field in fields(cls)) for cls in {PersonDraft, *PARTS.values()}
}


def pack(draft: PersonDraft) -> dict[str, Any]:
    """The parts of a draft that say something."""
    packed: dict[str, Any] = {}
    for name in _FIELDS[PersonDraft]:
        value = getattr(draft, name)
        if not value:
            continue
        if name in PARTS:
            packed[name] = [_flat(part, _FIELDS[type(part)]) for part in value]
        elif isinstance(value, BirthDate):
            packed[name] = _pack_birth(value)
        else:
            packed[name] = _plain(value)
    return packed


def unpack(packed: dict[str, Any]) -> PersonDraft:
    """The draft that was packed."""
    values: dict[str, Any] = {}
    for name, value in packed.items():
        if name in PARTS:
            values[name] = tuple(PARTS[name](**_revived(part)) for part in value)
        elif name == "birth":
            values[name] = _unpack_birth(value)
        else:
            values[name] = value
    return PersonDraft(**_revived(values))


def _flat(part: Any, names: tuple[str, ...]) -> dict[str, Any]:
    return {
        name: _plain(value) for name in names if (value := getattr(part, name)) not in ("", None)
    }


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, dt.date) else value


def _revived(values: dict[str, Any]) -> dict[str, Any]:
    return {
        name: dt.date.fromisoformat(value) if name in DATES and value else value
        for name, value in values.items()
    }


def _pack_birth(birth: BirthDate) -> list[str]:
    estimated = birth.estimated_on.isoformat() if birth.estimated_on else ""
    return [str(birth.precision), birth.earliest.isoformat(), birth.latest.isoformat(), estimated]


def _unpack_birth(packed: list[str]) -> BirthDate:
    precision, earliest, latest, estimated = packed
    return BirthDate(
        Precision(precision),
        dt.date.fromisoformat(earliest),
        dt.date.fromisoformat(latest),
        dt.date.fromisoformat(estimated) if estimated else None,
    )
