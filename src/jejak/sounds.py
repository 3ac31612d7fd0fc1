"""How a name word sounds: its modern spellings, a blurred form to find by, and its called forms."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from functools import lru_cache, partial
from importlib.resources import files

CACHED = 1 << 16
ONSET = re.compile(r"(?:ny|ng|[bcdfgjklmnprstwy])(?=[aeiou])")
SYLLABLE = re.compile(r"(?:ny|ng|[bcdfghjklmnprstwy])(?=[aeiou])")
FIRST_SYLLABLE = re.compile(r"[bcdfgjklmnprstwyh]*[aeiou](?:ng|ny|[bcdfgjklmnprstwyh])")
SHORTEST_CALLED = 3

Rules = tuple[Callable[[str], str], ...]


def _load(section: str) -> Rules:
    """Return one section of the sound table as functions."""
    table = tomllib.loads((files("jejak") / "data" / "sounds.toml").read_text(encoding="utf-8"))
    return tuple(_rule(row["find"], row["put"]) for row in table[section])


def _rule(find: str, put: str) -> Callable[[str], str]:
    """Return one rule; plain letters are replaced without the cost of a pattern."""
    if find.isalpha():
        return lambda text: text.replace(find, put)
    return partial(re.compile(find).sub, put)


OLD, LETTERS, BLUR = _load("old"), _load("letters"), _load("blur")


def _apply(rules: Rules, text: str) -> str:
    """Return the text after every rule, in order."""
    for rule in rules:
        text = rule(text)
    return text


@lru_cache(maxsize=CACHED)
def spellings(token: str) -> frozenset[str]:
    """Return the modern spellings a name word may stand for.

    A bare j is modern j or old y: both are kept, since one guess loses half of the people.
    """
    settled = _apply(OLD, token)
    readings = {settled, settled.replace("j", "y")} if "j" in settled else {settled}
    return frozenset(_apply(LETTERS, reading.lower()) for reading in readings)


@lru_cache(maxsize=CACHED)
def blurred(token: str) -> frozenset[str]:
    """Return the forms to find a name word by."""
    return frozenset(blur(spelling) for spelling in spellings(token))


@lru_cache(maxsize=CACHED)
def blur(spelling: str) -> str:
    """Return a spelling without the differences that are often lost; never empty."""
    return _apply(BLUR, spelling) or spelling


@lru_cache(maxsize=CACHED)
def tails(spelling: str) -> frozenset[str]:
    """Return the called names made of the last one or two syllables (Supardi: pardi)."""
    cuts = [match.start() for match in ONSET.finditer(spelling)][-2:]
    called = (spelling[cut:] for cut in cuts if cut > 0)
    return frozenset(tail for tail in called if len(tail) >= SHORTEST_CALLED)


@lru_cache(maxsize=CACHED)
def ends(spelling: str) -> frozenset[str]:
    """Return every end that may be a name word by itself (Nurhayati: hayati, yati)."""
    cuts = (match.start() for match in SYLLABLE.finditer(spelling) if match.start() > 0)
    found = (spelling[cut:] for cut in cuts)
    return frozenset(end for end in found if len(end) > SHORTEST_CALLED)


@lru_cache(maxsize=CACHED)
def head(spelling: str) -> str:
    """Return the called name made of the first closed syllable (Wagirah: wag), or ""."""
    found = FIRST_SYLLABLE.match(spelling)
    if found is None or found.end() >= len(spelling) or found.end() < SHORTEST_CALLED:
        return ""
    return found.group()
