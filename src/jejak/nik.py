"""NIK and family-card numbers: read, never silently changed, judged with levels."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Container, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from jejak.birth import BirthDate

LENGTH = 16
FEMALE_OFFSET = 40
CENTURIES = (1900, 2000)
# What people and spreadsheets put between digits; dropping it loses nothing.
SEPARATORS = {
    "spaces": re.compile(r"[\s\u200b-\u200d\u2060\ufeff]"),
    "quotes": re.compile("['\"`´\u2018\u2019\u201c\u201d]"),
    "dots": re.compile(r"[.\u00b7]"),
    "hyphens": re.compile("[-\u2010\u2011\u2012\u2013]"),
}
AROUND = {"spaces": re.compile(r"^\s|\s$"), "quotes": re.compile(r"^\s*['\"]|['\"]\s*$")}
SCIENTIFIC = re.compile(r"^\d(?:[.,]\d+)?e\+?\d+$", re.IGNORECASE)
DECIMAL_ZERO = re.compile(r"[.,]0+$")
THOUSANDS = re.compile(r"^\d{1,3}(?:[.,]\d{3}){5}$")

# Kemendagri province codes in force at any time since the 16-digit number exists
# (Kepmendagri 300.2.2-2138/2025; 54 is the former province of East Timor, still on old papers).
PROVINCES = frozenset(
    str(code)
    for span in ((11, 19), (21, 21), (31, 36), (51, 54), (61, 65), (71, 76), (81, 82), (91, 96))
    for code in range(span[0], span[1] + 1)
)
# Regencies that moved to a new province while their people kept their NIK: North Kalimantan
# (UU 20/2012) out of 64, and the Papua provinces (UU 14, 15, 16 and 29 of 2022) out of 91 and 92.
FORMER_REGENCIES = frozenset(
    [f"64{code:02}" for code in (4, 5, 6, 10, 73)]
    + [f"91{code:02}" for code in (*range(1, 29), 71)]
    + [f"92{code:02}" for code in (*range(1, 13), 71)]
)


class Level(StrEnum):
    """How serious a finding is; only an error cannot be passed over."""

    ERROR = "error"
    OVERRIDABLE = "overridable_error"
    WARNING = "warning"
    INFORMATION = "information"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to say about a number: a code and its values, no sentence."""

    level: Level
    code: str
    params: Mapping[str, str | int] = field(default_factory=dict)


class NikError(ValueError):
    """The text holds no sixteen digits that could be a number."""

    def __init__(self, findings: list[Finding]) -> None:
        super().__init__(", ".join(finding.code for finding in findings))
        self.findings = findings


@dataclass(frozen=True, slots=True)
class Nik:
    """Sixteen ASCII digits and what they state; they may still state an impossible date."""

    digits: str

    @property
    def province(self) -> str:
        """Return the two digits of the province of first registration."""
        return self.digits[:2]

    @property
    def regency(self) -> str:
        """Return the four digits of the regency of first registration."""
        return self.digits[:4]

    @property
    def district(self) -> str:
        """Return the six digits of the district of first registration."""
        return self.digits[:6]

    @property
    def serial(self) -> str:
        """Return the last four digits."""
        return self.digits[12:]

    @property
    def sex(self) -> str:
        """Return "P" when forty was added to the day, "L" when not, "" when the day is neither."""
        day = int(self.digits[6:8])
        if 1 <= day <= 31:
            return "L"
        return "P" if 1 <= day - FEMALE_OFFSET <= 31 else ""

    @property
    def masked(self) -> str:
        """Return the number as it may be shown: region and serial only."""
        return f"{self.digits[:6]}******{self.digits[12:]}"

    def births(self) -> tuple[dt.date, ...]:
        """Return the date in each century in which it exists, oldest first."""
        day = int(self.digits[6:8]) % FEMALE_OFFSET if self.sex else 0
        return _dates(day, int(self.digits[8:10]), int(self.digits[10:12]))

    def birth(self, *, today: dt.date, stated: BirthDate | None = None) -> dt.date | None:
        """Return the date in the century nearest to what is stated, else the latest one past."""
        past = [date for date in self.births() if date <= today]
        if not past:
            return None
        return (
            max(past)
            if stated is None
            else min(past, key=lambda date: (_days_outside(date, stated), -date.year))
        )


