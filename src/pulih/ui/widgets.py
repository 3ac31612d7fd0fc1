"""Form widgets of the interface."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.urls import reverse


class Picker(forms.TextInput):
    """A choice out of very many, by typing a part of its name (a combobox over an address).

    Args:
        route: the name of the address that answers `?q=` with ui/picker_options.html.
        text_of: gives the words for a present value, so that the field shows what is chosen.
    """

    template_name = "ui/picker_widget.html"

    def __init__(
        self, route: str, text_of: Callable[[Any], str], attrs: dict[str, Any] | None = None
    ) -> None:
        super().__init__(attrs)
        self.route = route
        self.text_of = text_of

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Add what the picker needs to draw itself."""
        context = super().get_context(name, value, attrs)
        chosen = context["widget"]["value"]
        own = context["widget"]["attrs"]
        return {
            **context,
            "name": name,
            "id": own.get("id", f"id_{name}"),
            "url": reverse(self.route),
            "value": "" if chosen is None else chosen,
            "text": self.text_of(chosen) if chosen else "",
            "required": bool(own.get("required")),
            "errors": "is-invalid" in own.get("class", ""),
            "described": own.get("aria-describedby", ""),
        }

    def id_for_label(self, id_: str) -> str:
        """The label belongs to the field that is typed in."""
        return id_ and f"{id_}_text"


class DayInput(forms.DateInput):
    """A date by the browser's own calendar, which needs the date as 2021-01-12."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")
