"""How freely typed labels are brought together: normal form and similarity."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import TypeVar

from rapidfuzz import fuzz, process

# Below this a typed label and a known one are different words; 88 lets one slip in ten letters pass
# and keeps "cacat fisik" apart from "cacat mental".
ALIKE = 88.0
# A slip in a short word makes another word.
SHORTEST_ALIKE = 5

V = TypeVar("V")


def normal(text: str) -> str:
    """Lower-case letters and digits with single spaces between; accents and signs are dropped.

    "telantar" and "terlantar", both in use, become one word.
    """
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().casefold()
    words = re.sub(r"[^a-z0-9]+", " ", plain).split()
    return " ".join("terlantar" if word == "telantar" else word for word in words)


def nearest(text: str, known: Mapping[str, V]) -> tuple[V, float] | None:
    """The value whose key is like the text in normal form, with the likeness (0–100)."""
    if text in known:
        return known[text], 100.0
    if len(text) < SHORTEST_ALIKE:
        return None
    found = process.extractOne(text, known.keys(), scorer=fuzz.ratio, score_cutoff=ALIKE)
    return (known[found[0]], float(found[1])) if found else None
