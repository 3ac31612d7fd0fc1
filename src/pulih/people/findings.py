"""What the checks of a number found, as sentences for the screen; the codes are the engine's."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from jejak.nik import Finding, Level

SENTENCES: Mapping[str, str | Promise] = {
    "empty": _("There is no number."),
    "scientific_notation": _(
        "The spreadsheet turned the number into a form such as 3.52E+15; its digits are lost."
        " Look it up on the card again."
    ),
    "cleaned": _("Spaces or signs between the digits were left out."),
    "not_digits": _("The number holds something that is not a digit."),
    "wrong_length": _("The number has %(length)s digits; it must have 16."),
    "probably_damaged_by_spreadsheet": _(
        "The spreadsheet held it as a number and the last digit is 0: probably it was lost."
        " Compare it with the card."
    ),
    "all_same_digit": _("All digits are the same: nobody has such a number."),
    "serial_zero": _("The serial number at the end is 0000: nobody has such a number."),
    "impossible_day": _("The birth day in the number (%(day)s) does not exist."),
    "impossible_date": _("The date in the number (day %(day)s, month %(month)s) does not exist."),
    "sex_differs": _("The NIK says %(nik)s, the entry says %(stated)s. Ask for the KK or KTP."),
    "birth_differs": _(
        "The NIK says born %(nik)s, the entry says otherwise. Ask for the KK or KTP."
    ),
    "kk_same_as_nik": _("The family card number is the same as the NIK."),
    "kk_looks_like_nik": _("The family card number looks like the NIK of a woman."),
    "unknown_province": _("Province code %(code)s is in no list of any period."),
    "unknown_regency": _("Regency code %(code)s is in no list of any period."),
    "unknown_district": _("District code %(code)s is not in the list of today."),
    "other_regency": _("First registered in another regency (code %(code)s)."),
}
WITHOUT_VALUES: Mapping[str, str | Promise] = {
    "wrong_length": _("The number does not have 16 digits."),
    "impossible_day": _("The birth day in the number does not exist."),
    "impossible_date": _("The date in the number does not exist."),
    "sex_differs": _("The NIK and the entry differ in sex."),
    "birth_differs": _("The NIK and the entry differ in the birth date."),
    "unknown_province": _("The province code in the number is in no list of any period."),
    "unknown_regency": _("The regency code in the number is in no list of any period."),
    "unknown_district": _("The district code in the number is not in the list of today."),
    "other_regency": _("First registered in another regency."),
}
"""The same without what the number says, for stored findings and for masked numbers."""

TONES: Mapping[str, str] = {
    Level.ERROR: "danger",
    Level.OVERRIDABLE: "danger",
    Level.WARNING: "warning",
    Level.INFORMATION: "info",
}
SEXES: Mapping[str, str | Promise] = {"L": _("male"), "P": _("female")}


@dataclass(frozen=True, slots=True)
class Remark:
    """A finding in words: how serious, and the sentence."""

    level: str
    tone: str
    text: str

    @property
    def is_serious(self) -> bool:
        """Is it more than something to know?"""
        return self.level != Level.INFORMATION


def remarks(findings: Iterable[Finding]) -> list[Remark]:
    """The findings as sentences, with what the number says. Source: R-PEO-4."""
    return [
        Remark(item.level, TONES[item.level], str(SENTENCES[item.code]) % _shown(item.params))
        for item in findings
    ]


def stored(findings: Iterable[Finding]) -> list[dict[str, str]]:
    """The findings as they are kept: level and code, nothing that the number says."""
    return [{"level": str(item.level), "code": item.code} for item in findings]


def remembered(kept: Iterable[Mapping[str, str]]) -> list[Remark]:
    """Kept findings as sentences."""
    return [
        Remark(
            item["level"],
            TONES[item["level"]],
            str(WITHOUT_VALUES.get(item["code"]) or SENTENCES[item["code"]]),
        )
        for item in kept
    ]


def _shown(params: Mapping[str, Any]) -> dict[str, str]:
    """The values of a finding as a reader knows them: dates and sexes in words."""
    shown = {}
    for name, value in params.items():
        if name in {"nik", "stated"} and value in SEXES:
            shown[name] = str(SEXES[str(value)])
        elif name == "nik":
            shown[name] = date_format(dt.date.fromisoformat(str(value)), "DATE_FORMAT")
        else:
            shown[name] = str(value)
    return shown
