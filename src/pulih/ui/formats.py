"""Numbers, money, dates and initials as an Indonesian office writes them."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal, InvalidOperation

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pulih.common.clock import today

NBSP = "\N{NO-BREAK SPACE}"
NOTHING = "\N{EM DASH}"
SOON = 14


def number(value: object) -> str:
    """1234567.5 → 1.234.567,5; whatever is no number is given back as it is."""
    try:
        amount = Decimal(str(value))
    except InvalidOperation:
        return "" if value is None else str(value)
    if not amount.is_finite():
        return str(value)
    text = f"{amount:,f}"
    return text.translate(str.maketrans(",.", ".,"))


def rupiah(value: object) -> str:
    """1250000 → Rp 1.250.000 (money has no cents in this office); a debt keeps its minus."""
    if value is None or value == "":
        return NOTHING
    text = number(round(Decimal(str(value))))
    return f"\N{MINUS SIGN}Rp{NBSP}{text[1:]}" if text.startswith("-") else f"Rp{NBSP}{text}"


def day(value: dt.date | dt.datetime | None) -> str:
    """12 Januari 2021, on the office's calendar."""
    return date_format(_local_date(value), "j F Y") if value else NOTHING


def short_day(value: dt.date | dt.datetime | None) -> str:
    """12 Jan 2021: for lists; it is never broken over two lines."""
    return date_format(_local_date(value), "j M Y").replace(" ", NBSP) if value else NOTHING


def moment(value: dt.datetime | None) -> str:
    """12 Jan 2021 14.05, on the office's clock; it may break between day and time."""
    if not value:
        return NOTHING
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    return f"{date_format(local, 'j M Y').replace(' ', NBSP)} {local:%H.%M}"


def due(value: dt.date | dt.datetime | None, on: dt.date | None = None) -> str:
    """How far a date is from today (or from `on`): today, in 3 days, 2 days late."""
    if not value:
        return NOTHING
    left = (_local_date(value) - (on or today())).days
    if left == 0:
        return _("today")
    if left == 1:
        return _("tomorrow")
    if left < 0:
        return ngettext("%(days)d day late", "%(days)d days late", -left) % {"days": -left}
    if left <= SOON:
        return ngettext("in %(days)d day", "in %(days)d days", left) % {"days": left}
    return short_day(value)


def due_tone(value: dt.date | dt.datetime | None, on: dt.date | None = None) -> str:
    """The tone of a date that something is due on: late is bad, the next two days warn."""
    if not value:
        return "plain"
    left = (_local_date(value) - (on or today())).days
    if left < 0:
        return "bad"
    return "warn" if left <= 2 else "plain"


def initials(name: str | None) -> str:
    """Two letters that stand for a name."""
    words = [word for word in (name or "").replace(".", " ").split() if word[0].isalpha()]
    if not words:
        return "?"
    last = words[-1][0] if len(words) > 1 else ""
    return (words[0][0] + last).upper()


def _local_date(value: dt.date | dt.datetime) -> dt.date:
    if isinstance(value, dt.datetime):
        return timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    return value
