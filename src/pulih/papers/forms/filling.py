"""The form of a draft, made from its template: one field a line, persons and tables in groups."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from pulih.papers.letters import Column, Field, Kind, Template
from pulih.papers.letters.entries import PERSON, words
from pulih.ui.widgets import DayInput

EMPTY_ROWS = 2
"""Rows that are open below those that are written; saving opens as many again."""

SIDE_BY_SIDE = 3
SHORT = 300
MAX_LENGTH = 20_000
MAX_ROWS = 500
"""How many rows a form opens at most, beside those that are written."""


@dataclass(frozen=True, slots=True)
class Group:
    """A field of the template as it stands in the form."""

    field: Field
    cells: list[BoundField]
    rows: list[list[BoundField]]

    @property
    def kind(self) -> str:
        """Which way it is drawn."""
        return self.field.kind.value

    @property
    def is_wide(self) -> bool:
        """Has a row too many cells to stand side by side?"""
        return len(self.field.columns) > SIDE_BY_SIDE


class LetterForm(forms.Form):
    """All fields of a letter; a draft may be saved with blanks."""

    classification = forms.CharField(label=_("Classification code"), max_length=20, required=False)

    def __init__(
        self, *args: Any, template: Template, values: Mapping[str, Any], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.template = template
        self._rows: dict[str, int] = {}
        for field in template.fields:
            self._add(field, values.get(field.name))

    def _add(self, field: Field, value: Any) -> None:
        if field.kind == Kind.PERSON:
            for key in field.keys:
                label = words(PERSON[key])
                self.fields[f"{field.name}.{key}"] = _line(label, (value or {}).get(key, ""))
        elif field.kind == Kind.ROWS:
            self._add_rows(field, value or [])
        else:
            self.fields[field.name] = _single(field, value)

    def _add_rows(self, field: Field, rows: list[dict[str, str]]) -> None:
        sent = sum(1 for name in self.data if name.startswith(f"{field.name}.")) if self.data else 0
        count = max(len(rows) + EMPTY_ROWS, sent // max(len(field.columns), 1))
        self._rows[field.name] = max(min(count, MAX_ROWS), len(rows))
        for number in range(self._rows[field.name]):
            row = rows[number] if number < len(rows) else {}
            for column in field.columns:
                name = f"{field.name}.{number}.{column.name}"
                self.fields[name] = _cell(column, row.get(column.name, ""))

    def groups(self) -> Iterator[Group]:
        """The fields in the order of the template."""
        for field in self.template.fields:
            if field.kind == Kind.PERSON:
                yield Group(field, [self[f"{field.name}.{key}"] for key in field.keys], [])
            elif field.kind == Kind.ROWS:
                yield Group(field, [], list(self._bound_rows(field)))
            else:
                yield Group(field, [self[field.name]], [])

    def _bound_rows(self, field: Field) -> Iterator[list[BoundField]]:
        for number in range(self._rows[field.name]):
            yield [self[f"{field.name}.{number}.{column.name}"] for column in field.columns]

    def said(self) -> dict[str, Any]:
        """The values in the shape that `change_letter` takes."""
        return {field.name: self._said(field) for field in self.template.fields}

    def _said(self, field: Field) -> Any:
        data = self.cleaned_data
        if field.kind == Kind.PERSON:
            return {key: data[f"{field.name}.{key}"] for key in field.keys}
        if field.kind == Kind.ROWS:
            return [
                {
                    column.name: data[f"{field.name}.{number}.{column.name}"]
                    for column in field.columns
                }
                for number in range(self._rows[field.name])
            ]
        if field.kind == Kind.LIST:
            return data[field.name].splitlines()
        return data[field.name]


def _line(label: str, value: str) -> forms.CharField:
    return forms.CharField(label=label, initial=value, required=False, max_length=SHORT)


def _day(label: str, value: str) -> forms.DateField:
    return forms.DateField(label=label, initial=value, required=False, widget=DayInput())


def _cell(column: Column, value: str) -> forms.Field:
    if column.kind == Kind.DAY:
        return _day(column.label, value)
    area = forms.Textarea(attrs={"rows": 1})
    return forms.CharField(
        label=column.label, initial=value, required=False, max_length=2000, widget=area
    )


def _single(field: Field, value: Any) -> forms.Field:
    if field.kind == Kind.DAY:
        return _day(field.label, value or "")
    if field.kind == Kind.LONG:
        area = forms.Textarea(attrs={"rows": 4})
        return forms.CharField(
            label=field.label,
            initial=value or "",
            required=False,
            max_length=MAX_LENGTH,
            widget=area,
        )
    if field.kind == Kind.LIST:
        return forms.CharField(
            label=field.label,
            initial="\n".join(value or ()),
            required=False,
            max_length=MAX_LENGTH,
            help_text=_("One to a line."),
            widget=forms.Textarea(attrs={"rows": 3}),
        )
    return _line(field.label, value or "")
