"""What was answered in a short form: checked before it is kept, told in words afterwards."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.formats import date_format, localize
from django.utils.translation import gettext as _

from pulih.cases.service_forms.entries import SCALE, Field, FieldKind, ServiceForm, find
from pulih.common.errors import RuleError

LONGEST = {FieldKind.TEXT: 200, FieldKind.LONG: 4000}


@dataclass(frozen=True, slots=True)
class Told:
    """One answer in words."""

    code: str
    label: str
    words: str


def check(
    form: ServiceForm, answers: Mapping[str, Any], *, fields: Iterable[Field] | None = None
) -> dict[str, Any]:
    """The answers as they are kept: JSON values, empty ones left out (R-CASE-60).

    Args:
        fields: which of the form's fields were asked; default all, as for a service that was
            given.

    Raises:
        RuleError: an answer belongs to no field, is not of its kind, or is needed and missing.
    """
    asked = {field.code: field for field in (form.fields if fields is None else fields)}
    if foreign := answers.keys() - {field.code for field in form.fields}:
        raise RuleError(
            _("This form has no field “%(name)s”.") % {"name": min(foreign)}, rule="R-CASE-60"
        )
    kept = {}
    for code, field in asked.items():
        value = _kept(field, answers.get(code))
        if value is not None:
            kept[code] = value
        elif field.required and fields is None:
            raise RuleError(_("Fill in “%(field)s”.") % {"field": str(field)}, rule="R-CASE-60")
    return kept


def kept_parts(form: ServiceForm, kept: Mapping[str, Any]) -> dict[str, Any]:
    """The kept answers as the form's fields take them, to begin a form with."""
    days = {field.code for field in form.fields if field.kind is FieldKind.DAY}
    return {
        code: dt.date.fromisoformat(value) if code in days else value
        for code, value in kept.items()
    }


def told_parts(kind: str, version: str, kept: Mapping[str, Any] | None) -> list[Told]:
    """The answers in words, in the order of the form; nothing without a form."""
    form = find(kind, version)
    if form is None or not kept:
        return []
    return [
        Told(field.code, str(field), _words(field, kept[field.code]))
        for field in form.fields
        if field.code in kept
    ]


def _kept(field: Field, value: Any) -> Any:
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    try:
        return _READ[field.kind](field, value)
    except (ValueError, TypeError, InvalidOperation) as fault:
        raise RuleError(
            _("The answer to “%(field)s” does not fit.") % {"field": str(field)}, rule="R-CASE-60"
        ) from fault


def _text(field: Field, value: Any) -> str:
    text = str(value).strip()
    if len(text) > LONGEST[field.kind]:
        raise ValueError("too long")
    return text


def _choice(field: Field, value: Any) -> str:
    if str(value) not in {option.code for option in field.options}:
        raise ValueError("not an option")
    return str(value)


def _scale(field: Field, value: Any) -> int:
    if int(value) not in SCALE:
        raise ValueError("off the scale")
    return int(value)


def _number(field: Field, value: Any) -> float | int:
    number = Decimal(str(value))
    if not 0 <= number < 10**9:
        raise ValueError("out of range")
    return int(number) if number == int(number) else float(number)


def _day(field: Field, value: Any) -> str:
    return (value if isinstance(value, dt.date) else dt.date.fromisoformat(value)).isoformat()


def _yes_no(field: Field, value: Any) -> bool:
    known = {"yes": True, "no": False, True: True, False: False}
    if value not in known:
        raise ValueError("neither yes nor no")
    return known[value]


_READ = {
    FieldKind.TEXT: _text,
    FieldKind.LONG: _text,
    FieldKind.CHOICE: _choice,
    FieldKind.SCALE: _scale,
    FieldKind.NUMBER: _number,
    FieldKind.DAY: _day,
    FieldKind.YES_NO: _yes_no,
}


def _words(field: Field, value: Any) -> str:
    if field.kind is FieldKind.CHOICE:
        return next((str(one) for one in field.options if one.code == value), str(value))
    if field.kind is FieldKind.SCALE:
        return _("%(level)d of 4") % {"level": value}
    if field.kind is FieldKind.YES_NO:
        return _("yes") if value else _("no")
    if field.kind is FieldKind.DAY:
        return date_format(dt.date.fromisoformat(value), "j F Y")
    if field.kind is FieldKind.NUMBER:
        return str(localize(value))
    return str(value)
