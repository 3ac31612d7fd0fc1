"""A draft as JSON and back, for the time that checked rows wait to be written."""

from __future__ import annotations

import datetime as dt
from dataclasses import fields
from operator import attrgetter
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
PERSON_FIELDS = tuple(field.name for field in fields(PersonDraft))
# A part travels as the list of its values, in the order of its fields: a long list has many.
_VALUES = {
    cls: attrgetter(*(field.name for field in fields(cls)))
    for cls in {PersonDraft, *PARTS.values()}
}
_DATES = {
    cls: [
        place for place, field in enumerate(fields(cls)) if field.name in {"status_on", "fact_on"}
    ]
    for cls in PARTS.values()
}


def pack(draft: PersonDraft) -> dict[str, Any]:
    """The parts of a draft that say something."""
    packed: dict[str, Any] = {}
    for name, value in zip(PERSON_FIELDS, _VALUES[PersonDraft](draft), strict=True):
        if not value:
            continue
        if name in PARTS:
            packed[name] = _pack_parts(PARTS[name], value)
        elif name == "birth":
            packed[name] = _pack_birth(value)
        elif name == "found_on":
            packed[name] = value.isoformat()
        else:
            packed[name] = value
    return packed


def unpack(packed: dict[str, Any]) -> PersonDraft:
    """The draft that was packed."""
    values: dict[str, Any] = {}
    for name, value in packed.items():
        if name in PARTS:
            values[name] = _unpack_parts(PARTS[name], value)
        elif name == "birth":
            values[name] = _unpack_birth(value)
        elif name == "found_on":
            values[name] = dt.date.fromisoformat(value)
        else:
            values[name] = value
    return PersonDraft(**values)


def _pack_parts(cls: type, parts: tuple[Any, ...]) -> list[list[Any]]:
    packed = [list(_VALUES[cls](part)) for part in parts]
    for place in _DATES[cls]:
        for values in packed:
            if values[place] is not None:
                values[place] = values[place].isoformat()
    return packed


def _unpack_parts(cls: type, packed: list[list[Any]]) -> tuple[Any, ...]:
    for place in _DATES[cls]:
        for values in packed:
            if values[place] is not None:
                values[place] = dt.date.fromisoformat(values[place])
    return tuple(cls(*values) for values in packed)


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
