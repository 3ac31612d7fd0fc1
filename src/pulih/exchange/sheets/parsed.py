"""What a cell reader answers, and the cleaning that every reader starts with."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Generic, Never, TypeVar

from pulih.exchange.sheets.problems import Level, Problem, problem
from pulih.exchange.sheets.values import CellError, CellValue, LongNumber

T = TypeVar("T", covariant=True)
DATE_SHOWN = "%d-%m-%Y"

# Full-width letters and digits become plain ones, every kind of space one space; what cannot be
# seen goes. Nothing else is changed: NFKC would also touch letters of names.
PLAIN: dict[int, str | None] = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
PLAIN.update(dict.fromkeys([0x00A0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000], " "))
PLAIN.update(dict.fromkeys([0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0x00AD], None))
PLAIN.update(dict.fromkeys([*range(0x00, 0x09), *range(0x0E, 0x20), 0x7F], " "))
SPACES = re.compile(r"\s+")
# The mark that Excel hides when it means "text", and shows when a file came from elsewhere.
TEXT_MARK = re.compile(r"^['’‘`´]+(?=[\d+=@(-])|^['’‘`´]+$")
MARKS = frozenset("'’‘`´")
MISSING = frozenset(
    {
        "", "-", "--", "---", "–", "—", "_", "__", ".", "..", "...", "?", "??", "???", "/", "*",
        "n/a", "n.a", "n.a.", "#n/a", "na", "nihil", "nil", "null", "none", "nan", "kosong",
        "(kosong)",
        "tidak ada", "tdk ada", "tak ada", "tda", "t.a.", "belum ada", "blm ada", "belum punya",
        "blm punya", "tidak punya", "tdk punya", "tidak memiliki", "tidak diketahui",
        "tdk diketahui", "tidak tahu", "tdk tahu", "tidak tau", "belum diketahui", "tanpa nik",
        "tidak terisi", "belum terisi", "belum diisi", "tidak diisi", "unknown",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Parsed(Generic[T]):
    """The value that a cell means, the text that it shows, and what there is to say about it.

    `value` is None for a cell that is empty, says "none", or cannot be read.
    """

    value: T | None
    text: str = ""
    problems: tuple[Problem, ...] = ()

    @property
    def is_refused(self) -> bool:
        """Return whether the cell refuses its row."""
        return any(one.level is Level.ERROR for one in self.problems)


EMPTY: Parsed[Never] = Parsed(None)


def clean_text(text: str) -> str:
    """Return the text with plain spaces and digits, without the mark for text."""
    if not (text.isascii() and text.isprintable()):
        text = text.translate(PLAIN)
    if "  " in text or not text.isprintable():
        text = SPACES.sub(" ", text)
    text = text.strip()
    return TEXT_MARK.sub("", text) if text[:1] in MARKS else text


def is_missing(text: str) -> bool:
    """Return whether the text only says that there is nothing to say."""
    return len(text) <= 17 and text.casefold() in MISSING


def shown(value: CellValue) -> str:
    """Return the clean text of any value, as a person would write it."""
    if value is None:
        return ""
    if isinstance(value, str):
        return clean_text(value)
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, LongNumber | CellError):
        return value.text
    if isinstance(value, dt.datetime):
        whole_day = value.time() == dt.time()
        return value.strftime(DATE_SHOWN if whole_day else f"{DATE_SHOWN} %H:%M")
    if isinstance(value, dt.date):
        return value.strftime(DATE_SHOWN)
    return str(value)


def start(value: CellValue) -> tuple[str, Parsed[Never] | None]:
    """Return the clean text, and the answer already when the cell says nothing."""
    text = shown(value)
    if isinstance(value, CellError):
        return text, Parsed(None, text, (problem("cell.error_value", text=text),))
    if is_missing(text):
        return text, Parsed(None, text) if text else EMPTY
    return text, None
