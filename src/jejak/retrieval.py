"""The keys under which a register keeps a whole record, and those that a question asks for.

A common word alone brings too many people, so the words of a name are also kept together with the
five years of birth (`b:`) and with the district (`d:`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from jejak.birth import BirthDate
from jejak.names import keys, parse_name, query_keys
from jejak.records import Record

BAND_YEARS = 5
MOST_BANDS = 5
DISTRICT_SEGMENTS = 3


def record_keys(record: Record) -> frozenset[str]:
    """Return the keys under which a register keeps the record."""
    found = {key for name in record.names for key in keys(name)}
    return frozenset(found | context_keys(sounds_of(record), record))


def asked_keys(
    record: Record, near: Callable[[str], Iterable[str]] | None = None
) -> frozenset[str]:
    """Return the keys to ask for; `near` gives the keys of the register that are nearly a key."""
    found = {key for name in record.names for key in query_keys(name)}
    sounds = sounds_of(record)
    if near is not None:
        sounds |= {other[2:] for sound in sounds for other in near(f"t:{sound}")}
    return frozenset(found | {f"t:{sound}" for sound in sounds} | context_keys(sounds, record))


def context_keys(sounds: set[str], record: Record) -> set[str]:
    """Return each sound together with the bands of years and the districts of the record."""
    bands = _bands(record.birth)
    districts = {".".join(place.split(".")[:DISTRICT_SEGMENTS]) for place in record.places}
    districts = {code for code in districts if code.count(".") == DISTRICT_SEGMENTS - 1}
    return {f"b:{sound}|{band}" for sound in sounds for band in bands} | {
        f"d:{sound}|{code}" for sound in sounds for code in districts
    }


def sounds_of(record: Record) -> set[str]:
    """Return the sounds of all words of all names."""
    forms = (form for name in record.names for form in parse_name(name).forms)
    words = (word for form in forms for word in form.words if not word.is_initial)
    return {sound for word in words for sound in word.sounds}


def _bands(birth: BirthDate | None) -> range:
    """Return the numbers of the bands of years; none for a guess so wide that it says little."""
    if birth is None:
        return range(0)
    bands = range(birth.earliest.year // BAND_YEARS, birth.latest.year // BAND_YEARS + 1)
    return bands if len(bands) <= MOST_BANDS else range(0)
