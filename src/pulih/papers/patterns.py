"""Patterns of letter numbers: `{klasifikasi}/{nomor}/{kantor}/{tahun}` and what they may hold."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping

from django.utils.translation import gettext as _

from pulih.common.errors import RuleError

ROMAN = "I II III IV V VI VII VIII IX X XI XII".split()
PARTS = (
    "klasifikasi",
    "nomor",
    "kantor",
    "bidang",
    "unit",
    "bulan",
    "bulan_romawi",
    "tahun",
    "tahun_pendek",
)
"""What may stand in braces; `nomor` must."""

MAX_PADDING = 6
_PART = re.compile(r"\{([^{}]*)\}")
_AROUND = re.compile(r"[A-Za-z0-9 ./()_-]*")


def check(pattern: str, *, yearly: bool) -> None:
    """See whether numbers can be made by the pattern without two letters having the same.

    Raises:
        RuleError: it says what is wrong, in words.
    """
    names = _PART.findall(pattern)
    unknown = [name for name in names if name not in PARTS]
    if unknown:
        raise _refusal(
            _("{%(name)s} is not known. Use: %(parts)s.")
            % {"name": unknown[0], "parts": ", ".join(f"{{{part}}}" for part in PARTS)}
        )
    if not _AROUND.fullmatch(_PART.sub("", pattern)):
        raise _refusal(
            _("Around the braces only letters, digits, space and . / ( ) _ - may stand.")
        )
    if names.count("nomor") != 1:
        raise _refusal(_("{nomor} must stand in the pattern exactly once."))
    if re.search(r"[}\d]\{nomor\}|\{nomor\}[{\d]", pattern):
        raise _refusal(_("{nomor} must stand apart, such as between two slashes."))
    if yearly and not {"tahun", "tahun_pendek"} & set(names):
        raise _refusal(
            _("A series that begins again every year needs {tahun}, or two letters clash.")
        )


def number(pattern: str, values: Mapping[str, str]) -> str:
    """The number in full; a part that is unknown leaves no empty place behind."""
    text = _PART.sub(lambda found: values.get(found[1], ""), pattern)
    text = re.sub(r"([/.-])(?=[/.-])", "", text)
    return re.sub(r" {2,}", " ", text).strip(" /.-")


def parts_of(
    *,
    sequence: int,
    padding: int,
    on: dt.date,
    classification: str,
    office: str,
    section: str,
    unit: str,
) -> dict[str, str]:
    """What goes into the braces for one letter."""
    return {
        "nomor": f"{sequence:0{min(padding, MAX_PADDING)}d}",
        "klasifikasi": classification,
        "kantor": office,
        "bidang": section,
        "unit": unit or section,
        "bulan": f"{on.month:02d}",
        "bulan_romawi": ROMAN[on.month - 1],
        "tahun": str(on.year),
        "tahun_pendek": f"{on.year % 100:02d}",
    }


def _refusal(message: str) -> RuleError:
    return RuleError(message, rule="R-PAP-4")
