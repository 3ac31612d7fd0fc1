"""The shipped services, read from their files: by section, in both languages."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from django.utils.translation import get_language

SECTIONS = ("security", "empowerment", "protection", "rehabilitation")
MOST_FIELDS = 8


@dataclass(frozen=True, slots=True)
class ShippedOffer:
    """One service as it is shipped: what becomes the office's own row, in Indonesian."""

    section: str
    unit: str
    code: str
    position: int
    values: Mapping[str, Any]


def _requirement(key: str, words: Mapping[str, Mapping[str, str]]) -> dict[str, Any]:
    name = key.rstrip("?")
    return {"key": name, "label": words[name]["id"], "needed": not key.endswith("?")}


def _field(raw: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "key": raw["key"],
        "label": raw["id"],
        "kind": raw["kind"],
        "needed": bool(raw.get("needed")),
        "choices": [choice["id"] for choice in raw.get("choices", ())],
    }


def _offer(
    section: str, position: int, raw: Mapping[str, Any], words: Mapping[str, Mapping[str, str]]
) -> ShippedOffer:
    values = {
        "name": raw["name"]["id"],
        "kind": raw.get("kind", "counter"),
        "who_may_ask": raw["who"]["id"],
        "requirements": [_requirement(key, words) for key in raw["papers"]],
        "fields": [_field(field) for field in raw.get("fields", ())],
        "steps": [step["id"] for step in raw.get("steps", ())],
        "promised_days": raw["days"],
        "result": raw["result"]["id"],
        "letters": list(raw["letters"]),
        "statement": raw.get("statement", ""),
        "purpose": raw.get("purpose", ""),
        "addressed_to": raw.get("to", ""),
        "ppks_kind": raw.get("ppks_kind"),
    }
    return ShippedOffer(section, raw.get("unit", ""), raw["code"], position, values)


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((files(__package__) / f"{name}.toml").read_text("utf-8"))


def _all() -> tuple[ShippedOffer, ...]:
    words = _read("papers")
    return tuple(
        _offer(section, position, raw, words)
        for section in SECTIONS
        for position, raw in enumerate(_read(section)["offer"], start=1)
    )


SHIPPED: tuple[ShippedOffer, ...] = _all()


def _pairs(part: Any) -> Iterator[tuple[str, str]]:
    if isinstance(part, dict):
        if isinstance(part.get("id"), str) and isinstance(part.get("en"), str):
            yield part["id"], part["en"]
        for inner in part.values():
            yield from _pairs(inner)
    elif isinstance(part, list):
        for inner in part:
            yield from _pairs(inner)


@cache
def _english() -> dict[str, str]:
    return dict(pair for name in ("papers", *SECTIONS) for pair in _pairs(_read(name)))


def in_english(text: str) -> str:
    """A shipped text in the reader's language; what the office wrote itself stays as it is."""
    return _english().get(text, text) if get_language() == "en" else text
