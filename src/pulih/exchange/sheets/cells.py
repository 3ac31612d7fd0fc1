"""Readers of single cells: what a value means for one kind of column. They never raise."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from pulih.exchange.sheets.parsed import Parsed, start
from pulih.exchange.sheets.problems import Problem, problem
from pulih.exchange.sheets.values import CellValue, LongNumber

SCIENTIFIC = re.compile(r"^\d(?:[.,]\d+)?\s*e\s*\+?\s*\d{1,3}$", re.I)
EXCEL_DIGITS = 15
OLDEST = 120


@dataclass(frozen=True, slots=True)
class NumberCell:
    """A number of identity exactly as the cell holds it; what it means is judged elsewhere.

    `was_number` tells that the cell held a number, of which Excel keeps fifteen digits.
    A number that is not `trusted` has probably lost digits and must not be registered.
    """

    text: str
    was_number: bool = False
    trusted: bool = True


@dataclass(frozen=True, slots=True)
class Age:
    """An age in full years, as stated or as guessed."""

    years: int
    estimated: bool = False


def read_text(value: CellValue) -> Parsed[str]:
    """Read any words."""
    text, done = start(value)
    if done:
        return done
    if "\ufffd" in text:
        return Parsed(text, text, (problem("cell.unreadable_letters", text=text),))
    return Parsed(text, text)


def read_number(value: CellValue) -> Parsed[NumberCell]:
    """Read a NIK, family-card or staff number without ever changing a digit of it."""
    text, done = start(value)
    if done or text == "0":
        return done or Parsed(None, text)
    if isinstance(value, LongNumber | int | float) and not isinstance(value, bool):
        return _read_numeric(text)
    if SCIENTIFIC.match(text):
        return Parsed(None, text, (problem("number.scientific", text=text),))
    if not any(letter.isdigit() for letter in text):
        return Parsed(None, text, (problem("number.no_digits", text=text),))
    return Parsed(NumberCell(text), text)


def _read_numeric(text: str) -> Parsed[NumberCell]:
    damaged = len(text) > EXCEL_DIGITS and text.endswith("0")
    found = problem("number.probably_damaged" if damaged else "number.kept_as_number")
    return Parsed(NumberCell(text, was_number=True, trusted=not damaged), text, (found,))


ASIDE = re.compile(r"\(.*?\)")
INITIALS_LONGEST = 4
UNDOTTED_LONGEST = 3


def read_name(value: CellValue) -> Parsed[str]:
    """Read a person's name as one text, titles and all."""
    parsed = read_text(value)
    if not parsed.value:
        return parsed
    name = parsed.value
    if any(letter.isdigit() for letter in name):
        return Parsed(name, parsed.text, (*parsed.problems, problem("name.digits", text=name)))
    if looks_like_initials(name):
        return Parsed(name, parsed.text, (*parsed.problems, problem("name.initials")))
    return parsed


def looks_like_initials(name: str) -> bool:
    """Return whether the name is "A.S.", "A S" or "MR" rather than words; "IDA" is a name."""
    tokens = [token for token in re.split(r"[\s.]+", ASIDE.sub("", name)) if token]
    if not tokens or len(tokens) > INITIALS_LONGEST:
        return False
    if all(len(token) == 1 and token.isalpha() for token in tokens):
        return True
    short = len(tokens) == 1 and len(tokens[0]) <= UNDOTTED_LONGEST
    return short and tokens[0].isupper() and not set(tokens[0]) & set("AIUEO")


SEXES = {
    **dict.fromkeys(
        "l lk laki laki-laki lakilaki laki2 pria cowok cowo male laki² lelaki lk2 l/k lak laki-lak "
        "laki-2".split(), "L"
    ),
    **dict.fromkeys(
        "p pr perempuan wanita w prp pr. cewek cewe female prmpuan perempua per perm wnt wn "
        "perempuan2".split(), "P"
    ),
}  # fmt: skip
UNSURE_SEXES = {"m": "L", "f": "P"}
NUMBERED_SEXES = {"1": "L", "2": "P"}


