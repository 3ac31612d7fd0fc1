"""Numbers of people: checked, cleaned, and indexed so that equal ones meet."""

from __future__ import annotations

import datetime as dt
from collections.abc import Container
from dataclasses import dataclass

from jejak.birth import BirthDate
from jejak.nik import LENGTH, Finding, Level, NikError, check_kk, check_nik, parse_nik
from pulih.common.crypto import blind_index
from pulih.people.models import Identifier

CHECKED = frozenset({Identifier.Kind.NIK, Identifier.Kind.KK})


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a number is checked against."""

    today: dt.date
    home_regency: str
    known_regions: Container[str] | None


@dataclass(frozen=True, slots=True)
class CheckedNumber:
    """A number in its normal form with what there is to say about it."""

    kind: str
    value: str
    findings: tuple[Finding, ...]

    @property
    def is_usable(self) -> bool:
        """Could it be the number it is said to be?"""
        return all(finding.level is not Level.ERROR for finding in self.findings)


def check(
    kind: str,
    text: str,
    around: Surroundings,
    *,
    sex: str = "",
    birth: BirthDate | None = None,
    from_number: bool = False,
) -> CheckedNumber:
    """Check a number against everything else that is stated; nothing is refused (R-PEO-4)."""
    if kind not in CHECKED:
        return CheckedNumber(kind, text.strip(), ())
    if kind == Identifier.Kind.NIK:
        findings = check_nik(
            text,
            today=around.today,
            sex=sex or None,
            birth=birth,
            known_regions=around.known_regions,
            home_regency=around.home_regency,
            from_number=from_number,
        )
    else:
        findings = check_kk(
            text,
            today=around.today,
            known_regions=around.known_regions,
            home_regency=around.home_regency,
            from_number=from_number,
        )
    return CheckedNumber(kind, normal_form(kind, text), tuple(findings))


def normal_form(kind: str, text: str) -> str:
    """The number without separators; a text that is no such number stays as it was written."""
    if kind in CHECKED:
        if len(text) == LENGTH and text.isascii() and text.isdigit():
            return text
        try:
            return parse_nik(text).digits
        except NikError:
            return text.strip()
    if kind == "phone":
        digits = "".join(letter for letter in text if letter.isdigit())
        return f"62{digits[1:]}" if digits.startswith("0") else digits
    return text.strip()


def index_of(kind: str, value: str, *, sealed: bool) -> str:
    """The digest under which equal numbers of a kind meet; sealed ones have another key."""
    return blind_index(value, purpose=f"people.{kind}.sealed" if sealed else f"people.{kind}")
