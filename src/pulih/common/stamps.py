"""The stamp of a form: which content of a record its writer saw when the writing began.

A form carries the stamp in a hidden field; the action makes it anew from the locked row and
refuses when they differ (R-ACC-162, docs/adr/0009-stamps-of-forms.md).
"""

from __future__ import annotations

import json
from typing import Any, TypeVar, cast

from django import forms
from django.utils.crypto import salted_hmac

from pulih.common.errors import RuleError
from pulih.common.models import UUIDModel

STAMP = "stamp"
RULE = "R-ACC-162"
NOTHING_YET = "nothing yet"
AnyForm = TypeVar("AnyForm", bound=forms.Form)


class ChangedError(RuleError):
    """Somebody else saved the record while this form was being filled in.

    Args:
        message: who saved it and when, and what to do.
        beside: said beside a field, with `%(words)s` for what stands there now.
        empty: the word for nothing.
    """

    def __init__(self, message: str, *, beside: str, empty: str) -> None:
        super().__init__(message, rule=RULE)
        self.beside, self.empty = beside, empty


def stamp_of(row: UUIDModel | None) -> str:
    """A keyed digest of what the record's form changes; None for what is not written yet.

    It is made of the content and not of a counter, so that no way of writing can forget it; the
    key keeps it from telling anything about what it was made of.
    """
    said: Any = NOTHING_YET
    if row is not None:
        columns = [cast(Any, row._meta.get_field(name)).attname for name in row.EDITED]
        said = [str(row.pk), [(name, getattr(row, name)) for name in columns]]
    text = json.dumps(said, sort_keys=True, default=str)
    return salted_hmac("pulih.common.stamps", text, algorithm="sha256").hexdigest()[:32]


def stamped(form: AnyForm, row: UUIDModel | None) -> AnyForm:
    """Let a form carry the stamp of the record as the page read it."""
    form.fields[STAMP] = forms.CharField(required=False, widget=forms.HiddenInput, max_length=64)
    form.initial[STAMP] = stamp_of(row)
    return form


def seen_in(form: forms.Form) -> str:
    """The stamp that came back with a sent form; it is no fact of the record and leaves here."""
    return str(form.cleaned_data.pop(STAMP, ""))


def show_what_stands(form: forms.Form, refusal: ChangedError) -> None:
    """Show beside each field what stands there now, where it is not what was typed.

    The next sending carries the new stamp: whoever has read both puts theirs in its place.
    """
    for name in form.changed_data:
        if name == STAMP:
            continue
        field = form.fields[name]
        now = form.get_initial_for_field(field, name)
        form.add_error(name, refusal.beside % {"words": _in_words(field, now) or refusal.empty})
    sent: Any = form.data
    form.data = sent.copy()
    cast(Any, form.data)[form.add_prefix(STAMP)] = form.initial[STAMP]


def _in_words(field: forms.Field, value: Any) -> str:
    if isinstance(field, forms.ChoiceField):
        labels = {str(key): str(label) for key, label in cast(Any, field.choices)}
        several = value if isinstance(value, list | tuple) else [value]
        return ", ".join(labels.get(str(one), "") for one in several)
    return "" if value is None else str(field.prepare_value(value))