def read_sex(value: CellValue, *, p_is_pria: bool = False) -> Parsed[str]:
    """Read L or P. In a column that sets P beside W, the letter P stands for Pria."""
    text, done = start(value)
    if done:
        return done
    key = re.sub(r"\s*-\s*", "-", text.casefold()).strip(" .()")
    key = re.sub(r"\s+", "-", key)
    if key in NUMBERED_SEXES:
        meaning = NUMBERED_SEXES[key]
        return Parsed(meaning, text, (problem("sex.number", text=text, meaning=meaning),))
    if key == "p" and p_is_pria:
        return Parsed("L", text, (problem("sex.unsure_letter", text=text, meaning="L"),))
    if key in UNSURE_SEXES:
        meaning = UNSURE_SEXES[key]
        return Parsed(meaning, text, (problem("sex.unsure_letter", text=text, meaning=meaning),))
    if key in SEXES:
        return Parsed(SEXES[key], text)
    return Parsed(None, text, (problem("sex.unknown", text=text),))


AGE = re.compile(
    r"^(?P<about>±|\+/-|\+-|\+|~|sekitar|kira-kira|kurang lebih|k\.?l\.?|lk\.?)?\s*"
    r"(?P<years>\d{1,4})(?:[.,]\d+)?\s*(?P<unit>tahun|thn|th|t|years?|bulan|bln|bl|hari|hr)?\.?"
    r"(?:\s*\d{1,2}\s*(?:bulan|bln|bl)\.?)?\s*(?P<more>-?\s*an|\+|-\s*\d{1,3}\s*(?:tahun|thn|th)?)?$",
    re.I,
)


def read_age(value: CellValue) -> Parsed[Age]:
    """Read an age in years; months count as no full year, "40-an" is an estimate."""
    text, done = start(value)
    if done:
        return done
    match = AGE.match(text)
    if not match:
        return Parsed(None, text, (problem("age.unreadable", text=text),))
    years = int(match["years"])
    if (match["unit"] or "").casefold().startswith(("b", "h")):
        years = years // 12 if match["unit"].casefold().startswith("b") else 0
    if 1900 <= years <= 2100:
        return Parsed(None, text, (problem("age.looks_like_year", text=text),))
    if years > OLDEST:
        return Parsed(None, text, (problem("age.implausible", text=text),))
    estimated = bool(match["about"] or match["more"])
    return Parsed(Age(years, estimated), text, (problem("age.estimated"),) if estimated else ())


PHONE = re.compile(r"\+?\d[\d\s().\-–]{4,}\d")
PHONE_SPLIT = re.compile(r"[/;,&|\n]|\bdan\b|\batau\b|\s{2,}", re.I)


def read_phone(value: CellValue) -> Parsed[tuple[str, ...]]:
    """Read all telephone numbers in the cell, in the form 08… or as they are from abroad."""
    text, done = start(value)
    if done or text == "0":
        return done or Parsed(None, text)
    if SCIENTIFIC.match(text):
        return Parsed(None, text, (problem("phone.scientific", text=text),))
    numbers: list[str] = []
    problems: list[Problem] = []
    for part in PHONE_SPLIT.split(text):
        for match in PHONE.finditer(part):
            numbers.append(_plain_phone(match[0], problems))
    if not numbers:
        return Parsed(None, text, (problem("phone.unusual", text=text),))
    return Parsed(tuple(dict.fromkeys(numbers)), text, tuple(problems))


def _plain_phone(raw: str, problems: list[Problem]) -> str:
    digits = re.sub(r"\D", "", raw)
    if digits.startswith("62") and len(digits) >= 10:
        digits = "0" + digits[2:].lstrip("0")
    elif raw.startswith("+"):
        return "+" + digits
    elif digits.startswith("8") and 9 <= len(digits) <= 13:
        digits = "0" + digits
        problems.append(problem("phone.zero_restored"))
    if not (digits.startswith("0") and 8 <= len(digits) <= 14):
        problems.append(problem("phone.unusual", text=digits))
    return digits


