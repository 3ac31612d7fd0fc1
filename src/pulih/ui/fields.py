"""Form fields that pages of every app share."""

from __future__ import annotations

from typing import Any

from django import forms


def long_text(*, label: Any, rows: int = 4, **options: Any) -> forms.CharField:
    """A field for some sentences."""
    options.setdefault("max_length", 8000)
    return forms.CharField(label=label, widget=forms.Textarea(attrs={"rows": rows}), **options)


class MomentField(forms.DateTimeField):
    """A day and an hour with the browser's own picker."""

    def __init__(self, **options: Any) -> None:
        widget = forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"})
        options.setdefault("widget", widget)
        options.setdefault("input_formats", ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"])
        super().__init__(**options)