def parse_nik(text: str) -> Nik:
    """Return the number in the text.

    Raises:
        NikError: there are not sixteen digits in it once separators are dropped.
    """
    digits, findings = _clean(text)
    serious = [finding for finding in findings if finding.level is Level.ERROR]
    if serious:
        raise NikError(serious)
    return Nik(digits)


def check_nik(
    text: str,
    *,
    today: dt.date,
    sex: str | None = None,
    birth: BirthDate | None = None,
    known_regions: Container[str] | None = None,
    home_regency: str = "3521",
    from_number: bool = False,
) -> list[Finding]:
    """Return all there is to say about a NIK, the most serious first.

    Args:
        text: what was typed or read.
        today: the day of the check; births after it are in the other century.
        sex: what else is stated about the person, "L" or "P".
        birth: what else is stated about the birth.
        known_regions: region codes of any period, with or without dots; None: provinces only.
        home_regency: the office's own regency; people from elsewhere are normal, only noted.
        from_number: the spreadsheet cell held a number, which keeps fifteen digits only.

    Source: R-JEJAK-1 to R-JEJAK-6, docs/rules.md.
    """
    digits, findings = _clean(text, from_number=from_number)
    if not any(finding.level is Level.ERROR for finding in findings):
        nik = Nik(digits)
        findings += _check_digits(digits)
        findings += _check_birth_part(nik, today, sex, birth)
        findings += _check_region(nik.digits, known_regions, home_regency)
    return _sorted(findings)


def check_kk(
    text: str,
    *,
    today: dt.date,
    known_regions: Container[str] | None = None,
    home_regency: str = "3521",
    nik: str | None = None,
    from_number: bool = False,
) -> list[Finding]:
    """Return all there is to say about a family-card number, the most serious first.

    Source: R-JEJAK-7, docs/rules.md.
    """
    digits, findings = _clean(text, from_number=from_number)
    if not any(finding.level is Level.ERROR for finding in findings):
        findings += _check_digits(digits)
        findings += _check_issue_date(digits, today)
        if nik is not None and _clean(nik)[0] == digits:
            findings.append(Finding(Level.WARNING, "kk_same_as_nik"))
        findings += _check_region(digits, known_regions, home_regency)
    return _sorted(findings)


def _clean(text: str, *, from_number: bool = False) -> tuple[str, list[Finding]]:
    """Return the digits without separators, and what was dropped or is wrong about them."""
    if len(text) == LENGTH and text.isascii() and text.isdigit():
        return text, _check_shape(text, number=from_number)
    cleaned = {name for name, pattern in AROUND.items() if pattern.search(text)}
    text = text.strip().strip("'\"").strip()
    if not text:
        return "", [Finding(Level.ERROR, "empty")]
    if SCIENTIFIC.match(text):
        return "", [Finding(Level.ERROR, "scientific_notation")]
    number = from_number
    if THOUSANDS.match(text):
        text, number = re.sub("[.,]", "", text), True
        cleaned.add("thousands")
    elif DECIMAL_ZERO.search(text[LENGTH:]):
        text, number = DECIMAL_ZERO.sub("", text), True
        cleaned.add("decimal_zero")
    for name, pattern in SEPARATORS.items():
        shorter = pattern.sub("", text)
        if shorter != text:
            text = shorter
            cleaned.add(name)
    digits = "".join(str(unicodedata.decimal(letter, letter)) for letter in text)
    if digits != text:
        cleaned.add("digit_forms")
    removed = {"removed": ",".join(sorted(cleaned))}
    findings = [Finding(Level.INFORMATION, "cleaned", removed)] if cleaned else []
    return digits, findings + _check_shape(digits, number=number)


