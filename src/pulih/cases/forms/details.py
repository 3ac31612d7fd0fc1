"""The short form of a kind of service, as fields of a page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pulih.cases.forms.days import DayField
from pulih.cases.service_forms import Field, ServiceForm
from pulih.cases.service_forms.entries import SCALE, FieldKind
from pulih.ui.fields import long_text

PREFIX = "d"


class DetailsForm(forms.Form):
    """The fields of one kind; a page has it beside its own form, under the prefix `d`.

    Attributes:
        short: the form as data, for the page to say what it is for.
    """

    def __init__(
        self,
        data: Any = None,
        *,
        short: ServiceForm,
        fields: Iterable[Field] | None = None,
        prefix: str = PREFIX,
        initial: Mapping[str, Any] | None = None,
        needed: bool = True,
    ) -> None:
        known = _as_fields(initial or {})
        super().__init__(data, prefix=prefix, initial=known)
        self.short = short
        for field in short.fields if fields is None else fields:
            made = _FIELDS[field.kind](field)
            made.required = needed and field.required
            self.fields[field.code] = made

    def answers(self) -> dict[str, Any]:
        """What was answered, for the action; empty answers are left out."""
        return {code: said for code, said in self.cleaned_data.items() if said not in (None, "")}


def _as_fields(initial: Mapping[str, Any]) -> dict[str, Any]:
    """Answers as the widgets show them: yes and no by their words."""
    words = {True: "yes", False: "no"}
    return {
        code: words[value] if isinstance(value, bool) else value for code, value in initial.items()
    }


def _named(field: Field) -> dict[str, Any]:
    return {"label": str(field), "help_text": str(field.help) if field.help else ""}


def _text(field: Field) -> forms.Field:
    return forms.CharField(max_length=200, **_named(field))


def _long(field: Field) -> forms.Field:
    return long_text(rows=2, max_length=4000, **_named(field))


def _chips(field: Field, choices: list[tuple[Any, Any]]) -> forms.Field:
    made = forms.ChoiceField(choices=choices, widget=forms.RadioSelect, **_named(field))
    made.is_chips = True  # type: ignore[attr-defined]
    return made


def _choice(field: Field) -> forms.Field:
    return _chips(field, [(option.code, str(option)) for option in field.options])


def _scale(field: Field) -> forms.Field:
    ends = dict(zip((SCALE[0], SCALE[-1]), map(str, field.options), strict=False))
    choices = [(n, f"{n} · {ends[n]}" if n in ends else str(n)) for n in SCALE]
    return _chips(field, choices)


def _yes_no(field: Field) -> forms.Field:
    return _chips(field, [("yes", _("Yes")), ("no", _("No"))])


def _number(field: Field) -> forms.Field:
    widget = forms.NumberInput(attrs={"inputmode": "decimal", "step": "any", "min": "0"})
    return forms.DecimalField(min_value=0, max_digits=12, widget=widget, **_named(field))


def _day(field: Field) -> forms.Field:
    return DayField(**_named(field))


_FIELDS = {
    FieldKind.TEXT: _text,
    FieldKind.LONG: _long,
    FieldKind.CHOICE: _choice,
    FieldKind.SCALE: _scale,
    FieldKind.NUMBER: _number,
    FieldKind.DAY: _day,
    FieldKind.YES_NO: _yes_no,
}
