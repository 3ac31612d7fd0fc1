"""A caller's plain dictionary in the form that a letter keeps, and what is still blank in it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from pulih.papers.facts import Blank
from pulih.papers.letters import Field, Kind, Template
from pulih.papers.letters.entries import PERSON, Column

MAX_LENGTH = 20_000
MAX_ROWS = 500


class FieldsError(ValueError):
    """A caller named a field that the template does not have, or gave it no value of its kind."""


def normalise(template: Template, fields: Mapping[str, object]) -> dict[str, Any]:
    """The fields as they are kept: text, days as ISO text, lists and dictionaries of text.

    Raises:
        FieldsError: a field is not the template's, or its value is of another kind.
    """
    unknown = fields.keys() - {field.name for field in template.fields}
    if unknown:
        raise FieldsError(f"{template.code} has no field {', '.join(sorted(unknown))}.")
    kept = {}
    for field in template.fields:
        value = fields.get(field.name, field.default)
        kept[field.name] = _value(field, value)
    return kept


def blanks(template: Template, values: Mapping[str, Any]) -> list[Blank]:
    """The required fields that nothing was written in, in the order of the template."""
    found = []
    for field in template.fields:
        value = values.get(field.name)
        if not is_filled(value) or (field.kind == Kind.PERSON and not _text(value.get("name"))):
            if field.required:
                found.append(Blank(field.name, field.label))
        elif field.kind == Kind.ROWS:
            found += _blank_cells(field, value)
    return found


def _blank_cells(field: Field, rows: Sequence[Mapping[str, str]]) -> list[Blank]:
    return [
        Blank(field.name, f"{field.label} {number}: {column.label}")
        for number, row in enumerate(rows, 1)
        for column in field.columns
        if column.required and not row.get(column.name)
    ]


def is_filled(value: Any) -> bool:
    """Was something written in the field?"""
    if isinstance(value, Mapping):
        return any(value.values())
    return bool(value)


def _value(field: Field, value: object) -> Any:
    if field.kind == Kind.LIST:
        return [text for text in map(_text, _items(field, value)) if text]
    if field.kind == Kind.ROWS:
        rows = [_row(field, row) for row in _items(field, value)]
        return [row for row in rows if any(row.values())]
    if field.kind == Kind.PERSON:
        return _person(field, value)
    if field.kind == Kind.DAY:
        return _day(field, value)
    if isinstance(value, (Mapping, list, tuple)):
        raise FieldsError(f"{field.name} takes text, not {type(value).__name__}.")
    return _text(value)


def _items(field: Field, value: object) -> Sequence[Any]:
    if value is None or value == "":
        return ()
    if isinstance(value, (str, Mapping)) or not isinstance(value, Sequence):
        raise FieldsError(f"{field.name} takes a list, not {type(value).__name__}.")
    return value[:MAX_ROWS]


def _row(field: Field, row: Any) -> dict[str, str]:
    if not isinstance(row, Mapping):
        raise FieldsError(f"A row of {field.name} is a dictionary, not {type(row).__name__}.")
    unknown = row.keys() - {column.name for column in field.columns}
    if unknown:
        raise FieldsError(f"{field.name} has no column {', '.join(sorted(unknown))}.")
    return {column.name: _cell(column, row.get(column.name)) for column in field.columns}


def _cell(column: Column, value: object) -> str:
    return _day(column, value) if column.kind == Kind.DAY else _text(value)


def _person(field: Field, value: object) -> dict[str, str]:
    if value is None or value == "":
        return {}
    if not isinstance(value, Mapping):
        raise FieldsError(f"{field.name} takes a dictionary, not {type(value).__name__}.")
    unknown = value.keys() - PERSON.keys()
    if unknown:
        raise FieldsError(f"A person has no {', '.join(sorted(unknown))}.")
    # A caller gives what it knows of a person; the template keeps what it asks for.
    return {key: _text(value.get(key)) for key in field.keys}


def _day(field: Field | Column, value: object) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, dt.datetime):
        return value.date().isoformat()
    if isinstance(value, dt.date):
        return value.isoformat()
    try:
        return dt.date.fromisoformat(str(value)).isoformat()
    except ValueError:
        raise FieldsError(f"{field.name} takes a day, not {value!r}.") from None


def _text(value: object) -> str:
    """Text without the controls that no page can show; lines stay."""
    if value is None:
        return ""
    text = str(value).replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    text = "".join(sign for sign in text if sign == "\n" or _is_shown(sign))
    return text.strip()[:MAX_LENGTH]


def _is_shown(sign: str) -> bool:
    # Direction marks would let one text pass for another; a lone surrogate is no text at all.
    code = ord(sign)
    turns = code in {0x200E, 0x200F} or 0x202A <= code <= 0x202E or 0x2066 <= code <= 0x2069
    return code >= 0x20 and not (0x7F <= code <= 0x9F or 0xD800 <= code <= 0xDFFF or turns)