def _check_shape(digits: str, *, number: bool) -> list[Finding]:
    """Return what is wrong with the number of digits, or with the way they travelled."""
    if not (digits.isascii() and digits.isdigit()):
        return [Finding(Level.ERROR, "not_digits")]
    if len(digits) != LENGTH:
        return [Finding(Level.ERROR, "wrong_length", {"length": len(digits)})]
    if number and digits.endswith("0"):
        return [Finding(Level.OVERRIDABLE, "probably_damaged_by_spreadsheet")]
    return []


def _check_digits(digits: str) -> list[Finding]:
    """Return the errors that no note can pass over."""
    findings = []
    if len(set(digits)) == 1:
        findings.append(Finding(Level.ERROR, "all_same_digit"))
    if digits[12:] == "0000":
        findings.append(Finding(Level.ERROR, "serial_zero"))
    return findings


def _check_birth_part(
    nik: Nik, today: dt.date, sex: str | None, birth: BirthDate | None
) -> list[Finding]:
    """Return what the date in the number says against the calendar and against what is stated."""
    day, month = int(nik.digits[6:8]), int(nik.digits[8:10])
    if not nik.sex:
        return [Finding(Level.OVERRIDABLE, "impossible_day", {"day": day})]
    born = nik.birth(today=today, stated=birth)
    if born is None:
        return [
            Finding(
                Level.OVERRIDABLE, "impossible_date", {"day": day % FEMALE_OFFSET, "month": month}
            )
        ]
    findings = []
    if sex and sex != nik.sex:
        findings.append(Finding(Level.WARNING, "sex_differs", {"nik": nik.sex, "stated": sex}))
    if birth is not None and not birth.could_be(born):
        stated = {"stated_from": birth.earliest.isoformat(), "stated_to": birth.latest.isoformat()}
        findings.append(
            Finding(Level.WARNING, "birth_differs", {"nik": born.isoformat(), **stated})
        )
    return findings


def _check_issue_date(digits: str, today: dt.date) -> list[Finding]:
    """Return what is odd about the day on which the card says it was issued (no forty is added)."""
    day = int(digits[6:8])
    issued = _dates(day, int(digits[8:10]), int(digits[10:12]))
    if not issued:
        code = "kk_looks_like_nik" if 1 <= day - FEMALE_OFFSET <= 31 else "impossible_date"
        return [Finding(Level.OVERRIDABLE, code, {"day": day, "month": int(digits[8:10])})]
    return []


def _check_region(digits: str, known: Container[str] | None, home_regency: str) -> list[Finding]:
    """Return warnings about region codes of no period, and a note about people from elsewhere."""
    province, regency, district = digits[:2], digits[:4], digits[:6]
    findings = []
    if province not in PROVINCES:
        findings.append(Finding(Level.WARNING, "unknown_province", {"code": province}))
    elif known is not None and not _is_known(regency, known) and regency not in FORMER_REGENCIES:
        findings.append(Finding(Level.WARNING, "unknown_regency", {"code": regency}))
    elif known is not None and not _is_known(district, known):
        findings.append(Finding(Level.WARNING, "unknown_district", {"code": district}))
    if regency != home_regency.replace(".", ""):
        findings.append(Finding(Level.INFORMATION, "other_regency", {"code": regency}))
    return findings


def _is_known(code: str, known: Container[str]) -> bool:
    """Return whether the code is listed, written with or without dots."""
    return code in known or ".".join(code[i : i + 2] for i in range(0, len(code), 2)) in known


def _dates(day: int, month: int, year: int) -> tuple[dt.date, ...]:
    """Return the date in each century in which the calendar has it."""
    found = []
    for century in CENTURIES:
        try:
            found.append(dt.date(century + year, month, day))
        except ValueError:
            continue
    return tuple(found)


def _days_outside(date: dt.date, stated: BirthDate) -> int:
    """Return how far the date lies outside of the stated range."""
    return max((stated.earliest - date).days, (date - stated.latest).days, 0)


def _sorted(findings: list[Finding]) -> list[Finding]:
    """Return the findings with the most serious first, else in the order found."""
    order = list(Level)
    return sorted(findings, key=lambda finding: order.index(finding.level))
