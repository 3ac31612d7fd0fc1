"""Instruments whose words come from the office: loaded texts, and scales of its own."""

from __future__ import annotations

import csv
import io
import json
import tomllib
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from pulih.cases.instruments.entries import Domain, Instrument
from pulih.people.codes import Entry

LEVEL_MARK = "tingkat"
"""In a CSV file: the code of the rows that hold the words of the levels, lowest first."""

NOTHING = Entry("", "", "")


def filled_in(shipped: Instrument, version: str, content: Mapping[str, Any]) -> Instrument:
    """A shipped instrument with the text that the office loaded."""
    levels = _levels(content["levels"])
    texts = content["items"]
    domains = tuple(
        replace(one, name=texts[one.code], english=texts[one.code], levels=levels)
        for one in shipped.domains
    )
    return replace(shipped, version=version, domains=domains, levels=levels)


def of_the_office(
    code: str, version: str, content: Mapping[str, Any], cutoff: int | None
) -> Instrument:
    """An instrument that the office defined."""
    levels = _levels(content["levels"])
    return Instrument(
        code=code,
        name=content["name"],
        english=content["name"],
        version=version,
        about=_same(content["about"]),
        validated=False,
        domains=tuple(
            Domain(item["code"], item["text"], item["text"], NOTHING, levels)
            for item in content["items"]
        ),
        levels=levels,
        scorer=content["scorer"],
        cutoff=cutoff,
    )


def read_text(raw: str, name: str) -> dict[str, Any]:
    """Read levels and texts of the questions from TOML, JSON or CSV.

    Args:
        raw: the content of the file.
        name: its name; the ending says what it is.

    Returns:
        `levels`, the lowest first, and `items`, text by code.

    Raises:
        ValueError: the file cannot be read as what its ending says, or lacks a part.
    """
    ending = name.rpartition(".")[2].lower()
    if ending == "csv":
        return _from_csv(raw)
    found = json.loads(raw) if ending == "json" else tomllib.loads(raw)
    if not isinstance(found, dict) or not isinstance(found.get("items"), dict):
        raise ValueError("the part “items” is missing")
    if not isinstance(found.get("levels"), list):
        raise ValueError("the part “levels” is missing")
    return {
        "levels": [str(level).strip() for level in found["levels"]],
        "items": {str(code): str(text).strip() for code, text in found["items"].items()},
    }


def missing_in(shipped: Instrument, content: Mapping[str, Any]) -> list[str]:
    """What a loaded text lacks or has too much, by code; an empty list is whole."""
    wanted = {one.code for one in shipped.domains}
    texts: Mapping[str, str] = content["items"]
    wrong = sorted(wanted - {code for code, text in texts.items() if text})
    wrong += sorted(texts.keys() - wanted)
    if len([level for level in content["levels"] if level]) != len(shipped.levels):
        wrong.append("levels")
    return wrong


def _from_csv(raw: str) -> dict[str, Any]:
    dialect = ";" if raw.partition("\n")[0].count(";") else ","
    rows = [row for row in csv.reader(io.StringIO(raw), delimiter=dialect) if len(row) >= 2]
    if not rows:
        raise ValueError("the file has no rows of code and text")
    levels = [row[1].strip() for row in rows if row[0].strip().lower() == LEVEL_MARK]
    items = {row[0].strip(): row[1].strip() for row in rows}
    for heading in [code for code in items if code.lower() in {LEVEL_MARK, "kode", "code"}]:
        del items[heading]
    return {"levels": levels, "items": items}


def _levels(texts: list[str]) -> tuple[Entry, ...]:
    return tuple(Entry(str(number), text, text) for number, text in enumerate(texts))


def _same(text: str) -> Entry:
    return Entry("", text, text)
