"""Lists that may leave the office as a spreadsheet: each app declares its own when it starts.

The declaration stands here, below every app, so that the app that writes spreadsheets needs to know
no list and no list needs to know how it is written.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _

from pulih.access.models import User
from pulih.access.policy import Action

if TYPE_CHECKING:
    # The lazy text of the type stubs, which exists for the type checker only.
    from django.utils.functional import _StrPromise

Word: TypeAlias = "str | _StrPromise"
Cell: TypeAlias = "str | int | float | dt.date | dt.datetime | None"
Line: TypeAlias = Sequence[Cell]
Said: TypeAlias = "list[tuple[str, str]]"


@dataclass(frozen=True, slots=True)
class Asked:
    """A list as somebody narrowed it.

    Attributes:
        rows: what the reader may see of it, in the order of the page; never a sealed row.
        said: the filters in words, each with its label.
    """

    rows: QuerySet[Any]
    said: Said


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the spreadsheet."""

    title: Word
    width: int = 18


@dataclass(frozen=True, slots=True)
class ListExport:
    """A list that may be exported.

    Attributes:
        code: the word in its address.
        noun: what the trail calls its rows; the line is `noun.exported`.
        actions: who may do at least one of them may export it, as they may open its page.
        personal: does it name people, or hold free text, which may? Then the purpose is asked.
        home: the name of the route of its page.
        ask: the rows for the filters of a page's address, and for a reader.
        lines: rows, some hundred at a time, as cells in the order of the columns.
    """

    code: str
    title: Word
    noun: str
    actions: tuple[Action, ...]
    personal: bool
    home: str
    ask: Callable[[QueryDict, User], Asked]
    columns: tuple[Column, ...]
    lines: Callable[[Sequence[Any]], Iterable[Line]]


_declared: dict[str, ListExport] = {}


def declare(export: ListExport) -> None:
    """Let a list be exported; once, when its app starts."""
    _declared[export.code] = export


def declared() -> Mapping[str, ListExport]:
    """Every list that may be exported, by its code."""
    return _declared


def said_by(form: forms.Form) -> Said:
    """The filters of a form that was understood, in the words of the screen."""
    said = []
    for name, field in form.fields.items():
        value = getattr(form, "cleaned_data", {}).get(name)
        if value not in (None, "", False):
            said.append((str(field.label), _words(field, value)))
    return said


def _words(field: forms.Field, value: Any) -> str:
    if isinstance(field, forms.ModelChoiceField):
        return str(value)
    if isinstance(field, forms.ChoiceField):
        # Choices may be made when asked; what is not among them is shown as it was typed.
        choices: Any = field.choices
        labels = {str(code): str(label) for code, label in choices}
        return labels.get(str(value), str(value))
    if value is True:
        return _("yes")
    words = getattr(field.widget, "text_of", None)
    return str(words(value)) if words else str(value)
