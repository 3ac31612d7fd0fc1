"""Reads amounts of money: whole rupiah, in every form in which offices write them."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from pulih.exchange.sheets.parsed import Parsed, start
from pulih.exchange.sheets.problems import Problem, problem
from pulih.exchange.sheets.values import CellValue

AROUND = re.compile(r"^(?:rp\.?|idr)\s*|\s*(?:rupiah)?\s*(?:,-|,--|\.-|-)?$", re.I)
GROUPED = re.compile(r"^\d{1,3}(?:[.,  ]\d{3})+$")
PLAIN = re.compile(r"^\d+$")
CENTS = re.compile(r"^(?P<whole>[\d.,  ]*\d)[.,](?P<cents>\d{1,2})$")
SCALED = re.compile(r"^(?P<count>\d+(?:[.,]\d+)?)\s*(?P<unit>ribu|rb|juta|jt)$", re.I)
UNITS = {"ribu": 1_000, "rb": 1_000, "juta": 1_000_000, "jt": 1_000_000}
MOST = 10**12
LONGEST = 30  # letters; no amount below the most is longer


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount as a list states it; without rupiah where no whole amount can be read."""

    rupiah: int | None
    text: str


def read_amount(value: CellValue) -> Parsed[Amount]:
    """Read an amount in whole rupiah; what cannot be read is kept in words."""
    text, done = start(value)
    if done:
        return done
    if isinstance(value, bool):
        return _unread(text, "amount.unreadable")
    if isinstance(value, int | float):
        return _number(value, text)
    return _text(text)


def _number(value: float, text: str) -> Parsed[Amount]:
    if not math.isfinite(value):
        return _unread(text, "amount.unreadable")
    if value != int(value):
        return _unread(text, "amount.not_whole")
    return _sound(int(value), text)


def _text(text: str) -> Parsed[Amount]:
    plain = AROUND.sub("", AROUND.sub("", text.strip())).strip()
    if len(plain) > LONGEST:
        return _unread(text, "amount.unreadable")
    if PLAIN.match(plain) or GROUPED.match(plain):
        return _sound(_digits(plain), text, _unusual(plain, text))
    if cents := CENTS.match(plain):
        whole = cents["whole"]
        if int(cents["cents"]) or not (PLAIN.match(whole) or GROUPED.match(whole)):
            return _unread(text, "amount.not_whole")
        return _sound(_digits(whole), text)
    if scaled := SCALED.match(plain):
        thousandths = round(float(scaled["count"].replace(",", ".")) * 1_000)
        rupiah = thousandths * UNITS[scaled["unit"].casefold()] // 1_000
        return _sound(rupiah, text, (_guess(rupiah, text),))
    return _unread(text, "amount.unreadable")


def _digits(text: str) -> int:
    return int(re.sub(r"\D", "", text))


def _unusual(plain: str, text: str) -> tuple[Problem, ...]:
    """A comma between thousands is told: Indonesian lists have a dot there."""
    if "," in plain:
        return (_guess(_digits(plain), text),)
    return ()


def _guess(rupiah: int, text: str) -> Problem:
    return problem("amount.guessed", text=text, meaning=f"{rupiah:,}".replace(",", "."))


def _sound(rupiah: int, text: str, told: tuple[Problem, ...] = ()) -> Parsed[Amount]:
    if not 0 < rupiah < MOST:
        return _unread(text, "amount.unreadable")
    return Parsed(Amount(rupiah, text), text, told)


def _unread(text: str, code: str) -> Parsed[Amount]:
    return Parsed(Amount(None, text), text, (problem(code, text=text),))
