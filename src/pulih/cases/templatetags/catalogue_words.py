"""The filter that shows a shipped text of the catalogue in the reader's language."""

from __future__ import annotations

from django import template

from pulih.cases.catalogue import in_english

register = template.Library()


@register.filter
def catalogue(text: object) -> str:
    """The text as the reader reads it; what the office wrote itself stays as it is."""
    return in_english(str(text or ""))
