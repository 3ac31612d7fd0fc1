"""The record of processing: what the office does with personal data, why, for how long.

Kept as data beside the code, because what is processed changes with the product; an office's own
retention schedule and data protection officer are added where it is shown.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from django.utils.translation import get_language


@dataclass(frozen=True, slots=True)
class Processing:
    """One processing activity.

    Attributes:
        basis: article of law, or consent, on which it stands.
        specific: does it touch specific data (health, children, crime)?
    """

    code: str
    name: str
    purpose: str
    basis: str
    subjects: str
    data: str
    specific: bool
    recipients: str
    retention: str
    security: str


def list_processing() -> list[Processing]:
    """Every processing activity, in the reader's language."""
    language = "en" if get_language() == "en" else "id"
    return [
        Processing(
            code=raw["code"],
            specific=raw["specific"],
            **{
                name: raw[name][language]
                for name in (
                    "name",
                    "purpose",
                    "basis",
                    "subjects",
                    "data",
                    "recipients",
                    "retention",
                    "security",
                )
            },
        )
        for raw in _shipped()
    ]


@cache
def _shipped() -> list[dict[str, Any]]:
    text = files(__package__).joinpath("processing.toml").read_text("utf-8")
    activities: list[dict[str, Any]] = tomllib.loads(text)["activity"]
    return activities
