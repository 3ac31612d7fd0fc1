"""Region codes that people's entries use: which are known, and the name of a district."""

from __future__ import annotations

from collections.abc import Iterable

from pulih.people.models import Region

PROVINCES_OF_TODAY = 38
DISTRICT_CODE_LENGTH = len("35.21.09")


def known_codes() -> frozenset[str] | None:
    """Codes down to the district, for checking numbers; None while only a part is loaded.

    With a part of the country only, every number from elsewhere would look wrong.
    """
    codes = frozenset(
        Region.objects.filter(level__lte=Region.Level.DISTRICT).values_list("code", flat=True)
    )
    provinces = sum(1 for code in codes if "." not in code)
    return codes if provinces >= PROVINCES_OF_TODAY else None


def existing(codes: Iterable[str]) -> frozenset[str]:
    """Those of the codes that are in the table of regions."""
    asked = {code for code in codes if code}
    if not asked:
        return frozenset()
    return frozenset(Region.objects.filter(code__in=asked).values_list("code", flat=True))


def district_word(code: str) -> str:
    """The name of the district of a code as letters for a temporary code, or empty."""
    district = Region.objects.filter(code=code[:DISTRICT_CODE_LENGTH]).first() if code else None
    if district is None or district.level < Region.Level.DISTRICT:
        return ""
    return "".join(letter for letter in district.name.upper() if letter.isalpha())[:12]


def names(codes: Iterable[str | None]) -> dict[str, str]:
    """The names of places, a village with its district; codes without a region are left out."""
    asked = {code for code in codes if code}
    if not asked:
        return {}
    rows = Region.objects.filter(code__in=asked).select_related("parent")
    return {row.code: full_name(row) for row in rows}


def full_name(region: Region) -> str:
    """A village with its district, a district with its regency."""
    above = region.parent
    return f"{region.name}, {above.name}" if above else region.name
