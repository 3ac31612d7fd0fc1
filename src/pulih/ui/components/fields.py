"""Fields that HTML does not have: a drop box for files, a choice out of very many."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import template

register = template.Library()


@register.inclusion_tag("ui/upload.html")
def upload(
    name: str,
    label: object,
    accept: str = "",
    hint: object = "",
    multiple: bool = False,
    required: bool = True,
    errors: Sequence[object] = (),
) -> dict[str, Any]:
    """A file field that also takes dropped files and says which were chosen."""
    return {
        "name": name,
        "label": label,
        "accept": accept,
        "hint": hint,
        "multiple": multiple,
        "required": required,
        "errors": errors,
    }


@register.inclusion_tag("ui/picker.html")
def picker(
    name: str,
    url: str,
    label: object,
    value: object = "",
    text: object = "",
    hint: object = "",
    required: bool = False,
    errors: Sequence[object] = (),
) -> dict[str, Any]:
    """Choose one of very many by typing a part of its name.

    `url` answers `?q=` with ui/picker_options.html; `value` and `text` are the present choice.
    """
    return {
        "name": name,
        "id": f"id_{name}",
        "url": url,
        "label": label,
        "value": "" if value is None else value,
        "text": text or "",
        "hint": hint,
        "required": required,
        "errors": errors,
    }
