"""What a template is made of, and the templates that are shipped."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

from django.utils.translation import get_language


class Kind(StrEnum):
    """What a field holds."""

    TEXT = "text"  # one line
    LONG = "long"  # paragraphs
    DAY = "day"
    LIST = "list"  # short lines, such as copies
    ROWS = "rows"  # a table: a list of plain dictionaries
    PERSON = "person"  # a plain dictionary with the keys of PERSON
    LINK = "link"  # an address, printed with its QR code


class Layout(StrEnum):
    """How the head and the foot of the sheet are set."""

    LETTER = "letter"  # number, subject, addressee
    CERTIFICATE = "certificate"  # title and number in the middle
    MINUTES = "minutes"  # as a certificate, signed by two parties


class Signed(StrEnum):
    """Who signs at the foot."""

    OFFICE = "office"  # a signatory of the office
    OFFICER = "officer"  # whoever issues it
    PARTIES = "parties"  # the two parties that the fields name, and witnesses


PERSON: Mapping[str, tuple[str, str]] = {
    "name": ("Nama", "Name"),
    "alias": ("Nama panggilan", "Called"),
    "nik": ("NIK", "NIK"),
    "card_number": ("Nomor kartu", "Card number"),
    "birth": ("Tempat, tanggal lahir", "Place and date of birth"),
    "sex": ("Jenis kelamin", "Sex"),
    "occupation": ("Pekerjaan", "Occupation"),
    "position": ("Jabatan", "Position"),
    "relation": ("Hubungan", "Relation"),
    "address": ("Alamat", "Address"),
    "phone": ("Telepon", "Phone"),
    "features": ("Ciri-ciri", "Features"),
}
"""The keys of a person block, each with its words; all values are plain text."""


def words(pair: tuple[str, str]) -> str:
    """The Indonesian or the English of a pair, as the reader's language is."""
    return pair[1] if get_language() == "en" else pair[0]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table field."""

    name: str
    label_id: str
    label_en: str
    kind: Kind
    required: bool
    width: int

    @property
    def label(self) -> str:
        """In the reader's language."""
        return words((self.label_id, self.label_en))


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a template.

    Attributes:
        keys: of a person block, which facts are asked.
        default: what stands there until somebody writes something else.
    """

    name: str
    label_id: str
    label_en: str
    kind: Kind
    required: bool
    default: Any
    columns: tuple[Column, ...]
    keys: tuple[str, ...]

    @property
    def label(self) -> str:
        """In the reader's language."""
        return words((self.label_id, self.label_en))


@dataclass(frozen=True, slots=True)
class Block:
    """One part of the letter's body, the same in PDF and DOCX.

    Attributes:
        kind: paragraph, heading, facts, person, table, list, link, note.
        text: with `{field}` where a value goes in; values are never read as text again.
        field: of person, table, list and link: which field.
        rows: of facts: pairs of label and text.
        when: only where this field is filled.
        spare: of a table: empty rows for a hand.
    """

    kind: str
    text: str
    field: str
    rows: tuple[tuple[str, str], ...]
    when: str
    spare: int


@dataclass(frozen=True, slots=True)
class Template:
    """One version of a template.

    Attributes:
        nature: of a letter: ordinary or limited; a closely held one is always confidential.
    """

    code: str
    version: int
    name_id: str
    name_en: str
    about_id: str
    about_en: str
    layout: Layout
    signed: Signed
    series: str
    classification: str
    subject: str
    title: str
    nature: str
    fields: tuple[Field, ...]
    blocks: tuple[Block, ...]

    @property
    def name(self) -> str:
        """In the reader's language."""
        return words((self.name_id, self.name_en))

    @property
    def about(self) -> str:
        """What it is for, in the reader's language."""
        return words((self.about_id, self.about_en))

    def field(self, name: str) -> Field | None:
        """The field of this name."""
        return next((field for field in self.fields if field.name == name), None)


class UnknownTemplateError(LookupError):
    """No template of the product has this code, or this version of it."""


def _column(raw: dict[str, Any]) -> Column:
    return Column(
        name=raw["name"],
        label_id=raw["id"],
        label_en=raw["en"],
        kind=Kind(raw.get("kind", "text")),
        required=raw.get("required", False),
        width=raw.get("width", 2),
    )


def _field(raw: dict[str, Any]) -> Field:
    return Field(
        name=raw["name"],
        label_id=raw["id"],
        label_en=raw["en"],
        kind=Kind(raw.get("kind", "text")),
        required=raw.get("required", False),
        default=raw.get("default"),
        columns=tuple(map(_column, raw.get("columns", ()))),
        keys=tuple(raw.get("keys", ())),
    )


def _block(raw: dict[str, Any]) -> Block:
    return Block(
        kind=raw["kind"],
        text=raw.get("text", ""),
        field=raw.get("field", ""),
        rows=tuple((label, text) for label, text in raw.get("rows", ())),
        when=raw.get("when", ""),
        spare=raw.get("spare", 0),
    )


def _read(text: str) -> Template:
    raw = tomllib.loads(text)
    return Template(
        code=raw["code"],
        version=raw["version"],
        name_id=raw["name"]["id"],
        name_en=raw["name"]["en"],
        about_id=raw["about"]["id"],
        about_en=raw["about"]["en"],
        layout=Layout(raw["layout"]),
        signed=Signed(raw["signed"]),
        series=raw["series"],
        classification=raw.get("classification", ""),
        subject=raw.get("subject", ""),
        title=raw.get("title", ""),
        nature=raw.get("nature", "Biasa"),
        fields=tuple(map(_field, raw["field"])),
        blocks=tuple(map(_block, raw["block"])),
    )


@cache
def _shipped() -> Mapping[tuple[str, int], Template]:
    sources = [file for file in files(__package__).iterdir() if file.name.endswith(".toml")]
    found = [_read(file.read_text("utf-8")) for file in sources]
    return {(template.code, template.version): template for template in found}


def find_template(code: str, version: int | None = None) -> Template:
    """A template by its code: the newest version, or the one that a letter was written with.

    Raises:
        UnknownTemplateError: the product has none such.
    """
    found = [one for (name, _), one in _shipped().items() if name == code]
    if version is not None:
        found = [one for one in found if one.version == version]
    if not found:
        raise UnknownTemplateError(f"There is no template {code!r}.")
    return max(found, key=lambda one: one.version)


def list_templates() -> list[Template]:
    """The newest version of every template, by name."""
    newest = {code: find_template(code) for code, _ in _shipped()}
    return sorted(newest.values(), key=lambda one: one.name)