DECILE = re.compile(r"^(?:(?:desil|decile|dsl|d)\s*[-.:]?\s*)?(10|0?[1-9])(?:[.,]0)?$", re.I)
DECILE_RANGE = re.compile(r"\d\s*(?:-|–|s/?d|sampai|/)\s*\d|[+<>]", re.I)
NO_DECILE = re.compile(r"^(?:non|tidak|tdk|belum|blm|luar)\b", re.I)


def read_decile(value: CellValue) -> Parsed[int]:
    """Read a welfare decile from 1 to 10; whatever else is written never refuses a row."""
    text, done = start(value)
    if done or text == "0" or NO_DECILE.match(text):
        return done or Parsed(None, text)
    match = DECILE.match(text)
    if match:
        return Parsed(int(match[1]), text)
    code = "decile.range" if DECILE_RANGE.search(text) else "decile.unreadable"
    return Parsed(None, text, (problem(code, text=text),))


YES = frozenset("ya y iya v √ ✓ ✔ x ada sudah sdh yes true 1 benar punya".split())
NO = frozenset("tidak tdk t n no false 0 belum blm bukan tdk. tak -".split())


def read_yes_no(value: CellValue) -> Parsed[bool]:
    """Read a yes or a no; "tidak ada" is a no here, an empty cell is neither."""
    text, done = start(value)
    key = text.casefold().strip(" .")
    if key in NO or (done and key.startswith(("tidak", "tdk", "belum", "blm"))):
        return Parsed(False, text)
    if done:
        return done
    if key in YES:
        return Parsed(True, text)
    return Parsed(None, text, (problem("answer.unreadable", text=text),))


COUNT = re.compile(r"^(\d{1,3})(?:[.,]0+)?\s*(?:orang|org|jiwa|anak|kk|anggota)?\.?$", re.I)


def read_count(value: CellValue) -> Parsed[int]:
    """Read a small whole number, such as the size of a family."""
    text, done = start(value)
    if done:
        return done
    match = COUNT.match(text)
    if match:
        return Parsed(int(match[1]), text)
    return Parsed(None, text, (problem("count.unreadable", text=text),))


# A slash parts numbers only: "HIV/AIDS" is one word.
LIST_SPLIT = re.compile(r"[;,|\n•]|\s\+\s|\s&\s|(?<=\d)\s*/\s*(?=\d)")
LIST_ITEM_MARK = re.compile(r"^\s*(?:[-*]|\d{1,2}[.)]\s+(?=\D))\s*")


def read_list(value: CellValue) -> Parsed[tuple[str, ...]]:
    """Split a cell that names several kinds; which kinds they are is matched elsewhere."""
    text, done = start(value.replace("\n", ";") if isinstance(value, str) else value)
    if done:
        return done
    if isinstance(value, dt.date):
        return Parsed(None, text, (problem("list.became_date", text=text),))
    if isinstance(value, float):
        items = tuple(text.split("."))
        found = problem("list.became_number", text=text, meaning=", ".join(items))
        return Parsed(items, text, (found,))
    parts = (LIST_ITEM_MARK.sub("", part).strip(" .") for part in LIST_SPLIT.split(text))
    items = tuple(dict.fromkeys(part for part in parts if part))
    return Parsed(items or None, text)


EMAIL = re.compile(r"^[^@\s]+@[^@\s]+\.[^@\s]+$")


def read_email(value: CellValue) -> Parsed[str]:
    """Read an e-mail address."""
    text, done = start(value)
    if done:
        return done
    address = text.replace(" ", "")
    if EMAIL.match(address):
        return Parsed(address, text)
    return Parsed(None, text, (problem("email.unusual", text=text),))
