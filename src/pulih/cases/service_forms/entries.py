"""What a short form is, and the forms that are shipped."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from enum import StrEnum
from importlib.resources import files
from typing import Any

from pulih.people.codes import SERVICE_KINDS, Entry

MOST_FIELDS = 8
"""More than this nobody fills in at a client's door."""

VERSIONS = 1
SCALE = (0, 1, 2, 3, 4)


class FieldKind(StrEnum):
    """How a field is answered."""

    TEXT = "text"
    LONG = "long"
    CHOICE = "choice"
    SCALE = "scale"
    NUMBER = "number"
    DAY = "day"
    YES_NO = "yes-no"


@dataclass(frozen=True, slots=True)
class Field(Entry):
    """One question of a short form.

    Attributes:
        kind: how it is answered.
        required: is it needed when the service was given?
        planned: is it known already when the service is planned or asked for?
        each: in a group session, is it answered for every participant?
        help: a word of help below it; None without.
        options: of a choice; of a scale the words of its two ends.
    """

    kind: FieldKind
    required: bool
    planned: bool
    each: bool
    help: Entry | None
    options: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class ServiceForm:
    """The form of one kind in one version.

    Attributes:
        kind: A to K.
        output: what a service of this kind brings about, for the one who gives it.
        measure: by what one sees that it helped.
    """

    kind: str
    version: str
    output: Entry
    measure: Entry
    fields: tuple[Field, ...]

    @property
    def planned_fields(self) -> tuple[Field, ...]:
        """What is asked when the service is planned or asked for."""
        return tuple(field for field in self.fields if field.planned)

    @property
    def common_fields(self) -> tuple[Field, ...]:
        """What a group session answers once for all."""
        return tuple(field for field in self.fields if not field.each)

    @property
    def each_fields(self) -> tuple[Field, ...]:
        """What a group session answers for every participant."""
        return tuple(field for field in self.fields if field.each)


def _entry(raw: dict[str, Any], code: str = "") -> Entry:
    return Entry(str(raw.get("code", code)), raw["id"], raw["en"])


def _field(raw: dict[str, Any]) -> Field:
    return Field(
        code=raw["code"],
        name=raw["id"],
        english=raw["en"],
        kind=FieldKind(raw["kind"]),
        required=raw.get("required", False),
        planned=raw.get("planned", False),
        each=raw.get("each", False),
        help=_entry(raw["help"]) if "help" in raw else None,
        options=tuple(map(_entry, raw.get("options", ()))),
    )


def _read(kind: str, version: int) -> ServiceForm:
    name = f"{kind.lower()}-{version}.toml"
    raw = tomllib.loads((files(__package__) / name).read_text("utf-8"))
    return ServiceForm(
        kind=raw["kind"],
        version=raw["version"],
        output=_entry(raw["output"]),
        measure=_entry(raw["measure"]),
        fields=tuple(map(_field, raw["field"])),
    )


FORMS: tuple[ServiceForm, ...] = tuple(
    _read(entry.code, version) for entry in SERVICE_KINDS for version in range(1, VERSIONS + 1)
)
"""Every version that was ever in use, the newest of each kind last."""


def current(kind: str) -> ServiceForm:
    """The form to fill in now."""
    return [form for form in FORMS if form.kind == kind][-1]


def find(kind: str, version: str) -> ServiceForm | None:
    """The form that a record was written with, if it is still shipped."""
    return next((form for form in FORMS if (form.kind, form.version) == (kind, version)), None)
