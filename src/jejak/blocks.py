"""Blocks for comparing whole lists: two records that share none are not compared at all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

from jejak.birth import BirthDate
from jejak.evidence import FAMILY_CARD
from jejak.names import Form, parse_name
from jejak.records import Record

MOST_YEARS = 12
SLIP_YEARS = 2
CACHED = 1 << 16
DISTRICT_SEGMENTS = 3
VILLAGE_SEGMENTS = 4


def block_keys(record: Record) -> list[int]:
    """Return the hashes of the blocks: equal numbers, names with year or place, dates."""
    forms = [form for name in record.names for form in parse_name(name).forms]
    words = sorted({word for form in forms for word in _words(form)})
    districts = sorted({_cut(place, DISTRICT_SEGMENTS) for place in record.places} - {""})
    villages = sorted({_cut(place, VILLAGE_SEGMENTS) for place in record.places} - {""})
    years = _years(record.birth)
    found: list[object] = list(_numbers(record.identifiers, words))
    for full in {full_key(form) for form in forms}:
        if " " in full:
            found += [(full, year) for year in years]
            found += [(full, district) for district in districts]
        else:
            # One word is shared by many: it needs both the year and the district.
            found += [(full, year, district) for year in years for district in districts]
    found += [(word, village, year) for word in words for village in villages for year in years]
    if record.birth is not None and record.birth.is_exact and not record.birth.is_default_day:
        date = record.birth.earliest
        # Day and month swapped, or a year mistyped, still share a block.
        turned = tuple(sorted((date.day, date.month)))
        found += _twice((date.year, turned, word) for word in words)
        found += _twice((date.year, turned, district) for district in districts)
        letters = sorted({word[0] for word in words})
        for place in villages:
            # A year that is wrong by one or two, or by a decade.
            found += _twice((turned, place, date.year + slip) for slip in range(SLIP_YEARS + 1))
            found += _twice((turned, place, date.year % 10, letter) for letter in letters)
    return [hash(key) for key in found]


def name_block(record: Record) -> int:
    """Return the hash of the whole name alone, or one of the record's own when it has no name."""
    form = parse_name(record.names[0]).main if record.names else None
    return hash(full_key(form) if form and form.words else ("no name", record.id))


def full_key(form: Form) -> str:
    """Return the words in a form that old and new spelling share, in alphabetical order."""
    return " ".join(sorted(_words(form)))


def _words(form: Form) -> Iterator[str]:
    """Yield each word with j and y as one letter, since an old j may be either."""
    return (_plain(word.sounds) for word in form.words)


@lru_cache(maxsize=CACHED)
def _plain(sounds: frozenset[str]) -> str:
    """Return the first of the sounds with y written j."""
    return min(sound.replace("y", "j") for sound in sounds)


def _numbers(identifiers: frozenset[str], words: list[str]) -> Iterator[object]:
    """Yield the blocks of equal numbers; a family card needs a name word as well."""
    for token in identifiers:
        if token.startswith(f"{FAMILY_CARD}:"):
            yield from ((token, word) for word in words)
        else:
            yield from _twice([(token,)])


def _twice(strong: Iterable[tuple[object, ...]]) -> Iterator[object]:
    """Yield two keys for each block that is enough by itself; of the weak ones two must agree."""
    for key in strong:
        yield key
        yield (*key, "alone")


def _years(birth: BirthDate | None) -> range:
    """Return the possible years and the next, so that years one apart meet."""
    if birth is None or birth.latest.year - birth.earliest.year > MOST_YEARS:
        return range(0)
    return range(birth.earliest.year, birth.latest.year + 2)


def _cut(place: str, segments: int) -> str:
    """Return the code down to a level, or "" when it is not as deep."""
    parts = place.split(".")
    return ".".join(parts[:segments]) if len(parts) >= segments else ""
