"""Places in cells: RT and RW, region codes, and whole addresses in one cell."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from itertools import zip_longest

from pulih.exchange.sheets.parsed import Parsed, start
from pulih.exchange.sheets.problems import problem
from pulih.exchange.sheets.values import CellValue

RT_RW_TEXT = re.compile(
    r"\b(?P<word>rt\s*[/\-.]\s*rw)\s*[.:]?\s*(?P<rt3>\d{1,3})\s*[/\-.\s]\s*(?P<rw3>\d{1,3})\b"
    r"|\brt\.?\s*[:.]?\s*(?P<rt1>\d{1,3})\s*(?:[/\-.,]|\b|(?=rw))\s*(?:rw\.?\s*[:.]?\s*(?P<rw1>\d{1,3})"
    r"|(?<=[/\-.,])\s*(?P<rw2>\d{1,3}))\b"
    r"|\brt\.?\s*[:.]?\s*(?P<rt4>\d{1,3})\b"
    r"|\brw\.?\s*[:.]?\s*(?P<rw4>\d{1,3})\b",
    re.I,
)
RT_RW_BARE = re.compile(r"^(\d{1,3})\s*[/\-.,|\s]\s*(\d{1,3})$")
ONE_NUMBER = re.compile(r"^(?:rt|rw)?\s*[.:/]?\s*0*(\d{1,3})(?:[.,]0)?$", re.I)
BARE_PAIR = re.compile(r"(?<![\d/-])(\d{1,3})\s*/\s*(\d{1,3})(?![\d/-])")


@dataclass(frozen=True, slots=True)
class RtRw:
    """The neighbourhood numbers, each in three digits as on a card."""

    rt: str | None
    rw: str | None


def read_rt_or_rw(value: CellValue) -> Parsed[str]:
    """Read one of the two numbers."""
    text, done = start(value)
    if done:
        return done
    if isinstance(value, dt.date):
        return Parsed(None, text, (problem("rt_rw.became_date", text=text),))
    match = ONE_NUMBER.match(text)
    if match:
        return Parsed(three(match[1]), text)
    return Parsed(None, text, (problem("rt_rw.unreadable", text=text),))


def read_rt_rw(value: CellValue) -> Parsed[RtRw]:
    """Read "02/01", "RT 02 RW 01" and their kin; the first number is the RT."""
    text, done = start(value)
    if done:
        return done
    if isinstance(value, dt.date):
        return Parsed(None, text, (problem("rt_rw.became_date", text=text),))
    found, _ = take_rt_rw(text)
    if found is None and (match := RT_RW_BARE.match(text)):
        found = RtRw(three(match[1]), three(match[2]))
    if found is None and (match := ONE_NUMBER.match(text)):
        found = RtRw(three(match[1]), None)
    if found:
        return Parsed(found, text)
    return Parsed(None, text, (problem("rt_rw.unreadable", text=text),))


def three(digits: str | None) -> str | None:
    """Return the number in three digits, None for none or nought."""
    plain = (digits or "").lstrip("0")
    return plain.zfill(3) if plain else None


def take_rt_rw(text: str) -> tuple[RtRw | None, str]:
    """Return the two numbers named in a text, and the text without them."""
    rt = rw = None
    matches = list(RT_RW_TEXT.finditer(text))
    for match in matches:
        rt = rt or match["rt1"] or match["rt3"] or match["rt4"]
        rw = rw or match["rw1"] or match["rw2"] or match["rw3"] or match["rw4"]
    rest = RT_RW_TEXT.sub(" , ", text) if matches else text
    if not matches and (pair := BARE_PAIR.search(text)):
        rt, rw = pair[1], pair[2]
        rest = BARE_PAIR.sub(" , ", text, count=1)
    if not (rt or rw):
        return None, text
    return RtRw(three(rt), three(rw)), rest


CODE = re.compile(r"^\d{2}(?:\.?\d{2}(?:\.?\d{2}(?:\.?\d{4})?)?)?$")


def read_region_code(value: CellValue) -> Parsed[str]:
    """Read a region code of the interior ministry, with or without dots: "35.21.09.2001"."""
    text, done = start(value)
    if done:
        return done
    compact = re.sub(r"[\s.\-]", "", text)
    if not CODE.match(compact):
        return Parsed(None, text, (problem("region_code.unreadable", text=text),))
    cut = (compact[:2], compact[2:4], compact[4:6], compact[6:])
    return Parsed(".".join(part for part in cut if part), text)


@dataclass(frozen=True, slots=True)
class AddressParts:
    """What a whole address names, as written; the village is looked up elsewhere."""

    street: str | None = None
    dusun: str | None = None
    rt: str | None = None
    rw: str | None = None
    village: str | None = None
    district: str | None = None
    regency: str | None = None


# The word before a name, and the part that the name belongs to. Order matters: "Kel." before
# "Ke", "Kab." before a bare letter.
WORDS = (
    ("dusun", r"dusun|dsn|dukuh|dkh|dk|lingkungan|lingk|lk|ling"),
    ("village", r"desa|ds|kelurahan|kel"),
    ("district", r"kecamatan|kec"),
    ("regency", r"kabupaten|kab|kota"),
    ("street", r"jalan|jln|jl|gang|gg|perumahan|perum"),
)
WORD = re.compile(
    r"(?<![A-Za-z])(?:"
    + "|".join(f"(?P<{part}>{pattern})" for part, pattern in WORDS)
    + r")(?:\s*[.:]\s*|\s+)(?=\S)",
    re.I,
)
PART_END = re.compile(r"[,;\n]|\s-\s")


def read_address(value: CellValue) -> Parsed[AddressParts]:
    """Read "Dsn Krajan RT 02/01 Ds. Walikukun Kec. Widodaren" into its parts."""
    text, done = start(value)
    if done:
        return done
    numbers, rest = take_rt_rw(text)
    parts = _named_parts(rest)
    address = AddressParts(
        street=parts.get("street"),
        dusun=parts.get("dusun"),
        rt=numbers.rt if numbers else None,
        rw=numbers.rw if numbers else None,
        village=parts.get("village"),
        district=parts.get("district"),
        regency=parts.get("regency"),
    )
    if address.village or address.district:
        return Parsed(address, text)
    return Parsed(address, text, (problem("address.unparsed"),))


def _named_parts(text: str) -> dict[str, str]:
    """Cut the text at its place words; what no word introduces is the street."""
    parts: dict[str, str] = {}
    matches = list(WORD.finditer(text))
    loose = [text[: matches[0].start()] if matches else text]
    for match, following in zip_longest(matches, matches[1:]):
        end = following.start() if following else len(text)
        name, more = _cut(text[match.end() : end])
        part = match.lastgroup or "street"
        if part == "street":
            loose.append(f"{match[0].strip()} {name}")
        elif name and part not in parts:
            parts[part] = name
        loose.append(more)
    street = ", ".join(piece for raw in loose if (piece := raw.strip(" ,;.-/")))
    if street:
        parts["street"] = re.sub(r"[\s,]*,[\s,]*", ", ", street)
    return parts


def _cut(text: str) -> tuple[str, str]:
    body = text.lstrip(" ,")
    end = PART_END.search(body)
    name = body[: end.start()] if end else body
    more = body[end.end() :] if end else ""
    return name.strip(" ,;.-/"), more
